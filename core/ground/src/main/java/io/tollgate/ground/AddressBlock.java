package io.tollgate.ground;

import java.util.Arrays;

/** The addresses that begin with the same bits, as {@code 10.0.0.0/8} writes them. Immutable. */
public final class AddressBlock {
  private static final String EXPECTED =
      "IP addresses or blocks such as 10.0.0.0/8, with commas between them";

  private final byte[] address;
  private final int bits;

  private AddressBlock(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /**
   * @param text an address, alone or with the number of its leading bits
   * @throws IllegalArgumentException naming what was expected
   */
  public static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    byte[] address =
        IpLiteral.parse(slash < 0 ? text : text.substring(0, slash))
            .orElseThrow(() -> new IllegalArgumentException(EXPECTED));
    int most = address.length * Byte.SIZE;
    AddressBlock block =
        new AddressBlock(address, slash < 0 ? most : bits(text.substring(slash + 1), most));
    for (int bit = block.bits; bit < most; bit++) {
      if (isSet(address, bit)) {
        // 10.1.2.3/8 is more than whoever wrote it may have meant
        throw new IllegalArgumentException(EXPECTED + "; no bits set beyond the block's length");
      }
    }
    return block;
  }

  private static int bits(String text, int most) {
    if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException(EXPECTED);
  }

  /**
   * @param other 4 or 16 bytes
   */
  public boolean contains(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    if (!Arrays.equals(address, 0, whole, other, 0, whole)) {
      return false;
    }
    int rest = bits % Byte.SIZE;
    return rest == 0 || ((address[whole] ^ other[whole]) & (0xFF00 >> rest) & 0xFF) == 0;
  }

  private static boolean isSet(byte[] bytes, int bit) {
    return (bytes[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1) == 1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AddressBlock that
        && bits == that.bits
        && Arrays.equals(address, that.address);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(address) + bits;
  }

  @Override
  public String toString() {
    return IpLiteral.written(address) + "/" + bits;
  }
}
