package io.tollgate.trading.exchange.placing;

/** Where intents are kept by whoever has orders placed. */
public interface IntentLog {
  /**
   * Keeps the intent in place of the order's former one. The order is sent when this returns, and
   * not when it throws.
   */
  void sending(Intent intent);
}
