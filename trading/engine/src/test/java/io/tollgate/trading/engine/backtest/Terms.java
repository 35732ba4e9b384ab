package io.tollgate.trading.engine.backtest;

import java.math.BigDecimal;
import java.util.List;

/** Terms for tests: 1000 USDT a trade, 0.1 % a fill, nothing else, unless said otherwise. */
final class Terms {
  String amount = "1000";
  String risk = "0";
  String slippage = "0";
  String rate = "0";
  String leverage = "1";
  int delay = 1;
  boolean isolated;
  double minRiskReward;
  double trailing;
  double activation;
  double drawdown;
  int losses;
  int lookback;
  OnOpposite onOpposite = OnOpposite.IGNORE;

  BacktestTerms made() {
    return new BacktestTerms(
        new BigDecimal("10000"),
        new BigDecimal("0.001"),
        lookback,
        new BigDecimal(risk),
        new BigDecimal(amount),
        delay,
        new BigDecimal(slippage),
        new BigDecimal(rate),
        List.of(),
        new BigDecimal(leverage),
        isolated,
        minRiskReward,
        trailing,
        activation,
        drawdown,
        losses,
        new BigDecimal("0.001"),
        onOpposite);
  }
}
