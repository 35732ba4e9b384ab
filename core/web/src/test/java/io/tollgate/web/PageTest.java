package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PageTest {
  private static void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(
        HttpMethod.GET,
        "/list",
        ErrorForms.standard(),
        request -> {
          Page page = Page.from(request, 100);
          return Response.json(200, page.number() + "," + page.size());
        });
  }

  @Test
  void page_is_read_with_defaults_and_refused_saying_what_was_expected() throws IOException {
    try (TestEdge edge = new TestEdge(PageTest::declare);
        RawCaller caller = edge.caller()) {
      assertThat(caller.get("/list").answer().body()).isEqualTo("\"1,20\"");
      assertThat(caller.get("/list?page=3&page_size=100").answer().body()).isEqualTo("\"3,100\"");
      assertThat(caller.get("/list?page=2147483647&page_size=100").answer().body())
          .isEqualTo("\"2147483647,100\"");
      assertThat(caller.get("/list?page=0").answer().body()).contains("page: 0 (expected: >= 1)");
      RawCaller.Answer large = caller.get("/list?page_size=101").answer();
      assertThat(large.status()).isEqualTo(400);
      assertThat(large.body()).contains("page_size: 101 (expected: 1 to 100)");
      assertThat(caller.get("/list?page=x").answer().body()).contains("page: x (expected: >= 1)");
    }
  }
}
