package io.tollgate.web;

import io.tollgate.ground.config.Settings;
import io.tollgate.telemetry.Metrics;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real edge with one server on a free port. */
final class TestEdge implements AutoCloseable {
  final Metrics metrics = Metrics.empty();
  final WebEdge edge;
  final WebServer server;

  TestEdge(Map<String, String> settings, Routes... routes) {
    Map<String, String> given = new HashMap<>(settings);
    given.putIfAbsent("http.event.loops", "2");
    WebConfig config =
        WebConfig.from(
            Settings.merge(WebConfig.settings(), Map.of(), given, Map.of(), Map.of(), "file"));
    edge = WebEdge.open(config, metrics.registry(), Clock.systemUTC(), new SecureRandom());
    server = edge.listen(new ListeningPort("public", 0, "port"), List.of(routes));
  }

  TestEdge(Routes... routes) {
    this(Map.of(), routes);
  }

  RawCaller caller() throws java.io.IOException {
    return new RawCaller(server.port());
  }

  @Override
  public void close() {
    edge.close();
    metrics.close();
  }
}
