package io.tollgate.relay.protocols.anthropic.answer;

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
  private final BitSet open = new BitSet();
  // as the upstream wrote them, by part
  private final Map<Integer, byte[]> written = new HashMap<>();
  private boolean messageBegun;

  public OwnBlocks() {}

  void messageBegins() {
    messageBegun = true;
  }

  /** Whether the upstream's stream has begun its message. */
  boolean messageBegun() {
    return messageBegun;
  }

  void begins(int index) {
    open.set(index);
  }

  void ends(int index) {
    open.clear(index);
  }

  /** Places of the blocks that have begun and not ended. */
  BitSet open() {
    return open;
  }

  /** A part is a block that is to be written as it came. */
  void asWritten(int part, byte[] block) {
    written.put(part, block);
  }

  /** The block that a part is to be written as, where there is one. */
  Optional<byte[]> written(int part) {
    return Optional.ofNullable(written.get(part));
  }
}
