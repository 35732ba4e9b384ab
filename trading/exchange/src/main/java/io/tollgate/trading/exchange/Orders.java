package io.tollgate.trading.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The orders of one account in one kind of market: single calls, each sent once and never again by
 * itself. Who wants an order placed exactly once uses {@link
 * io.tollgate.trading.exchange.placing.OrderPlacement}. Blocking, for virtual threads; safe for use
 * by many.
 */
public interface Orders {
  /** How much later than now an order should be void by default. */
  Duration window();

  /** The exchange's time by our clock and what is known of the difference; asks nobody. */
  Instant exchangeTime();

  /** Asks the exchange for its time and keeps the difference. */
  Outcome<Instant> askTime();

  /**
   * Sends an order.
   *
   * @param voidAfter by the exchange's clock: the exchange does not take it later than that,
   *     however long it was on its way; to be written down before
   */
  Outcome<OrderState> place(OrderRequest order, Instant voidAfter);

  /** By own id. {@code NotFound} says what was seen now: it proves no absence. */
  Outcome<OrderState> find(Symbol symbol, ClientOrderId id);

  /**
   * Looks for an order everywhere it could be: by own id, among the open and the finished ones, and
   * behind every trade of the symbol since then.
   *
   * @param since by the exchange's clock, before the order was first sent
   */
  Outcome<Trace> trace(OrderRequest order, Instant since);

  /** {@code NotFound}: it is not open, or never was, and has to be asked for. */
  Outcome<OrderState> cancel(Symbol symbol, ClientOrderId id);

  /** All that are open of a symbol, of whomever. */
  Outcome<List<OrderState>> open(Symbol symbol);

  /**
   * Trades of a symbol, oldest first, a page at a time: go on from the last one's id until a page
   * is empty.
   *
   * @param afterTradeId the last one known; without, from {@code since} on
   */
  Outcome<List<Fill>> fills(Symbol symbol, Optional<String> afterTradeId, Instant since);

  /** What a look for an order found. */
  sealed interface Trace {
    record Found(OrderState order) implements Trace {}

    /**
     * Neither as an order, nor in the lists, nor behind a trade.
     *
     * @param exchangeTime the exchange's own, asked for before the look began
     */
    record NotSeen(Instant exchangeTime) implements Trace {}
  }
}
