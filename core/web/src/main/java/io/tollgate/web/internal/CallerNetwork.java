package io.tollgate.web.internal;

import io.tollgate.ground.IpLiteral;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * The network that a share of a server is counted for: an IPv4 address, or the /64 network of an
 * IPv6 address, of which one caller usually has all addresses.
 *
 * @param bits of the address or network
 * @param bytes how long an address is: 4 or 16; 0 for a caller without one
 */
record CallerNetwork(long bits, int bytes) {
  private static final CallerNetwork LOCAL = new CallerNetwork(0, 0);

  static CallerNetwork of(SocketAddress address) {
    if (!(address instanceof InetSocketAddress internet) || internet.getAddress() == null) {
      return LOCAL;
    }
    return of(internet.getAddress().getAddress());
  }

  /** Of an address as it is written; of what is none, that of callers without one. */
  static CallerNetwork of(String address) {
    return IpLiteral.parse(address).map(CallerNetwork::of).orElse(LOCAL);
  }

  private static CallerNetwork of(byte[] address) {
    ByteBuffer buffer = ByteBuffer.wrap(address);
    return new CallerNetwork(
        address.length == 4 ? buffer.getInt() : buffer.getLong(), address.length);
  }
}
