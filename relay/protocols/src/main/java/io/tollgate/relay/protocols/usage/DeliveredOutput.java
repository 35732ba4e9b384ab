package io.tollgate.relay.protocols.usage;

import static java.util.Objects.requireNonNull;

import java.util.function.LongSupplier;

/**
 * What an upstream has delivered, by our own count. Tokens are counted when they are asked for,
 * which most reports need not: that costs more than all else that is done with an answer. Confined
 * to the thread that reads the answer.
 */
public final class DeliveredOutput {
  public static final DeliveredOutput NOTHING = new DeliveredOutput(false, 0, () -> 0);

  /** Something that is not counted in tokens, such as vectors. */
  public static final DeliveredOutput WITHOUT_TOKENS = new DeliveredOutput(true, false, 0, () -> 0);

  private final boolean produced;
  private final boolean counted;
  private final long textBytes;
  private final LongSupplier tokens;

  /**
   * @param produced whether there was anything: text, a refusal, a call, sound
   * @param textBytes bytes of text
   * @param tokens counts the tokens of that text
   */
  public DeliveredOutput(boolean produced, long textBytes, LongSupplier tokens) {
    this(produced, true, textBytes, tokens);
  }

  private DeliveredOutput(boolean produced, boolean counted, long textBytes, LongSupplier tokens) {
    if (textBytes < 0) {
      throw new IllegalArgumentException("text bytes: " + textBytes + " (expected: >= 0)");
    }
    this.produced = produced;
    this.counted = counted;
    this.textBytes = textBytes;
    this.tokens = requireNonNull(tokens, "tokens is null");
  }

  /** Whether there was anything: text, a refusal, a call, sound. */
  boolean produced() {
    return produced;
  }

  /** Whether it is counted in tokens. */
  boolean counted() {
    return counted;
  }

  /** Bytes of text. */
  long textBytes() {
    return textBytes;
  }

  /** Tokens of that text, as we count them; counted anew each time. */
  long tokens() {
    return tokens.getAsLong();
  }
}
