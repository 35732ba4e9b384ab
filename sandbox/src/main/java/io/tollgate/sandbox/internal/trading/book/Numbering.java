package io.tollgate.sandbox.internal.trading.book;

/** Numbers of orders, trades and incomes, none given twice. Confined to the event loop. */
public final class Numbering {
  /** So that they look like an exchange's. */
  private static final long FIRST = 100_000_000L;

  private long last = FIRST;

  public long next() {
    return ++last;
  }

  /** One that an earlier process gave. */
  public void seen(long number) {
    last = Math.max(last, number);
  }
}
