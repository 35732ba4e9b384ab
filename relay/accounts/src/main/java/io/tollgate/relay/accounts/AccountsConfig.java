package io.tollgate.relay.accounts;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.List;

/**
 * Settings of the provider accounts; all times in milliseconds.
 *
 * @param reloadMs how often accounts changed by other processes are read
 * @param rateLimitedMs rest after a 429 that does not say how long
 * @param failedMs rest after a failed call
 * @param bannedMs rest after the provider refused the account
 * @param maxRestMs longest rest a provider can ask for
 */
public record AccountsConfig(
    int reloadMs, int rateLimitedMs, int failedMs, int bannedMs, int maxRestMs) {
  public static final Setting<Integer> RELOAD_MS =
      Setting.number(
          "relay.accounts.reload.ms",
          5_000,
          100,
          3_600_000,
          "how often provider accounts are read again, ms");
  public static final Setting<Integer> RATE_LIMITED_MS =
      Setting.number(
          "relay.accounts.rest.rate.limited.ms",
          1_000,
          0,
          3_600_000,
          "rest of a provider account after a 429 without Retry-After, ms");
  public static final Setting<Integer> FAILED_MS =
      Setting.number(
          "relay.accounts.rest.failed.ms",
          2_000,
          0,
          3_600_000,
          "rest of a provider account after a failed call, ms");
  public static final Setting<Integer> BANNED_MS =
      Setting.number(
          "relay.accounts.rest.banned.ms",
          60_000,
          0,
          86_400_000,
          "rest of a provider account after the provider refused it, ms");
  public static final Setting<Integer> MAX_REST_MS =
      Setting.number(
          "relay.accounts.rest.max.ms",
          300_000,
          0,
          86_400_000,
          "longest rest that a provider's Retry-After can ask for, ms");

  public static List<Setting<?>> settings() {
    return List.of(RELOAD_MS, RATE_LIMITED_MS, FAILED_MS, BANNED_MS, MAX_REST_MS);
  }

  public static AccountsConfig from(Settings settings) {
    return new AccountsConfig(
        settings.get(RELOAD_MS),
        settings.get(RATE_LIMITED_MS),
        settings.get(FAILED_MS),
        settings.get(BANNED_MS),
        settings.get(MAX_REST_MS));
  }
}
