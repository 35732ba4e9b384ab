package io.tollgate.relay.gateway;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.List;

/**
 * Settings of what lives longer than a request. Names that end in {@code Ms} are milliseconds.
 *
 * @param waitMs how long an answer waits until it is written which account keeps it
 * @param responseDays how long it is known which account keeps a response
 * @param fileDays the same of files and batches
 * @param pollMs how often providers are asked how what runs at them stands
 * @param maxHours after how long what runs is in doubt
 * @param linesMax most requests of a batch
 * @param fileMib largest file that is taken, and largest file of a batch that is read, MiB
 */
public record KeptConfig(
    int waitMs,
    int responseDays,
    int fileDays,
    int pollMs,
    int maxHours,
    int linesMax,
    int fileMib) {
  public static final Setting<Integer> WAIT_MS =
      Setting.number(
          "relay.kept.wait.ms",
          1_000,
          1,
          60_000,
          "how long an answer waits until it is written which account keeps it, ms; then it is"
              + " passed on all the same");
  public static final Setting<Integer> RESPONSE_DAYS =
      Setting.number(
          "relay.kept.responses.days",
          30,
          1,
          3_650,
          "how long it is known which account keeps a response, days");
  public static final Setting<Integer> FILE_DAYS =
      Setting.number(
          "relay.kept.files.days",
          365,
          1,
          3_650,
          "how long it is known which account keeps a file or a batch, days");

  public static final Setting<Integer> POLL_MS =
      Setting.number(
          "relay.deferred.poll.ms",
          5_000,
          50,
          3_600_000,
          "how often providers are asked whether batches and answers made in the background have"
              + " ended, ms");
  public static final Setting<Integer> MAX_HOURS =
      Setting.number(
          "relay.deferred.max.hours",
          72,
          1,
          8_760,
          "after how long a batch, or an answer made in the background, whose end its provider does"
              + " not tell is in doubt, hours");

  public static final Setting<Integer> LINES_MAX =
      Setting.number("relay.batches.lines.max", 50_000, 1, 1_000_000, "most requests of a batch");
  public static final Setting<Integer> FILE_MIB =
      Setting.number(
          "relay.files.mib",
          512,
          1,
          1_048_576,
          "largest file that is taken, and largest file of a batch that is read, MiB");

  public static List<Setting<?>> settings() {
    return List.of(WAIT_MS, RESPONSE_DAYS, FILE_DAYS, POLL_MS, MAX_HOURS, LINES_MAX, FILE_MIB);
  }

  public static KeptConfig from(Settings settings) {
    return new KeptConfig(
        settings.get(WAIT_MS),
        settings.get(RESPONSE_DAYS),
        settings.get(FILE_DAYS),
        settings.get(POLL_MS),
        settings.get(MAX_HOURS),
        settings.get(LINES_MAX),
        settings.get(FILE_MIB));
  }
}
