package io.tollgate.web;

import io.tollgate.web.internal.SolicitedBytes;
import io.vertx.core.http.HttpClientRequest;

/** Tells what is known of the connection on which a request to an upstream is sent. */
public final class UpstreamConnections {
  private UpstreamConnections() {}

  /**
   * Whether it has served another request before, and no byte of an answer has come to this one:
   * where such a connection ends, the other side had most likely closed it before it saw the
   * request.
   */
  public static boolean hasGrownStale(HttpClientRequest request) {
    return SolicitedBytes.hasGrownStale(request.connection());
  }
}
