package io.tollgate.trading.node;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * To whom a node says that it runs.
 *
 * @param center scheme, host and port of the centre
 * @param code the node's name in the centre's list
 * @param interval between two heartbeats
 * @param authorities certificates (PEM) that vouch for the centre; empty: those of the runtime
 */
public record HeartbeatConfig(
    URI center, String code, Duration interval, Optional<Path> authorities) {
  public HeartbeatConfig {
    requireNonNull(center, "center is null");
    requireNonNull(code, "code is null");
    requireNonNull(interval, "interval is null");
    requireNonNull(authorities, "authorities is null");
  }
}
