package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** How much of the capital one trade puts at stake. */
public enum RiskMode {
  STEADY(1, "0.01", "稳健"),
  BALANCED(2, "0.015", "均衡"),
  BOLD(3, "0.02", "激进");

  private final int number;
  private final BigDecimal share;
  private final String label;

  RiskMode(int number, String share, String label) {
    this.number = number;
    this.share = new BigDecimal(share);
    this.label = requireNonNull(label, "label is null");
  }

  /** As interfaces write it. */
  public int number() {
    return number;
  }

  /** What existing clients show. */
  public String label() {
    return label;
  }

  /**
   * Notional of one trade in USDT: capital × share × leverage, two decimals, half even.
   *
   * @param capital in USDT
   */
  public BigDecimal amountUsdt(BigDecimal capital, int leverage) {
    return capital
        .multiply(share)
        .multiply(BigDecimal.valueOf(leverage))
        .setScale(2, RoundingMode.HALF_EVEN);
  }

  /**
   * The mode of a number.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when it is not 1 to 3
   */
  public static RiskMode of(String field, long number) {
    for (RiskMode mode : values()) {
      if (mode.number == number) {
        return mode;
      }
    }
    throw GivenText.refused(field, Long.toString(number), "1, 2 or 3");
  }
}
