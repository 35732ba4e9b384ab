package io.tollgate.contracts;

/**
 * To which total of a request a kind of usage belongs: what was sent, what came back, or neither.
 */
public enum UsagePart {
  /** Sent, and neither read from nor written to a cache. */
  INPUT(Side.INPUT),
  /** Sent, and read from a cache. */
  CACHE_READ(Side.INPUT),
  /** Sent, and written to a cache. */
  CACHE_WRITE(Side.INPUT),
  /** Came back, without what was thought. */
  OUTPUT(Side.OUTPUT),
  /** Thought before answering, which counts as output. */
  REASONING(Side.OUTPUT),
  /** Neither sent nor received. */
  OTHER(Side.OTHER);

  /** Which way it went. */
  public enum Side {
    INPUT,
    OUTPUT,
    OTHER
  }

  private final Side side;

  UsagePart(Side side) {
    this.side = side;
  }

  public Side side() {
    return side;
  }
}
