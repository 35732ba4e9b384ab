package io.tollgate.web;

import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.util.Optional;

/** Makes the options of a connection through a proxy. */
public final class UpstreamProxies {
  private UpstreamProxies() {}

  /**
   * The options.
   *
   * @param scheme {@code http}, {@code https} or {@code socks5}
   * @throws IllegalArgumentException when it is another scheme
   */
  public static ProxyOptions options(
      String scheme, String host, int port, Optional<String> user, Optional<String> password) {
    ProxyOptions options =
        new ProxyOptions()
            .setType(
                switch (scheme) {
                  case "http" -> ProxyType.HTTP;
                  case "https" -> ProxyType.HTTPS;
                  case "socks5" -> ProxyType.SOCKS5;
                  default ->
                      throw new IllegalArgumentException(
                          "proxy scheme: " + scheme + " (expected: http, https or socks5)");
                })
            .setHost(host)
            .setPort(port);
    user.ifPresent(options::setUsername);
    password.ifPresent(options::setPassword);
    return options;
  }
}
