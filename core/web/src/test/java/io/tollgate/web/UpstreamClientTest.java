package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.config.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpstreamClientTest {
  private static final UpstreamConfig CONFIG =
      UpstreamConfig.from(
          Settings.merge(
              UpstreamConfig.settings(), Map.of(), Map.of(), Map.of(), Map.of(), "file"));

  private static void upstream(RouteTable table, int loop, Vertx vertx) {
    table.stream(
        HttpMethod.GET,
        "/moved",
        ErrorForms.standard(),
        (context, request) ->
            AnswerSender.send(request, Response.empty(302).withHeader("Location", "/other")));
    table.stream(
        HttpMethod.GET,
        "/thread",
        ErrorForms.standard(),
        (context, request) -> AnswerSender.send(request, Response.json(200, "upstream")));
  }

  private static Routes relay(int upstreamPort) {
    return (table, loop, vertx) -> {
      HttpClient client = CONFIG.clients(2, new SimpleMeterRegistry()).apply(vertx);
      table.stream(
          HttpMethod.GET,
          "/relay/{path}",
          ErrorForms.standard(),
          (context, request) -> {
            Thread own = Thread.currentThread();
            client
                .request(
                    new RequestOptions()
                        .setHost("127.0.0.1")
                        .setPort(upstreamPort)
                        .setURI("/" + context.pathParam("path")))
                .compose(sending -> sending.send())
                .onSuccess(
                    answer ->
                        AnswerSender.send(
                            request,
                            Response.json(
                                200, answer.statusCode() + " " + (Thread.currentThread() == own))))
                .onFailure(
                    failure ->
                        AnswerSender.refuse(
                            context,
                            request,
                            ErrorForms.standard(),
                            new Refusal(ErrorCode.UPSTREAM_FAILED, "no answer", failure)));
          });
    };
  }

  @Test
  void upstream_is_called_and_answers_on_the_same_event_loop_without_following_redirects()
      throws IOException {
    try (TestEdge upstream = new TestEdge(UpstreamClientTest::upstream);
        TestEdge edge = new TestEdge(relay(upstream.server.port()));
        RawCaller one = edge.caller();
        RawCaller two = edge.caller()) {
      for (int i = 0; i < 3; i++) {
        assertThat(one.get("/relay/thread").answer().body()).isEqualTo("\"200 true\"");
        assertThat(two.get("/relay/thread").answer().body()).isEqualTo("\"200 true\"");
      }
      assertThat(one.get("/relay/moved").answer().body()).isEqualTo("\"302 true\"");
    }
  }

  @Test
  void upstream_that_is_not_there_fails_at_once() throws IOException {
    int port;
    try (TestEdge gone = new TestEdge()) {
      port = gone.server.port();
    }
    try (TestEdge edge = new TestEdge(relay(port));
        RawCaller caller = edge.caller()) {
      assertThat(caller.get("/relay/x").answer().status()).isEqualTo(502);
    }
  }
}
