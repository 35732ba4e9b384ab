package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Settings of billing.
 *
 * @param pricesFile a price list that takes the place of the one shipped
 */
public record BillingConfig(Optional<Path> pricesFile) {
  public static final Setting<String> PRICES_FILE =
      Setting.optionalText(
          "prices.file", "Price list of models (YAML) that replaces the one shipped.");

  public BillingConfig {
    requireNonNull(pricesFile, "pricesFile is null");
  }

  public static List<Setting<?>> settings() {
    return List.of(PRICES_FILE);
  }

  public static BillingConfig from(Settings settings) {
    return new BillingConfig(settings.find(PRICES_FILE).map(Path::of));
  }
}
