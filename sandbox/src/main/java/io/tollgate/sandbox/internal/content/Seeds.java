package io.tollgate.sandbox.internal.content;

/** What makes answers repeatable: a seed taken from what was asked. */
public final class Seeds {
  private Seeds() {}

  /**
   * The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every input bit reaches every output
   * bit.
   */
  public static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The seed that follows when a text is read; String.hashCode is fixed by the language. */
  public static long with(long seed, String text) {
    return mix(seed ^ (((long) text.hashCode() << 32) | text.length()));
  }
}
