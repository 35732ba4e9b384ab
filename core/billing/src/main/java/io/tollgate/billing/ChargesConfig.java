package io.tollgate.billing;

import io.tollgate.ground.Asset;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Settings of charges for services.
 *
 * @param lanes batches of deducts that are written at a time, and of checks that are read
 * @param batchMax calls of one batch
 * @param gather how long a busy lane waits for more calls before it writes
 * @param waitingMax calls that wait at a time; more are refused
 * @param reserved how long a check with a request id reserves
 * @param lowBalanceUnits who comes to have less money than that is told, smallest units
 */
public record ChargesConfig(
    int lanes,
    int batchMax,
    Duration gather,
    int waitingMax,
    Duration reserved,
    long lowBalanceUnits) {
  public static final Setting<Integer> LANES =
      Setting.number(
          "billing.charges.lanes",
          1,
          1,
          64,
          "Batches of deducts written at a time, and of checks read; more of them are smaller.");
  public static final Setting<Integer> BATCH_MAX =
      Setting.number(
          "billing.charges.batch.max",
          500,
          1,
          10_000,
          "Checks and deducts that are written together.");
  public static final Setting<Integer> GATHER_US =
      Setting.number(
          "billing.charges.gather.us",
          3_000,
          0,
          100_000,
          "Microseconds a lane of checks and deducts that is busy waits for more before it writes; a"
              + " lane at rest never waits.");
  public static final Setting<Integer> WAITING_MAX =
      Setting.number(
          "billing.charges.waiting.max",
          10_000,
          1,
          1_000_000,
          "Checks and deducts that may wait to be written; more are answered 503.");
  public static final Setting<Integer> RESERVED_S =
      Setting.number(
          "billing.reservation.s",
          600,
          1,
          86_400,
          "Seconds after which what a check has reserved lapses, unless it is deducted.");

  public static final Setting<String> LOW_BALANCE =
      Setting.text(
          "billing.balance.low",
          "1",
          "Users whose money comes to be less than that are told, in the tenant's currency.");

  public static List<Setting<?>> settings() {
    return List.of(LANES, BATCH_MAX, GATHER_US, WAITING_MAX, RESERVED_S, LOW_BALANCE);
  }

  public static ChargesConfig from(Settings settings) {
    return new ChargesConfig(
        settings.get(LANES),
        settings.get(BATCH_MAX),
        Duration.of(settings.get(GATHER_US), ChronoUnit.MICROS),
        settings.get(WAITING_MAX),
        Duration.ofSeconds(settings.get(RESERVED_S)),
        units(settings.get(LOW_BALANCE)));
  }

  private static long units(String text) {
    try {
      long units =
          Numerals.decimal(text)
              .movePointRight(Asset.MONEY_SCALE)
              .toBigIntegerExact()
              .longValueExact();
      if (units >= 0) {
        return units;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw wrong(text);
    }
    throw wrong(text);
  }

  private static SettingsException wrong(String text) {
    return new SettingsException(
        LOW_BALANCE.name() + ": " + text + " (expected: money, 0 or more, at most 9 decimals)");
  }
}
