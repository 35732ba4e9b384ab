package io.tollgate.sandbox;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Where a sandbox provider listens and keeps its journal.
 *
 * @param host address to listen on
 * @param port port to listen on, 0..65535; 0 takes any free one
 * @param dataDir folder under which {@code sandbox/served.log} is kept; made when missing
 * @param rememberedRequests how many request ids {@code /served} tells apart, >= 1; beyond it the
 *     oldest are left out of the answer (never out of the totals, nor out of the journal). About
 *     200 bytes of memory each
 * @param scriptPort port of a scripted upstream beside it, which passes on to it what has no
 *     script; 0 takes any free one, none leaves it out
 */
public record SandboxOptions(
    String host, int port, Path dataDir, int rememberedRequests, OptionalInt scriptPort) {
  /** Request ids told apart unless said otherwise. */
  public static final int DEFAULT_REMEMBERED_REQUESTS = 1_000_000;

  public SandboxOptions {
    requireNonNull(host, "host");
    requireNonNull(dataDir, "dataDir");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0..65535)");
    }
    if (scriptPort.isPresent() && (scriptPort.getAsInt() < 0 || scriptPort.getAsInt() > 65_535)) {
      throw new IllegalArgumentException(
          "scriptPort: " + scriptPort.getAsInt() + " (expected: 0..65535)");
    }
    if (rememberedRequests < 1) {
      throw new IllegalArgumentException(
          "rememberedRequests: " + rememberedRequests + " (expected: >= 1)");
    }
  }

  /** On this machine only, with the default memory. */
  public static SandboxOptions local(int port, Path dataDir) {
    return new SandboxOptions(
        "127.0.0.1", port, dataDir, DEFAULT_REMEMBERED_REQUESTS, OptionalInt.empty());
  }

  /** The same with a scripted upstream beside it. */
  public SandboxOptions withScriptPort(int scriptPort) {
    return new SandboxOptions(host, port, dataDir, rememberedRequests, OptionalInt.of(scriptPort));
  }
}
