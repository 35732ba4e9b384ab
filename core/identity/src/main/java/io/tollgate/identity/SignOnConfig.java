package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.identity.internal.signon.ProviderList;
import java.time.Duration;
import java.util.List;

/**
 * Settings of sign-on by other providers.
 *
 * @param providers in the order in which they are shown
 * @param timeout for each answer of a provider
 */
public record SignOnConfig(List<SignOnProvider> providers, Duration timeout) {
  static final Setting<List<SignOnProvider>> PROVIDERS =
      new Setting<>(
          "sign.on.providers",
          "Providers (OpenID Connect) by which users and administrators sign on, as a list in JSON:"
              + " name, issuer, client_id, client_secret, and what docs/sign-in.md says.",
          "[]",
          ProviderList::parse,
          true);
  static final Setting<Integer> TIMEOUT =
      Setting.number(
          "sign.on.timeout.ms", 10_000, 100, 60_000, "Time for each answer of a provider, ms.");

  public SignOnConfig {
    providers = List.copyOf(providers);
    requireNonNull(timeout, "timeout is null");
  }

  /** Every setting of sign-on. */
  public static List<Setting<?>> settings() {
    return List.of(PROVIDERS, TIMEOUT);
  }

  /**
   * Reads them.
   *
   * @throws io.tollgate.ground.config.SettingsException when a value does not parse
   */
  public static SignOnConfig from(Settings settings) {
    return new SignOnConfig(settings.get(PROVIDERS), Duration.ofMillis(settings.get(TIMEOUT)));
  }
}
