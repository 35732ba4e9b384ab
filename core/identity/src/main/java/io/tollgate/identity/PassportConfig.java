package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Settings of registration and sign-in of users.
 *
 * @param hosts whose tenant's a host name is, in lower case
 * @param registration who may register
 * @param verification whether an address is verified before there is a user
 * @param sessions how long sessions last
 * @param verifyLife how long a link that verifies an address is good
 * @param resetLife how long a link that resets a password is good
 * @param limits what guessing and flooding meet
 */
public record PassportConfig(
    Map<String, TenantId> hosts,
    WhoRegisters registration,
    Verification verification,
    SessionTerms sessions,
    Duration verifyLife,
    Duration resetLife,
    PassportLimits limits) {
  static final Setting<Map<String, TenantId>> HOSTS =
      new Setting<>(
          "identity.tenant.hosts",
          "Host names of tenants, such as ai.example.com=2,llm.example.org=3: who registers or logs"
              + " in there without saying more does so with that tenant.",
          "",
          PassportConfig::parseHosts,
          false);
  static final Setting<WhoRegisters> REGISTRATION =
      Setting.choice(
          "identity.registration",
          WhoRegisters.OPEN,
          "Who may register: open, invited (with an invite code) or closed.");
  static final Setting<Verification> VERIFICATION =
      Setting.choice(
          "identity.verification",
          Verification.AUTO,
          "Whether an address is verified by a mail before there is a user: auto (where mail is"
              + " set up), required or off.");
  static final Setting<Integer> VERIFY_HOURS =
      Setting.number(
          "identity.verify.hours", 24, 1, 168, "Hours for which a link to verify is good.");
  static final Setting<Integer> RESET_MINUTES =
      Setting.number(
          "identity.reset.minutes",
          60,
          5,
          1_440,
          "Minutes for which a link to reset a password is good.");

  /** Who may register. */
  public enum WhoRegisters {
    OPEN,
    /** Who has an invite code. */
    INVITED,
    CLOSED
  }

  /** Whether addresses are verified. */
  public enum Verification {
    /** Where mail is set up. */
    AUTO,
    REQUIRED,
    OFF
  }

  public PassportConfig {
    hosts = Map.copyOf(hosts);
    requireNonNull(registration, "registration is null");
    requireNonNull(verification, "verification is null");
    requireNonNull(sessions, "sessions is null");
    requireNonNull(verifyLife, "verifyLife is null");
    requireNonNull(resetLife, "resetLife is null");
    requireNonNull(limits, "limits is null");
  }

  /** Every setting of registration and sign-in, those of mail and of other providers apart. */
  public static List<Setting<?>> settings() {
    List<Setting<?>> own = List.of(HOSTS, REGISTRATION, VERIFICATION, VERIFY_HOURS, RESET_MINUTES);
    return Stream.of(own, SessionTerms.settings(), PassportLimits.settings())
        .<Setting<?>>flatMap(List::stream)
        .toList();
  }

  /**
   * Reads them.
   *
   * @throws io.tollgate.ground.config.SettingsException when a value does not parse
   */
  public static PassportConfig from(Settings settings) {
    return new PassportConfig(
        settings.get(HOSTS),
        settings.get(REGISTRATION),
        settings.get(VERIFICATION),
        SessionTerms.from(settings),
        Duration.ofHours(settings.get(VERIFY_HOURS)),
        Duration.ofMinutes(settings.get(RESET_MINUTES)),
        PassportLimits.from(settings));
  }

  private static Map<String, TenantId> parseHosts(String text) {
    Map<String, TenantId> hosts = new HashMap<>();
    for (String part : text.split(",", -1)) {
      if (part.isBlank()) {
        continue;
      }
      String[] sides = part.strip().split("=", -1);
      String host = sides[0].strip().toLowerCase(Locale.ROOT);
      try {
        if (sides.length != 2 || host.isEmpty() || host.contains(":")) {
          throw new IllegalArgumentException("more or less than a host and a number");
        }
        hosts.put(host, new TenantId(Long.parseLong(sides[1].strip())));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "host names without ports and numbers of tenants, such as ai.example.com=2", e);
      }
    }
    return hosts;
  }
}
