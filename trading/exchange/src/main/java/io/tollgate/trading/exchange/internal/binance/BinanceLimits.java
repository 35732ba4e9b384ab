package io.tollgate.trading.exchange.internal.binance;

import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.internal.calls.BudgetNames;
import io.tollgate.trading.exchange.internal.rates.Cost;
import io.tollgate.trading.exchange.internal.rates.RateBudgets;
import io.tollgate.trading.exchange.internal.wire.WireResult.Answered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What Binance lets an address and an account ask.
 *
 * @param weight of an address in a minute
 * @param ordersIn10s of an account
 * @param ordersInMinute of an account
 * @see <a
 *     href="https://developers.binance.com/docs/binance-spot-api-docs/rest-api/limits">Limits</a>
 */
record BinanceLimits(long weight, long ordersIn10s, long ordersInMinute) {
  private static final String WEIGHT = "weight";
  private static final String ORDERS_10S = "orders-10s";
  private static final String ORDERS_1M = "orders-1m";
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  static BinanceLimits of(MarketType market) {
    return switch (market) {
      case SPOT -> new BinanceLimits(6000, 100, 6000);
      case FUTURE -> new BinanceLimits(2400, 300, 1200);
    };
  }

  /** A call that only reads, or sets something. */
  List<Cost> reading(BudgetNames names, int amount) {
    return List.of(names.byAddress(WEIGHT, amount, weight, MINUTE));
  }

  /** A new order. */
  List<Cost> ordering(BudgetNames names) {
    List<Cost> costs = new ArrayList<>(reading(names, 1));
    costs.add(names.byKey(ORDERS_10S, 1, ordersIn10s, TEN_SECONDS));
    costs.add(names.byKey(ORDERS_1M, 1, ordersInMinute, MINUTE));
    return costs;
  }

  /** Takes over what an answer's head tells. */
  void told(Answered answer, BudgetNames names, RateBudgets budgets) {
    tell(answer, "x-mbx-used-weight-1m", names.address() + " " + WEIGHT, weight, MINUTE, budgets);
    tell(
        answer,
        "x-mbx-order-count-10s",
        names.keyed(ORDERS_10S),
        ordersIn10s,
        TEN_SECONDS,
        budgets);
    tell(answer, "x-mbx-order-count-1m", names.keyed(ORDERS_1M), ordersInMinute, MINUTE, budgets);
  }

  private static void tell(
      Answered answer,
      String header,
      String scope,
      long limit,
      Duration window,
      RateBudgets budgets) {
    answer
        .header(header)
        .filter(text -> text.matches("\\d{1,12}"))
        .ifPresent(text -> budgets.told(scope, Long.parseLong(text), limit, window));
  }
}
