package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * The limits that keep passwords from being guessed. An address is one IPv4 address, or the 64
 * leading bits of an IPv6 one, as one caller has all of those.
 *
 * @param pairFailures failed logins of one name from one address that lock this pair
 * @param lock how long a lock lasts, and how long failures are remembered
 * @param addressFailures failed logins from one address after which further ones are answered later
 * @param delayMax how much later at most
 * @param addressConcurrentMax logins from one address that are looked at at one time
 * @param pairsMax pairs with failures that are remembered
 * @param codeFailures second factors that may be tried for one account within the time of a lock
 */
public record LoginLimits(
    int pairFailures,
    Duration lock,
    int addressFailures,
    Duration delayMax,
    int addressConcurrentMax,
    int pairsMax,
    int codeFailures) {
  static final Setting<Integer> FAILURES =
      Setting.number(
          "identity.login.failures",
          5,
          3,
          100,
          "Failed logins of one name from one address that lock this pair.");
  static final Setting<Integer> LOCK_MINUTES =
      Setting.number(
          "identity.login.lock.minutes",
          15,
          1,
          1_440,
          "Minutes a lock lasts, and failures are remembered.");
  static final Setting<Integer> ADDRESS_FAILURES =
      Setting.number(
          "identity.login.address.failures",
          20,
          1,
          100_000,
          "Failed logins from one address, whatever the names, after which each further one is"
              + " answered 100 ms later than the one before.");
  static final Setting<Integer> DELAY_MAX =
      Setting.number(
          "identity.login.delay.max.ms",
          2_000,
          0,
          60_000,
          "How late a failed login is answered at most, ms.");
  static final Setting<Integer> ADDRESS_CONCURRENT_MAX =
      Setting.number(
          "identity.login.address.concurrent.max",
          8,
          1,
          10_000,
          "Logins from one address that are looked at at one time; more are answered 429.");
  static final Setting<Integer> PAIRS_MAX =
      Setting.number(
          "identity.login.pairs.max",
          100_000,
          1_000,
          10_000_000,
          "Pairs of name and address with failed logins that are remembered.");

  static final Setting<Integer> CODE_FAILURES =
      Setting.number(
          "identity.totp.failures",
          10,
          3,
          100,
          "Second factors that may be tried for one account within the time of a lock.");

  public LoginLimits {
    requireNonNull(lock, "lock is null");
    requireNonNull(delayMax, "delayMax is null");
  }

  static List<Setting<?>> settings() {
    return List.of(
        FAILURES,
        LOCK_MINUTES,
        ADDRESS_FAILURES,
        DELAY_MAX,
        ADDRESS_CONCURRENT_MAX,
        PAIRS_MAX,
        CODE_FAILURES);
  }

  static LoginLimits from(Settings settings) {
    return new LoginLimits(
        settings.get(FAILURES),
        Duration.ofMinutes(settings.get(LOCK_MINUTES)),
        settings.get(ADDRESS_FAILURES),
        Duration.ofMillis(settings.get(DELAY_MAX)),
        settings.get(ADDRESS_CONCURRENT_MAX),
        settings.get(PAIRS_MAX),
        settings.get(CODE_FAILURES));
  }
}
