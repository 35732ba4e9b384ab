package io.tollgate.trading.exchange;

import java.util.List;
import java.util.function.Consumer;

/**
 * One account in one kind of market of an exchange, with the key it is reached by. Blocking, for
 * virtual threads; safe for use by many. Closing it wipes the key.
 */
public interface TradingAccount extends AutoCloseable {
  Exchange exchange();

  MarketType market();

  Orders orders();

  /** Orders that wait for a price there. */
  ConditionalOrders conditionals();

  /** What trading costs it. */
  AccountCosts costs();

  /** Coins of which there is some; futures: USDT at least. */
  Outcome<List<Balance>> balances();

  /** Open positions; none for spot. */
  Outcome<List<Position>> positions();

  Outcome<KeyRights> keyRights();

  /** {@code NoChange} when it is so already; {@code Rejected(REJECTED)} for spot. */
  Outcome<Done> setLeverage(Symbol symbol, int leverage);

  /** The same. */
  Outcome<Done> setMarginMode(Symbol symbol, MarginMode mode);

  /** Whether longs and shorts are apart; the same. */
  Outcome<Done> setHedgeMode(boolean hedge);

  /**
   * Tells what happens, from now on and until the stream is closed. Paper tells of gaps only, every
   * few seconds.
   *
   * @param listener called on a thread of the stream's own, one event after the other; it must not
   *     throw
   */
  EventStream events(Consumer<AccountEvent> listener);

  @Override
  void close();
}
