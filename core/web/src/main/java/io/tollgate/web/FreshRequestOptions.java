package io.tollgate.web;

import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import java.util.Optional;

/**
 * Options of a request that is to be sent on a new connection: for another try after a kept
 * connection turned out to be closed on the other side.
 */
public final class FreshRequestOptions extends RequestOptions {
  private final Optional<ProxyOptions> proxy;

  public FreshRequestOptions(RequestOptions options) {
    super(options);
    proxy =
        options instanceof ProxiedRequestOptions proxied
            ? Optional.of(proxied.proxy())
            : Optional.empty();
  }

  /** Through which the new connection goes. */
  public Optional<ProxyOptions> proxy() {
    return proxy;
  }
}
