package io.tollgate.bench.peers;

import io.tollgate.bench.program.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** HAProxy as the native limit: it forwards over kept connections, and looks into nothing. */
public final class HaProxy {
  private HaProxy() {}

  /** Starts it; empty where it is not installed. */
  public static Optional<ChildProcess> start(Path folder, int port, int upstream)
      throws IOException {
    Optional<Path> program =
        Stream.of("/usr/sbin/haproxy", "/usr/bin/haproxy", "/usr/local/sbin/haproxy")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty()) {
      return Optional.empty();
    }
    Path file = folder.resolve("haproxy.cfg");
    Files.writeString(
        file,
        """
        global
          nbthread %d
          maxconn 4096
        defaults
          mode http
          option http-keep-alive
          http-reuse always
          timeout connect 5s
          timeout client 60s
          timeout server 60s
        frontend callers
          bind 127.0.0.1:%d
          default_backend provider
        backend provider
          server upstream 127.0.0.1:%d
        """
            .formatted(Runtime.getRuntime().availableProcessors(), port, upstream));
    return Optional.of(
        ChildProcess.silent(
            "haproxy", folder, List.of(program.get().toString(), "-db", "-f", file.toString())));
  }
}
