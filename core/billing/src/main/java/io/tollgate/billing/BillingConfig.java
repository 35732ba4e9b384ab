package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Settings of billing.
 *
 * @param pricesFile a price list that takes the place of the one shipped
 * @param grantLimits how much may be given by hand
 */
public record BillingConfig(Optional<Path> pricesFile, GrantLimits grantLimits) {
  public static final Setting<String> PRICES_FILE =
      Setting.optionalText(
          "prices.file", "Price list of models (YAML) that replaces the one shipped.");

  public BillingConfig {
    requireNonNull(pricesFile, "pricesFile is null");
    requireNonNull(grantLimits, "grantLimits is null");
  }

  public static List<Setting<?>> settings() {
    return Stream.concat(Stream.of(PRICES_FILE), GrantLimits.settings().stream()).toList();
  }

  public static BillingConfig from(Settings settings) {
    return new BillingConfig(settings.find(PRICES_FILE).map(Path::of), GrantLimits.from(settings));
  }
}
