package io.tollgate.web;

import io.tollgate.web.internal.SolicitedBytes;
import io.vertx.core.http.HttpClientRequest;

/** What can be said of the connection that a request to an upstream is sent on. */
public final class UpstreamConnections {
  private UpstreamConnections() {}

  /**
   * Whether it has served another request before: where such a connection ends without a byte of an
   * answer, the other side had most likely closed it before it saw the request.
   */
  public static boolean hasServedBefore(HttpClientRequest request) {
    return SolicitedBytes.hasServedBefore(request.connection());
  }
}
