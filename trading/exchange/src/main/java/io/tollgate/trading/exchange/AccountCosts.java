package io.tollgate.trading.exchange;

import java.time.Instant;
import java.util.List;

/**
 * What trading costs an account, in one kind of market. Blocking, for virtual threads; safe for use
 * by many.
 */
public interface AccountCosts {
  /** What trading a symbol costs. */
  Outcome<TradingFees> fees(Symbol symbol);

  /**
   * What was paid and got for holding contracts, oldest first; none for spot. Exchanges tell of the
   * last days only (OKX seven), so whoever books it asks at least daily. {@code Unknown} when there
   * is more than can be read at once: ask from later on.
   *
   * @param since by the exchange's clock
   */
  Outcome<List<FundingPayment>> fundingPayments(Instant since);

  /** How far a position may be levered, by its size, smallest first; none for spot. */
  Outcome<List<LeverageBracket>> leverageBrackets(Symbol symbol);
}
