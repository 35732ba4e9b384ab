package io.tollgate.web.internal;

import io.tollgate.ground.IpLiteral;
import io.tollgate.web.TrustedProxies;
import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/**
 * Tells whether nobody on the way could read a request: it came from this machine, or a trusted
 * proxy says that it took it over TLS. What anybody else says of that is not looked at.
 */
final class CallerShelter {
  private static final String SCHEME = "X-Forwarded-Proto";
  private static final String PROTO = "proto=";

  private CallerShelter() {}

  /**
   * Whether a request has it.
   *
   * @param peer who opened the connection
   * @param caller whose request it is, as far as proxies are believed
   */
  static boolean has(TrustedProxies proxies, String peer, String caller, MultiMap headers) {
    if (proxies.includes(peer)) {
      return isLoopback(caller) || scheme(proxies, headers).equals("https");
    }
    return isLoopback(peer);
  }

  /** As the proxy nearest to us says; it has written the last of several. */
  private static String scheme(TrustedProxies proxies, MultiMap headers) {
    return switch (proxies.header()) {
      case X_FORWARDED_FOR -> last(headers.getAll(SCHEME), ",").toLowerCase(Locale.ROOT);
      case FORWARDED -> {
        String node = last(headers.getAll(proxies.header().headerName()), ",");
        String found = "";
        for (String pair : node.split(";", -1)) {
          String lowered = pair.strip().toLowerCase(Locale.ROOT);
          if (lowered.startsWith(PROTO)) {
            found = lowered.substring(PROTO.length()).replace("\"", "");
          }
        }
        yield found;
      }
    };
  }

  private static String last(List<String> values, String separator) {
    String value = values.isEmpty() ? "" : values.getLast();
    return value.substring(value.lastIndexOf(separator) + 1).strip();
  }

  private static boolean isLoopback(String address) {
    byte[] bytes = IpLiteral.parse(address).orElse(null);
    if (bytes == null) {
      return false;
    }
    try {
      return InetAddress.getByAddress(bytes).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("neither 4 nor 16 bytes: " + address, e);
    }
  }
}
