package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How the administrators' log is kept.
 *
 * @param kept how long its rows are kept
 * @param refusedMax how many refused calls one process writes into it in a minute
 */
public record AdminLogConfig(Duration kept, int refusedMax) {
  static final Setting<Integer> KEEP_DAYS =
      Setting.number(
          "admin.log.keep.days",
          1_095,
          1,
          36_500,
          "Days for which the administrators' log is kept; what is older is deleted.");
  static final Setting<Integer> REFUSED_MAX =
      Setting.number(
          "admin.log.refused.max",
          60,
          0,
          100_000,
          "Refused sign-ins and calls that one process writes into the administrators' log in a"
              + " minute; more are counted only.");

  public AdminLogConfig {
    requireNonNull(kept, "kept is null");
  }

  static List<Setting<?>> settings() {
    return List.of(KEEP_DAYS, REFUSED_MAX);
  }

  static AdminLogConfig from(Settings settings) {
    return new AdminLogConfig(Duration.ofDays(settings.get(KEEP_DAYS)), settings.get(REFUSED_MAX));
  }
}
