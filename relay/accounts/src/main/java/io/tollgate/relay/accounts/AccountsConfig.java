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
 * @param bannedMs rest after the provider refused the account, where that is no ban yet
 * @param maxRestMs longest rest a provider can ask for
 * @param banRefusals refusals in a row that are a ban
 * @param circuitFailures failures within the window that open a circuit, where they are at least
 *     half of what came of requests in it
 * @param circuitWindowMs the window, from its first failure on
 * @param circuitOpenMs how long a circuit is open; twice as long each time that its probe fails
 * @param circuitMaxMs at most
 * @param stickySessions conversations whose account is remembered
 * @param meteredMax accounts with meters of their own
 */
public record AccountsConfig(
    int reloadMs,
    int rateLimitedMs,
    int failedMs,
    int bannedMs,
    int maxRestMs,
    int banRefusals,
    int circuitFailures,
    int circuitWindowMs,
    int circuitOpenMs,
    int circuitMaxMs,
    int stickySessions,
    int meteredMax) {
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
          "rest of a provider account's key after a refusal that is no ban yet, ms");
  public static final Setting<Integer> MAX_REST_MS =
      Setting.number(
          "relay.accounts.rest.max.ms",
          300_000,
          0,
          86_400_000,
          "longest rest that a provider's Retry-After can ask for, ms");

  public static final Setting<Integer> BAN_REFUSALS =
      Setting.number(
          "relay.accounts.ban.refusals",
          1,
          1,
          1_000,
          "refusals in a row (401, 402, 403) after which a key is banned until it is reset");
  public static final Setting<Integer> CIRCUIT_FAILURES =
      Setting.number(
          "relay.accounts.circuit.failures",
          8,
          1,
          1_000_000,
          "failures within the window that open a provider account's circuit, where at least half"
              + " of its requests failed");
  public static final Setting<Integer> CIRCUIT_WINDOW_MS =
      Setting.number(
          "relay.accounts.circuit.window.ms",
          10_000,
          100,
          3_600_000,
          "window in which a provider account's failures are counted, ms");
  public static final Setting<Integer> CIRCUIT_OPEN_MS =
      Setting.number(
          "relay.accounts.circuit.open.ms",
          5_000,
          100,
          3_600_000,
          "how long a provider account's circuit is open before one request probes it, ms;"
              + " twice as long after each probe that fails");
  public static final Setting<Integer> CIRCUIT_MAX_MS =
      Setting.number(
          "relay.accounts.circuit.max.ms",
          60_000,
          100,
          86_400_000,
          "longest time that a provider account's circuit is open before a probe, ms");
  public static final Setting<Integer> STICKY_SESSIONS =
      Setting.number(
          "relay.accounts.sticky.sessions",
          65_536,
          16,
          16_777_216,
          "conversations whose provider account is remembered; 8 bytes each");
  public static final Setting<Integer> METERED_MAX =
      Setting.number(
          "relay.accounts.metered.max",
          1_000,
          0,
          10_000,
          "provider accounts that have metrics of their own");

  public static List<Setting<?>> settings() {
    return List.of(
        RELOAD_MS,
        RATE_LIMITED_MS,
        FAILED_MS,
        BANNED_MS,
        MAX_REST_MS,
        BAN_REFUSALS,
        CIRCUIT_FAILURES,
        CIRCUIT_WINDOW_MS,
        CIRCUIT_OPEN_MS,
        CIRCUIT_MAX_MS,
        STICKY_SESSIONS,
        METERED_MAX);
  }

  public static AccountsConfig from(Settings settings) {
    return new AccountsConfig(
        settings.get(RELOAD_MS),
        settings.get(RATE_LIMITED_MS),
        settings.get(FAILED_MS),
        settings.get(BANNED_MS),
        settings.get(MAX_REST_MS),
        settings.get(BAN_REFUSALS),
        settings.get(CIRCUIT_FAILURES),
        settings.get(CIRCUIT_WINDOW_MS),
        settings.get(CIRCUIT_OPEN_MS),
        settings.get(CIRCUIT_MAX_MS),
        settings.get(STICKY_SESSIONS),
        settings.get(METERED_MAX));
  }
}
