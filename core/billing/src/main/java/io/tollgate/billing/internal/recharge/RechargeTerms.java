package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * Bounds and times of recharging.
 *
 * @param expiry how long an order can be paid
 * @param maxAmount how much one order may be of, in whole units of its currency
 * @param comparisonMinutes how often it is looked whether a day's bill is to be compared
 */
public record RechargeTerms(Duration expiry, int maxAmount, int comparisonMinutes) {
  private static final Setting<Integer> EXPIRY_SECONDS =
      Setting.number(
          "recharge.expiry.seconds",
          1_800,
          1,
          604_800,
          "How long a recharge order can be paid before it expires, seconds.");
  private static final Setting<Integer> MAX_AMOUNT =
      Setting.number(
          "recharge.amount.max",
          1_000_000_000,
          1,
          1_000_000_000,
          "How much one recharge may be of, in whole units of the currency.");

  private static final Setting<Integer> COMPARISON_MINUTES =
      Setting.number(
          "recharge.comparison.minutes",
          30,
          1,
          1_440,
          "How often it is looked whether a day's bill of a payment channel is to be compared with"
              + " the orders, minutes.");

  public RechargeTerms {
    requireNonNull(expiry, "expiry is null");
  }

  public static List<Setting<?>> settings() {
    return List.of(EXPIRY_SECONDS, MAX_AMOUNT, COMPARISON_MINUTES);
  }

  public static RechargeTerms from(Settings settings) {
    return new RechargeTerms(
        Duration.ofSeconds(settings.get(EXPIRY_SECONDS)),
        settings.get(MAX_AMOUNT),
        settings.get(COMPARISON_MINUTES));
  }
}
