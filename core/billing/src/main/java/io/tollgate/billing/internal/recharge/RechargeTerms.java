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
 * @param calls how makers of orders are called
 */
public record RechargeTerms(Duration expiry, int maxAmount, int comparisonMinutes, Calls calls) {
  private static final Setting<Integer> CALL_TIMEOUT_MS =
      Setting.number(
          "recharge.calls.timeout.ms",
          5_000,
          100,
          60_000,
          "Time for a call to the address that an order was made with (notify_url), ms.");
  private static final Setting<Integer> CALL_TRIES_MAX =
      Setting.number(
          "recharge.calls.tries.max",
          16,
          1,
          100,
          "Tries of one such call before it is given up; each waits twice as long as the one before,"
              + " from 10 seconds to an hour.");
  private static final Setting<Boolean> CALL_PRIVATE =
      Setting.flag(
          "recharge.calls.private",
          false,
          "Whether such an address may be this machine or stand in a private network.");
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
    requireNonNull(calls, "calls is null");
  }

  /**
   * How the addresses that orders were made with are called.
   *
   * @param timeout for one call
   * @param triesMax of one call before it is given up
   * @param privateAddresses whether they may stand in a private network
   */
  public record Calls(Duration timeout, int triesMax, boolean privateAddresses) {
    public Calls {
      requireNonNull(timeout, "timeout is null");
    }
  }

  public static List<Setting<?>> settings() {
    return List.of(
        EXPIRY_SECONDS,
        MAX_AMOUNT,
        COMPARISON_MINUTES,
        CALL_TIMEOUT_MS,
        CALL_TRIES_MAX,
        CALL_PRIVATE);
  }

  public static RechargeTerms from(Settings settings) {
    return new RechargeTerms(
        Duration.ofSeconds(settings.get(EXPIRY_SECONDS)),
        settings.get(MAX_AMOUNT),
        settings.get(COMPARISON_MINUTES),
        new Calls(
            Duration.ofMillis(settings.get(CALL_TIMEOUT_MS)),
            settings.get(CALL_TRIES_MAX),
            settings.get(CALL_PRIVATE)));
  }
}
