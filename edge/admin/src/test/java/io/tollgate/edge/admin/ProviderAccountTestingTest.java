package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tollgate.site.testing.ServedAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What administrators are told while an account is tested. */
@Tag("slow")
class ProviderAccountTestingTest {
  private static final String PATH = "/api/provider-accounts";
  private static final String ANSWER =
      "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"hello\"}}],"
          + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}";

  private final AdminSite site = new AdminSite();
  private final String token = site.login();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final HttpServer upstream = upstream();

  @AfterEach
  void close() {
    upstream.stop(0);
    site.close();
  }

  @Test
  void each_key_is_tried_and_each_step_is_told() throws Exception {
    String path = account("http://127.0.0.1:" + upstream.getAddress().getPort() + "/v1");
    String events = test(path, "{\"model\":\"gpt-4o-mini\"}");
    assertThat(names(events))
        .containsExactly(
            "started",
            "connected",
            "head",
            "answer",
            "done",
            "started",
            "connected",
            "head",
            "failed",
            "done");
    assertThat(events)
        .contains("\"upstream_model\":\"deployed-mini\"")
        .contains("status 401: bad key [key]")
        .doesNotContain("wrong-key-0123456789abcdef");
    assertThat(received).hasSize(2);
    assertThat(received.getFirst())
        .contains("Bearer right-key")
        .contains("\"model\":\"deployed-mini\"");
  }

  @Test
  void an_account_that_cannot_be_reached_says_so() throws Exception {
    String events = test(account("http://127.0.0.1:1/v1"), "{\"model\":\"gpt-4o-mini\"}");
    assertThat(names(events))
        .containsExactly("started", "failed", "done", "started", "failed", "done");
    assertThat(events).contains("no connection");
  }

  @Test
  void a_test_that_cannot_be_made_is_refused() throws Exception {
    String path = account("http://127.0.0.1:1/v1");
    assertThat(site.post(token, PATH + "/999/test", "{}").status()).isEqualTo(404);
    ServedAnswer protocol = site.post(token, path + "/test", "{\"protocol\":\"gemini\"}");
    assertThat(protocol.status()).isEqualTo(400);
    assertThat(protocol.text("error")).contains("expected: openai or responses");
    assertThat(site.post("", path + "/test", "{}").status()).isEqualTo(401);
  }

  private String test(String path, String body) throws Exception {
    return site.text(token, path + "/test", body);
  }

  private static List<String> names(String events) {
    return events
        .lines()
        .filter(line -> line.startsWith("event: "))
        .map(line -> line.substring("event: ".length()))
        .toList();
  }

  private String account(String baseUrl) throws Exception {
    site.post(
        token, "/api/providers", "{\"name\":\"acme\",\"protocols\":[\"openai\",\"responses\"]}");
    ServedAnswer made =
        site.post(
            token,
            PATH,
            "{\"provider\":\"acme\",\"name\":\"a\",\"base_url\":\""
                + baseUrl
                + "\",\"keys\":[\"right-key\",\"wrong-key-0123456789abcdef\"],"
                + "\"model_mapping\":{\"gpt-4o-mini\":\"deployed-mini\"}}");
    assertThat(made.status()).as(made.json().toString()).isEqualTo(200);
    return PATH + "/" + made.data().path("id");
  }

  private HttpServer upstream() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/v1/chat/completions",
          exchange -> {
            String key = exchange.getRequestHeaders().getFirst("authorization");
            received.add(
                key + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            boolean right = "Bearer right-key".equals(key);
            byte[] body =
                (right
                        ? ANSWER
                        : "{\"error\":{\"message\":\"bad key wrong-key-0123456789abcdef\"}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(right ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
