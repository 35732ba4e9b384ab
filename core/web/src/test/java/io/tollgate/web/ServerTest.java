package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.module.ReadinessCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ServerTest {
  @Test
  void port_in_use_is_said_with_port_setting_and_what_to_do() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        TestEdge edge = new TestEdge()) {
      int port = taken.getLocalPort();
      ListeningPort listener = new ListeningPort("private", port, "private.port");
      assertThatThrownBy(() -> edge.edge.listen(listener, List.of()))
          .isInstanceOf(PortUnavailableException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("Address already in use")
          .hasMessageContaining("--private-port");
    }
  }

  @Test
  void second_server_on_our_own_port_is_refused_too() throws IOException {
    try (TestEdge one = new TestEdge();
        TestEdge two = new TestEdge()) {
      ListeningPort listener = new ListeningPort("public", one.server.port(), "port");
      assertThatThrownBy(() -> two.edge.listen(listener, List.of()))
          .isInstanceOf(PortUnavailableException.class);
    }
  }

  @Test
  void native_transport_is_used_on_linux() {
    try (TestEdge edge = new TestEdge()) {
      assertThat(edge.edge.vertx().isNativeTransportEnabled())
          .isEqualTo(System.getProperty("os.name").equals("Linux"));
    }
  }

  @Test
  void health_tells_that_the_process_runs() throws IOException {
    try (TestEdge edge =
            new TestEdge(
                new HealthRoutes("gateway", "1.2", new Readiness(List.of(), () -> false)));
        RawCaller caller = edge.caller()) {
      assertThat(caller.get("/health").answer().body())
          .isEqualTo(
              "{\"status\":\"healthy\",\"service\":\"gateway\",\"version\":\"1.2\",\"success\":true,"
                  + "\"data\":{\"status\":\"UP\",\"service\":\"gateway\"}}");
    }
  }

  @Test
  void readiness_is_503_naming_what_fails_until_everything_answers() throws IOException {
    AtomicReference<Optional<String>> database = new AtomicReference<>(Optional.of("no answer"));
    AtomicReference<Boolean> stopping = new AtomicReference<>(false);
    HealthRoutes health =
        new HealthRoutes(
            "gateway",
            "1.2",
            new Readiness(
                List.of(
                    new ReadinessCheck("database", database::get),
                    new ReadinessCheck(
                        "prices",
                        () -> {
                          if (database.get().isPresent()) {
                            throw new IllegalStateException("the password is hunter2");
                          }
                          return Optional.empty();
                        })),
                stopping::get));
    try (TestEdge edge = new TestEdge(health);
        RawCaller caller = edge.caller()) {
      RawCaller.Answer failing = caller.get("/health/ready").answer();
      assertThat(failing.status()).isEqualTo(503);
      assertThat(failing.body())
          .contains(
              "\"failing\":{\"database\":\"no answer\",\"prices\":\"failed: IllegalStateException\"}")
          .doesNotContain("hunter2");
      database.set(Optional.empty());
      assertThat(caller.get("/health/ready").answer().status()).isEqualTo(200);
      stopping.set(true);
      assertThat(caller.get("/health/ready").answer().status()).isEqualTo(503);
    }
  }

  @Test
  void metrics_count_requests_by_pattern_and_never_by_raw_path() throws IOException {
    try (TestEdge edge =
        new TestEdge(
            (table, loop, vertx) ->
                table.blocking(
                    io.vertx.core.http.HttpMethod.GET,
                    "/users/{user_id}",
                    ErrorForms.standard(),
                    request -> Response.json(200, "x")))) {
      WebServer inside =
          edge.edge.listen(
              new ListeningPort("private", 0, "private.port"),
              List.of(new MetricsRoutes(edge.metrics)));
      try (RawCaller caller = edge.caller();
          RawCaller scraper = new RawCaller(inside.port())) {
        assertThat(caller.get("/users/somebody").answer().status()).isEqualTo(200);
        assertThat(caller.get("/whatever/somebody").answer().status()).isEqualTo(404);
        RawCaller.Answer scraped = scraper.get("/metrics").answer();
        assertThat(scraped.header("content-type")).startsWith("text/plain");
        assertThat(scraped.body())
            .contains(
                "billing_http_requests_total{method=\"GET\",path=\"/users/{user_id}\",status=\"200\"} 1.0")
            .contains(
                "billing_http_requests_total{method=\"GET\",path=\"unmatched\",status=\"404\"} 1.0")
            .contains("tollgate_http_request_duration_seconds_bucket")
            .contains("tollgate_http_connections{server=\"public\"} 1.0")
            .doesNotContain("somebody");
      }
    }
  }
}
