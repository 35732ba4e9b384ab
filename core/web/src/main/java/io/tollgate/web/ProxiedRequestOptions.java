package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;

/**
 * Options of a request that is to be sent over a connection through a proxy: a tunnel, whatever the
 * proxy speaks, so that the request itself is as it would be without. In the options that Vert.x
 * knows, a proxy would change the request as well.
 */
public final class ProxiedRequestOptions extends RequestOptions {
  private final ProxyOptions proxy;

  /**
   * @param proxy not to be changed afterwards
   */
  public ProxiedRequestOptions(RequestOptions options, ProxyOptions proxy) {
    super(options);
    this.proxy = requireNonNull(proxy, "proxy is null");
  }

  public ProxyOptions proxy() {
    return proxy;
  }
}
