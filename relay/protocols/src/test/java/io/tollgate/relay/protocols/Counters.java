package io.tollgate.relay.protocols;

/** One counter for all tests: loading takes a while. */
public final class Counters {
  public static final TokenCounter EXACT = TokenCounter.loaded();

  private Counters() {}
}
