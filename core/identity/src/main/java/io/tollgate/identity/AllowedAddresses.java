package io.tollgate.identity;

import io.tollgate.ground.AddressBlock;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.IpLiteral;
import io.tollgate.ground.Refusal;
import java.util.List;
import java.util.stream.IntStream;

/**
 * From which addresses a key may be used.
 *
 * @param blocks empty: from everywhere
 */
public record AllowedAddresses(List<AddressBlock> blocks) {
  /** Every address. */
  public static final AllowedAddresses ALL = new AllowedAddresses(List.of());

  private static final int MAX_BLOCKS = 200;

  public AllowedAddresses {
    blocks = List.copyOf(blocks);
  }

  /**
   * Those in these blocks, 1 to 200.
   *
   * @param texts such as {@code 192.0.2.7}, {@code 10.0.0.0/8}, {@code 2001:db8::/32}
   * @throws Refusal {@code INVALID_REQUEST} naming the block that is none
   */
  public static AllowedAddresses of(List<String> texts) {
    if (texts.isEmpty() || texts.size() > MAX_BLOCKS) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "addresses: "
              + texts.size()
              + " of them (expected: 1 to "
              + MAX_BLOCKS
              + ", or null for all addresses)");
    }
    return new AllowedAddresses(
        IntStream.range(0, texts.size()).mapToObj(i -> block(i, texts.get(i))).toList());
  }

  private static AddressBlock block(int at, String text) {
    try {
      return AddressBlock.parse(text);
    } catch (IllegalArgumentException _) {
      throw GivenText.refused(
          "addresses[" + at + "]",
          text,
          "an address or a block such as 10.0.0.0/8 or 2001:db8::/32, no bits set beyond its"
              + " length");
    }
  }

  /**
   * Whether a caller of this address may use it.
   *
   * @param address as text; what is no address is in no block
   */
  public boolean allow(String address) {
    if (blocks.isEmpty()) {
      return true;
    }
    byte[] bytes = IpLiteral.parse(address).orElse(null);
    if (bytes != null) {
      for (int i = 0; i < blocks.size(); i++) {
        if (blocks.get(i).contains(bytes)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The blocks as text. */
  public List<String> written() {
    return blocks.stream().map(AddressBlock::toString).toList();
  }
}
