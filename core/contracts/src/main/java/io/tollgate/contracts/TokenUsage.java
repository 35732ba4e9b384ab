package io.tollgate.contracts;

import java.util.Arrays;
import java.util.function.ObjLongConsumer;

/**
 * What one request used, by kind. Kinds do not overlap, so that the totals here are sums of them:
 * nothing is counted twice. Immutable; a usage of text takes one small array.
 */
public final class TokenUsage {
  /** More tokens, sent or received, than any request can have: a report beyond is not believed. */
  public static final long MAX_TOKENS = 1_000_000_000L;

  /** More of all that is not counted in tokens than any request can have. */
  public static final long MAX_OTHER_UNITS = 100_000_000L;

  public static final TokenUsage NONE = new TokenUsage(new long[0]);

  private static final UsageKind[] KINDS = UsageKind.values();

  /** By place of the kind in its list; no zeros at the end. */
  private final long[] counts;

  private final long input;
  private final long output;
  private final long otherUnits;

  private TokenUsage(long[] counts) {
    long sent = 0;
    long received = 0;
    long others = 0;
    for (int i = 0; i < counts.length; i++) {
      UsageKind kind = KINDS[i];
      long count = counts[i];
      if (kind.unit() != UsageUnit.TOKEN) {
        requireWithin(kind.code(), count, MAX_OTHER_UNITS);
        others += count;
      } else if (kind.part().side() == UsagePart.Side.OUTPUT) {
        requireWithin(kind.code() + " tokens", count, MAX_TOKENS);
        received += count;
      } else {
        requireWithin(kind.code() + " tokens", count, MAX_TOKENS);
        sent += count;
      }
    }
    requireWithin("input tokens", sent, MAX_TOKENS);
    requireWithin("output tokens", received, MAX_TOKENS);
    requireWithin("units other than tokens", others, MAX_OTHER_UNITS);
    this.counts = counts;
    this.input = sent;
    this.output = received;
    this.otherUnits = others;
  }

  /**
   * Tokens of text, as totals and what of them is of a kind of its own.
   *
   * @param input all input tokens, those read from and written to a cache included
   * @param cached input tokens read from a cache; at most {@code input - cacheWrite}
   * @param cacheWrite input tokens written to a cache for its usual time; at most {@code input -
   *     cached}
   * @param output all output tokens, reasoning included
   * @param reasoning output tokens spent on reasoning; at most {@code output}
   */
  public TokenUsage(long input, long cached, long cacheWrite, long output, long reasoning) {
    this(text(input, cached, cacheWrite, output, reasoning));
  }

  private static long[] text(
      long input, long cached, long cacheWrite, long output, long reasoning) {
    requireWithin("input tokens", input, MAX_TOKENS);
    requireWithin("output tokens", output, MAX_TOKENS);
    requireWithin("cached tokens", cached, input);
    requireWithin("cache write tokens", cacheWrite, input - cached);
    requireWithin("reasoning tokens", reasoning, output);
    Builder builder = new Builder();
    builder.counts[UsageKind.TEXT_INPUT.ordinal()] = input - cached - cacheWrite;
    builder.counts[UsageKind.CACHE_READ.ordinal()] = cached;
    builder.counts[UsageKind.CACHE_WRITE.ordinal()] = cacheWrite;
    builder.counts[UsageKind.TEXT_OUTPUT.ordinal()] = output - reasoning;
    builder.counts[UsageKind.REASONING.ordinal()] = reasoning;
    return builder.trimmed();
  }

  /** Text sent and received, nothing of it cached or thought. */
  public static TokenUsage of(long input, long output) {
    return new TokenUsage(input, 0, 0, output, 0);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** How much of one kind. */
  public long count(UsageKind kind) {
    int at = kind.ordinal();
    return at < counts.length ? counts[at] : 0;
  }

  /** All input tokens, those read from and written to a cache included. */
  public long input() {
    return input;
  }

  /** Input tokens read from a cache. */
  public long cached() {
    return tokens(UsagePart.CACHE_READ);
  }

  /** Input tokens written to a cache, for whatever time. */
  public long cacheWrite() {
    return tokens(UsagePart.CACHE_WRITE);
  }

  /** All output tokens, reasoning included. */
  public long output() {
    return output;
  }

  /** Output tokens spent on reasoning. */
  public long reasoning() {
    return tokens(UsagePart.REASONING);
  }

  /** Input and output tokens together: what a token quota counts. */
  public long total() {
    return input + output;
  }

  /** All that is not counted in tokens, whatever it is: no token quota pays for it. */
  public long otherUnits() {
    return otherUnits;
  }

  /** Hands over each kind of which there is something, in the order of the kinds. */
  public void forEach(ObjLongConsumer<UsageKind> consumer) {
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        consumer.accept(KINDS[i], counts[i]);
      }
    }
  }

  /** How many kinds there is something of. */
  public int kinds() {
    int kinds = 0;
    for (long count : counts) {
      kinds += count == 0 ? 0 : 1;
    }
    return kinds;
  }

  private long tokens(UsagePart part) {
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      if (KINDS[i].part() == part && KINDS[i].unit() == UsageUnit.TOKEN) {
        sum += counts[i];
      }
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenUsage usage && Arrays.equals(counts, usage.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("TokenUsage[");
    forEach(
        (kind, count) ->
            text.append(text.charAt(text.length() - 1) == '[' ? "" : ", ")
                .append(kind.code())
                .append('=')
                .append(count));
    return text.append(']').toString();
  }

  private static void requireWithin(String what, long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(what + ": " + value + " (expected: 0 to " + max + ")");
    }
  }

  /** Collects counts. Not safe for several threads. */
  public static final class Builder {
    private final long[] counts = new long[KINDS.length];

    private Builder() {}

    /**
     * Adds so much of a kind.
     *
     * @throws IllegalArgumentException when the count is negative or there is too much of it
     */
    public Builder add(UsageKind kind, long count) {
      int at = kind.ordinal();
      requireWithin(kind.code(), count, MAX_TOKENS - counts[at]);
      counts[at] += count;
      return this;
    }

    /** How much of a kind was added. */
    public long count(UsageKind kind) {
      return counts[kind.ordinal()];
    }

    /**
     * What was added.
     *
     * @throws IllegalArgumentException when it is more than any request can have
     */
    public TokenUsage build() {
      return new TokenUsage(trimmed());
    }

    private long[] trimmed() {
      int length = counts.length;
      while (length > 0 && counts[length - 1] == 0) {
        length--;
      }
      return Arrays.copyOf(counts, length);
    }
  }
}
