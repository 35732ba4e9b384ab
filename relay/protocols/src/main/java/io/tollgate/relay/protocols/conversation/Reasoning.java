package io.tollgate.relay.protocols.conversation;

import static java.util.Objects.requireNonNull;

/** How much the model thinks before it answers. */
public sealed interface Reasoning {
  /** The request does not say. */
  record Unsaid() implements Reasoning {}

  /** Not at all. */
  record Off() implements Reasoning {}

  /**
   * By a word.
   *
   * @param shown whether the caller wants to see what is thought
   */
  record Level(Effort effort, boolean shown) implements Reasoning {
    public Level {
      requireNonNull(effort, "effort is null");
    }
  }

  /** By a number of tokens, at least 1. */
  record Budget(long tokens, boolean shown) implements Reasoning {}

  /** As much as the model finds right. */
  record Adaptive(boolean shown) implements Reasoning {}

  /** From least to most. */
  enum Effort {
    MINIMAL,
    LOW,
    MEDIUM,
    HIGH,
    XHIGH,
    MAX
  }
}
