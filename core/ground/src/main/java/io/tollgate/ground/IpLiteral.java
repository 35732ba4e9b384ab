package io.tollgate.ground;

import java.net.InetAddress;
import java.util.Optional;

/**
 * IP addresses as text. Names are never looked up, and an IPv4 address written as an IPv6 one is
 * the IPv4 address.
 */
public final class IpLiteral {
  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;
  private static final int V6_GROUPS = 8;
  private static final int MAX_LENGTH = 64;

  private IpLiteral() {}

  /** Its 4 or 16 bytes; empty when the text is no address. What names an interface is left out. */
  public static Optional<byte[]> parse(String text) {
    String bare = bare(text);
    if (bare.length() > MAX_LENGTH || !(isV4(bare) || bare.indexOf(':') >= 0)) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(bare).getAddress());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** In the shortest form, e.g. {@code 2001:db8::7} (RFC 5952). */
  public static String written(byte[] address) {
    if (address.length == V4_BYTES) {
      return (address[0] & 0xFF)
          + "."
          + (address[1] & 0xFF)
          + "."
          + (address[2] & 0xFF)
          + "."
          + (address[3] & 0xFF);
    }
    if (address.length != V6_BYTES) {
      throw new IllegalArgumentException("address: " + address.length + " bytes");
    }
    return writtenV6(address);
  }

  private static String writtenV6(byte[] address) {
    int from = V6_GROUPS;
    int longest = 1;
    for (int start = 0; start < V6_GROUPS; start++) {
      int end = start;
      while (end < V6_GROUPS && group(address, end) == 0) {
        end++;
      }
      if (end - start > longest) {
        longest = end - start;
        from = start;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < V6_GROUPS; at++) {
      if (at == from) {
        text.append("::");
        at += longest - 1;
      } else {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(group(address, at)));
      }
    }
    return text.toString();
  }

  private static int group(byte[] address, int at) {
    return (address[2 * at] & 0xFF) << Byte.SIZE | address[2 * at + 1] & 0xFF;
  }

  private static String bare(String text) {
    int zone = text.indexOf('%');
    String bare = zone < 0 ? text : text.substring(0, zone);
    boolean bracketed = bare.startsWith("[") && bare.endsWith("]");
    return bracketed ? bare.substring(1, bare.length() - 1) : bare;
  }

  /** Four numbers of at most three digits: Java's reader takes shorter forms, too. */
  private static boolean isV4(String text) {
    int dots = 0;
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        dots++;
        digits = 0;
      } else if (c < '0' || c > '9' || ++digits > 3) {
        return false;
      }
    }
    return dots == 3;
  }
}
