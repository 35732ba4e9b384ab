package io.tollgate.ground;

import java.net.InetAddress;
import java.util.List;

/**
 * Tells addresses of the public internet from those of this machine, of networks behind it, and of
 * no use: what callers name must not make the gateway look at its own surroundings.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4 special-purpose
 *     addresses</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6 special-purpose
 *     addresses</a>
 */
public final class PublicAddresses {
  private static final List<AddressBlock> SPECIAL_V4 =
      blocks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");

  /** Global unicast; of it, what leads elsewhere: tunnels that hold an IPv4 address, documents. */
  private static final List<AddressBlock> GLOBAL_V6 = blocks("2000::/3");

  private static final List<AddressBlock> SPECIAL_V6 =
      blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  private PublicAddresses() {}

  public static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4
        ? !within(SPECIAL_V4, bytes)
        : within(GLOBAL_V6, bytes) && !within(SPECIAL_V6, bytes);
  }

  private static boolean within(List<AddressBlock> blocks, byte[] address) {
    for (AddressBlock block : blocks) {
      if (block.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private static List<AddressBlock> blocks(String... texts) {
    return List.of(texts).stream().map(AddressBlock::parse).toList();
  }
}
