package io.tollgate.sandbox.script;

import io.tollgate.sandbox.SandboxStartException;
import io.tollgate.sandbox.script.internal.ReceivedRequests;
import io.tollgate.sandbox.script.internal.ScriptRules;
import io.tollgate.sandbox.script.internal.UpstreamServer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A running server that answers by scripts and keeps what it was asked. Everything it holds is
 * bounded. Scripts may be put, and requests looked at, by any thread and over HTTP on the same port
 * ({@code PUT /script}, {@code GET /received}).
 */
public final class ScriptedUpstream implements AutoCloseable {
  private final String host;
  private final ScriptRules rules = new ScriptRules();
  private final ReceivedRequests received = new ReceivedRequests();
  private final UpstreamServer server;

  private ScriptedUpstream(String host, int port, Optional<URI> otherwise) throws IOException {
    this.host = host;
    this.server = new UpstreamServer(host, port, otherwise, rules, received);
  }

  /** Starts on any free port of this machine; requests without a script get 501. */
  public static ScriptedUpstream start() {
    return start("127.0.0.1", 0, Optional.empty());
  }

  /**
   * Starts.
   *
   * @param port 0 for any free one
   * @param otherwise a server that answers requests without a script
   * @throws SandboxStartException when the port cannot be had
   */
  public static ScriptedUpstream start(String host, int port, Optional<URI> otherwise) {
    try {
      return new ScriptedUpstream(host, port, otherwise);
    } catch (IOException e) {
      throw new SandboxStartException(
          "scripted upstream port " + port + " on " + host + ": " + e.getMessage(), e);
    }
  }

  /** Puts a script for the next request that has none. */
  public void put(Script script) {
    put(RequestMatch.ANY, 1, script);
  }

  /** Puts a script for the next {@code times} requests that match; older scripts go first. */
  public void put(RequestMatch match, int times, Script script) {
    rules.put(match, times, script);
  }

  /** What was asked, oldest first. */
  public List<ReceivedRequest> received() {
    return received.all();
  }

  /** Scripts that wait for their requests. */
  public int waiting() {
    return rules.size();
  }

  /** Connections open now. */
  public int openConnections() {
    return server.openConnections();
  }

  /** Forgets the scripts that wait and the requests that came. */
  public void clear() {
    rules.clear();
    received.clear();
  }

  public int port() {
    return server.port();
  }

  /** Its base URL, without a slash at the end. */
  public String url() {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port();
  }

  /** Stops listening and closes all connections. */
  @Override
  public void close() {
    server.close();
  }
}
