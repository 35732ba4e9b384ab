package io.tollgate.trading.engine.sizing;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What may come of a trade.
 *
 * @param potentialLoss at the stop, in USDT, fees aside, eight decimals half even; empty without
 *     one
 * @param riskRewardRatio distance of the target over that of the stop, four decimals half even;
 *     empty without one of them, and where the stop is at the entry
 */
public record TradeStake(Optional<BigDecimal> potentialLoss, Optional<BigDecimal> riskRewardRatio) {
  public TradeStake {
    requireNonNull(potentialLoss, "potentialLoss is null");
    requireNonNull(riskRewardRatio, "riskRewardRatio is null");
  }

  /** Of a quantity that is entered at a price. */
  public static TradeStake of(
      BigDecimal quantity,
      BigDecimal entry,
      Optional<BigDecimal> stop,
      Optional<BigDecimal> target) {
    Optional<BigDecimal> risk = stop.map(at -> entry.subtract(at).abs());
    Optional<BigDecimal> reward = target.map(at -> at.subtract(entry).abs());
    return new TradeStake(
        risk.map(each -> each.multiply(quantity).setScale(8, RoundingMode.HALF_EVEN)),
        risk.filter(each -> each.signum() > 0)
            .flatMap(lost -> reward.map(won -> won.divide(lost, 4, RoundingMode.HALF_EVEN))));
  }
}
