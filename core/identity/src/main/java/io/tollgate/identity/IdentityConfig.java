package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Settings of identity.
 *
 * @param masterKey the root secret, where it does not come from its file
 * @param tenantZone whose calendar a new tenant follows
 * @param passwordMemoryKib memory of one Argon2id hash, in KiB; kept with each hash
 * @param passwordPasses passes of Argon2id over that memory; kept with each hash
 * @param passwordConcurrency password hashes computed at once
 * @param sessionLength how long a login lasts
 * @param adminFactor whether administrators must have a second factor
 * @param logins what guessing of passwords meets
 * @param keyFresh how long a key found in the database is taken for valid without asking again
 * @param keyHeard the same, as long as the database tells of every change
 * @param keyGrace how long it is when the database does not answer
 * @param keyCacheEntries keys remembered at most
 * @param keyConcurrentMax requests of one key at one time; more are answered 429
 * @param userConcurrentMax requests of one user, with all keys, at one time
 * @param rateSharing how gateways share the limits of keys
 */
public record IdentityConfig(
    Optional<MasterKey> masterKey,
    ZoneId tenantZone,
    int passwordMemoryKib,
    int passwordPasses,
    int passwordConcurrency,
    Duration sessionLength,
    boolean adminFactor,
    LoginLimits logins,
    Duration keyFresh,
    Duration keyHeard,
    Duration keyGrace,
    int keyCacheEntries,
    int keyConcurrentMax,
    int userConcurrentMax,
    RateSharingConfig rateSharing) {

  public static final Setting<MasterKey> MASTER_KEY =
      new Setting<>(
          "master.key",
          "Root secret, 32 bytes in base64; without it, one is made and kept in"
              + " <data-dir>/master.key.",
          null,
          MasterKey::parse,
          true);
  static final Setting<ZoneId> TENANT_ZONE =
      new Setting<>(
          "identity.tenant.zone",
          "Time zone whose months and days a new tenant follows.",
          "Asia/Shanghai",
          IdentityConfig::parseZone,
          false);
  static final Setting<Integer> PASSWORD_MEMORY =
      Setting.number(
          "identity.password.memory.kib",
          19_456,
          8_192,
          1_048_576,
          "Memory of one Argon2id password hash, in KiB.");
  static final Setting<Integer> PASSWORD_PASSES =
      Setting.number("identity.password.passes", 2, 1, 16, "Passes of Argon2id over its memory.");
  static final Setting<Integer> PASSWORD_CONCURRENCY =
      Setting.number(
          "identity.password.concurrency", 1, 1, 64, "Password hashes computed at once.");
  static final Setting<Integer> SESSION_HOURS =
      Setting.number(
          "identity.session.hours", 8, 1, 24, "Hours after which a login of an admin ends.");
  static final Setting<Boolean> ADMIN_FACTOR =
      Setting.flag(
          "identity.admin.totp.required",
          false,
          "Whether administrators must have a second factor (TOTP): who has none can do nothing but"
              + " set one up.");
  static final Setting<Integer> KEY_FRESH_SECONDS =
      Setting.number(
          "identity.key.fresh.seconds",
          10,
          1,
          3_600,
          "Seconds an API key or service token is taken for valid before the database is asked"
              + " again, where its changes are not heard of.");
  static final Setting<Integer> KEY_HEARD_SECONDS =
      Setting.number(
          "identity.key.heard.seconds",
          300,
          1,
          86_400,
          "The same, as long as the database tells of every change at once.");
  static final Setting<Integer> KEY_GRACE_SECONDS =
      Setting.number(
          "identity.key.grace.seconds",
          3_600,
          1,
          86_400,
          "Seconds it is taken for valid when the database does not answer.");
  static final Setting<Integer> KEY_CACHE_ENTRIES =
      Setting.number(
          "identity.key.cache.entries",
          100_000,
          100,
          10_000_000,
          "API keys, and as many service tokens, remembered at most.");
  static final Setting<Integer> KEY_CONCURRENT_MAX =
      Setting.number(
          "identity.key.concurrent.max",
          256,
          1,
          1_000_000,
          "Requests of one API key without a limit of its own that run at one time in one process;"
              + " more are answered 429.");
  static final Setting<Integer> USER_CONCURRENT_MAX =
      Setting.number(
          "identity.user.concurrent.max",
          512,
          1,
          1_000_000,
          "Requests of one user, with all keys, that run at one time in one process.");

  public IdentityConfig {
    requireNonNull(masterKey, "masterKey is null");
    requireNonNull(tenantZone, "tenantZone is null");
    requireNonNull(sessionLength, "sessionLength is null");
    requireNonNull(logins, "logins is null");
    requireNonNull(keyFresh, "keyFresh is null");
    requireNonNull(keyHeard, "keyHeard is null");
    requireNonNull(keyGrace, "keyGrace is null");
    requireNonNull(rateSharing, "rateSharing is null");
  }

  /** Every setting of identity. */
  public static List<Setting<?>> settings() {
    List<Setting<?>> own =
        List.<Setting<?>>of(
            MASTER_KEY,
            TENANT_ZONE,
            PASSWORD_MEMORY,
            PASSWORD_PASSES,
            PASSWORD_CONCURRENCY,
            SESSION_HOURS,
            ADMIN_FACTOR,
            KEY_FRESH_SECONDS,
            KEY_HEARD_SECONDS,
            KEY_GRACE_SECONDS,
            KEY_CACHE_ENTRIES,
            KEY_CONCURRENT_MAX,
            USER_CONCURRENT_MAX);
    return Stream.of(own, LoginLimits.settings(), RateSharingConfig.settings())
        .<Setting<?>>flatMap(List::stream)
        .toList();
  }

  /**
   * Reads them.
   *
   * @throws io.tollgate.ground.config.SettingsException when a value does not parse
   */
  public static IdentityConfig from(Settings settings) {
    return new IdentityConfig(
        settings.find(MASTER_KEY),
        settings.get(TENANT_ZONE),
        settings.get(PASSWORD_MEMORY),
        settings.get(PASSWORD_PASSES),
        settings.get(PASSWORD_CONCURRENCY),
        Duration.ofHours(settings.get(SESSION_HOURS)),
        settings.get(ADMIN_FACTOR),
        LoginLimits.from(settings),
        Duration.ofSeconds(settings.get(KEY_FRESH_SECONDS)),
        Duration.ofSeconds(settings.get(KEY_HEARD_SECONDS)),
        Duration.ofSeconds(settings.get(KEY_GRACE_SECONDS)),
        settings.get(KEY_CACHE_ENTRIES),
        settings.get(KEY_CONCURRENT_MAX),
        settings.get(USER_CONCURRENT_MAX),
        RateSharingConfig.from(settings));
  }

  private static ZoneId parseZone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a time zone such as Asia/Shanghai or UTC", e);
    }
  }
}
