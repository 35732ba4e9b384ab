package io.tollgate.trading.exchange;

/** What a key may do, as far as its exchange tells. */
public record KeyRights(Right trade, Right withdraw) {
  /** Of one thing. */
  public enum Right {
    YES,
    NO,
    /** The exchange does not say. */
    UNTOLD
  }
}
