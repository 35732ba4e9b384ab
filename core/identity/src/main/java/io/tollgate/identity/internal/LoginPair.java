package io.tollgate.identity.internal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A name, and the address from which somebody tries to log in with it: the pair is locked after
 * failures. Names that differ in case are one, and so are the addresses of an IPv6 network, of
 * which one caller has 2^64.
 *
 * @param name in lower case
 * @param network an IPv4 address, or the 64 leading bits of an IPv6 one
 */
public record LoginPair(String name, String network) {
  private static final int NETWORK_BYTES = 8;

  public static LoginPair of(String username, String address) {
    return new LoginPair(username.toLowerCase(Locale.ROOT), network(address));
  }

  public static String network(String address) {
    try {
      return InetAddress.ofLiteral(address) instanceof Inet6Address v6
          ? HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), NETWORK_BYTES)) + "::/64"
          : address;
    } catch (IllegalArgumentException e) {
      // not one of the network: a test's or a tool's own word
      return address;
    }
  }

  /** Its key in the table; a name may hold whatever a caller sent. */
  byte[] hash() {
    return SecretHash.sha256("login from " + network + " as " + name);
  }

  /** Without the name: callers write passwords into the wrong field. */
  @Override
  public String toString() {
    return "LoginPair[network=" + network + "]";
  }
}
