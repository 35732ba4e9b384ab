package io.tollgate.web.internal;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.Optional;

/**
 * IP addresses as text. Names are never looked up, and an IPv4 address written as an IPv6 one is
 * the IPv4 address.
 */
public final class IpLiteral {
  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;
  private static final int MAPPED_ZEROS = 10;
  private static final int MAPPED_PREFIX = 12;

  private IpLiteral() {}

  /** Its 4 or 16 bytes; empty when the text is no address. */
  public static Optional<byte[]> parse(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    return bytes == null ? Optional.empty() : Optional.of(plain(bytes));
  }

  /** In the shortest form, e.g. {@code 2001:db8::7}. */
  public static String written(byte[] address) {
    if (address.length != V4_BYTES && address.length != V6_BYTES) {
      throw new IllegalArgumentException("address: " + address.length + " bytes");
    }
    return NetUtil.bytesToIpAddress(address);
  }

  private static byte[] plain(byte[] bytes) {
    if (bytes.length != V6_BYTES || bytes[10] != -1 || bytes[11] != -1) {
      return bytes;
    }
    for (int i = 0; i < MAPPED_ZEROS; i++) {
      if (bytes[i] != 0) {
        return bytes;
      }
    }
    return Arrays.copyOfRange(bytes, MAPPED_PREFIX, V6_BYTES);
  }
}
