package io.tollgate.postgres;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How the embedded server is run.
 *
 * @param binaries folder that holds the unpacked programs, {@code postgres-<version>} each; when
 *     empty, {@code ~/.cache/tollgate}, or the data directory where there is no home to write to
 * @param preferredPort tried first; 0 lets the system choose. A port that is taken is replaced by a
 *     free one
 * @param startTimeout how long a start may take, recovery after a crash included
 * @param stopTimeout how long a clean stop may take before the server is made to stop at once
 * @param settings server settings over the defaults, e.g. {@code max_connections}
 */
public record PostgresOptions(
    Optional<Path> binaries,
    int preferredPort,
    Duration startTimeout,
    Duration stopTimeout,
    Map<String, String> settings) {
  public PostgresOptions {
    requireNonNull(binaries, "binaries is null");
    if (preferredPort < 0 || preferredPort > 65_535) {
      throw new IllegalArgumentException(
          "preferred port: " + preferredPort + " (expected: 0 to 65535)");
    }
    requireNonNull(startTimeout, "startTimeout is null");
    requireNonNull(stopTimeout, "stopTimeout is null");
    settings = Map.copyOf(settings);
  }

  /** For keeping data: everything durable, sized for a small machine. */
  public static PostgresOptions durable(int preferredPort, int maxConnections) {
    return new PostgresOptions(
        Optional.empty(),
        preferredPort,
        Duration.ofSeconds(120),
        Duration.ofSeconds(20),
        Map.of("max_connections", Integer.toString(maxConnections)));
  }

  /** For data that is thrown away, in tests and at build: nothing waits for the disk. */
  public static PostgresOptions throwaway() {
    return new PostgresOptions(
        Optional.empty(),
        0,
        Duration.ofSeconds(60),
        Duration.ofSeconds(10),
        Map.of(
            "fsync", "off",
            "full_page_writes", "off",
            "synchronous_commit", "off",
            "autovacuum", "off",
            "shared_buffers", "64MB",
            "max_connections", "200"));
  }

  boolean forgetful() {
    return "off".equals(settings.get("fsync"));
  }
}
