package io.tollgate.trading.node.internal.serving;

import io.tollgate.ground.module.ReadinessCheck;
import io.tollgate.trading.node.HeartbeatConfig;
import io.tollgate.trading.node.internal.journal.TaskJournal;
import io.tollgate.web.HealthRoutes;
import io.tollgate.web.Readiness;
import io.tollgate.web.Routes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What a node says of itself to everybody. */
public final class NodeHealth {
  /** What it is called. */
  public static final String SERVICE = "execution-node";

  private NodeHealth() {}

  /**
   * Its routes.
   *
   * @param draining whether the process is about to stop
   */
  public static Routes routes(
      String version,
      Optional<HeartbeatConfig> heartbeat,
      TaskJournal journal,
      BooleanSupplier draining) {
    ReadinessCheck written = new ReadinessCheck("journal", journal::failure);
    return new HealthRoutes(SERVICE, version, new Readiness(List.of(written), draining))
        .with(fields(heartbeat));
  }

  private static Map<String, Object> fields(Optional<HeartbeatConfig> heartbeat) {
    Map<String, Object> beats = new LinkedHashMap<>();
    beats.put("enabled", heartbeat.isPresent());
    beats.put("center_url", heartbeat.map(config -> config.center().toString()));
    beats.put("node_code", heartbeat.map(HeartbeatConfig::code));
    beats.put("interval", heartbeat.map(config -> config.interval().toSeconds()));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("heartbeat_enabled", heartbeat.isPresent());
    fields.put("heartbeat", beats);
    return fields;
  }
}
