package io.tollgate.trading.node.internal.serving;

import io.tollgate.trading.exchange.Balance;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.Ticker;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * An account in USDT.
 *
 * @param balance of USDT itself, without what positions have won or lost
 * @param unrealized what open positions would bring
 * @param others what other coins would bring
 * @param unpriced coins without a price, which count as nothing
 */
record AccountValue(
    BigDecimal balance,
    BigDecimal available,
    BigDecimal frozen,
    BigDecimal unrealized,
    BigDecimal others,
    List<String> unpriced) {
  private static final String USDT = "USDT";
  private static final int DIGITS = 4;

  /**
   * @param price last price of a pair
   */
  static AccountValue of(List<Balance> balances, Function<Symbol, Outcome<Ticker>> price) {
    Balance usdt =
        balances.stream()
            .filter(balance -> balance.currency().equals(USDT))
            .findFirst()
            .orElse(new Balance(USDT, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO));
    BigDecimal others = BigDecimal.ZERO;
    List<String> unpriced = new ArrayList<>();
    for (Balance balance : balances) {
      if (balance.currency().equals(USDT) || balance.total().signum() == 0) {
        continue;
      }
      if (isPair(balance.currency())
          && price.apply(new Symbol(balance.currency(), USDT))
              instanceof Accepted<Ticker>(Ticker ticker)) {
        others = others.add(balance.total().multiply(ticker.last()));
      } else {
        unpriced.add(balance.currency());
      }
    }
    return new AccountValue(
        usdt.total(),
        usdt.available(),
        usdt.frozen(),
        usdt.unrealized(),
        others,
        List.copyOf(unpriced));
  }

  /** An exchange may have coins whose names are none of ours. */
  private static boolean isPair(String currency) {
    return currency.matches("[A-Z0-9]{1,20}");
  }

  BigDecimal equity() {
    return balance.add(unrealized).add(others);
  }

  /** What is tied up, as a share of the equity; 0 without any. */
  BigDecimal marginRatio() {
    return equity().signum() <= 0
        ? BigDecimal.ZERO
        : frozen.divide(equity(), DIGITS, RoundingMode.HALF_EVEN);
  }
}
