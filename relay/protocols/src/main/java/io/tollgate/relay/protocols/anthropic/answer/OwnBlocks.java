package io.tollgate.relay.protocols.anthropic.answer;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What reader and writer of an answer from Anthropic's protocol to Anthropic's protocol know beyond
 * the steps of the answer: the places of blocks in the upstream's stream, and blocks that have no
 * word in other protocols. Confined to one thread.
 */
public final class OwnBlocks {
  /** Places beyond are not kept: no answer has so many blocks. */
  static final int MAX_INDEX = 65_535;

  private final BitSet open = new BitSet();
  // as the upstream wrote them, by part
  private final Map<Integer, byte[]> written = new HashMap<>();
  private final boolean keeps;

  private OwnBlocks(boolean keeps) {
    this.keeps = keeps;
  }

  /** Of an answer whose bytes pass as they come: no block is written anew. */
  public static OwnBlocks passing() {
    return new OwnBlocks(false);
  }

  /** Of an answer that may be written anew, in the form that its caller asked for. */
  public static OwnBlocks collecting() {
    return new OwnBlocks(true);
  }

  void begins(int index) {
    if (index <= MAX_INDEX) {
      open.set(index);
    }
  }

  void ends(int index) {
    open.clear(index);
  }

  /** Places of the blocks that have begun and not ended. */
  BitSet open() {
    return open;
  }

  /** A part is a block that is to be written as it stands in these bytes. */
  void asWritten(int part, byte[] bytes, int from, int to) {
    if (keeps) {
      written.put(part, Arrays.copyOfRange(bytes, from, to));
    }
  }

  /** The block that a part is to be written as, where there is one. */
  Optional<byte[]> written(int part) {
    return Optional.ofNullable(written.get(part));
  }
}
