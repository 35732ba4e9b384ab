package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.internal.callers.BillingForm;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings of the services.
 *
 * @param services what tenants have of which nothing else was set, by name
 * @param envelope in which form the billing interface answers
 */
public record ServicesConfig(SortedMap<String, Default> services, BillingForm envelope) {
  public static final Setting<String> SERVICES =
      Setting.text(
          "billing.services",
          "passport=0.01/10000 payment=0.10/1000 asset=0.05/1000",
          "Services that backends charge for, each as name=price/free: the price of one call in the"
              + " tenant's currency, and how many are free for every user in a calendar month.");

  public static final Setting<BillingForm> ENVELOPE =
      Setting.choice(
          "billing.envelope",
          BillingForm.PLAIN,
          "How the billing interface answers: plain, or wrapped in success and data with names in"
              + " camelCase, as older clients expect it.");

  private static final Pattern SERVICE =
      Pattern.compile("([a-z][a-z0-9_-]{0,31})=([0-9]{1,9}(?:\\.[0-9]{1,9})?)/([0-9]{1,12})");

  /**
   * A service as configured.
   *
   * @param price of one call, in whole units of the tenant's currency
   */
  public record Default(BigDecimal price, long monthlyFree) {}

  public ServicesConfig {
    services = new TreeMap<>(services);
    requireNonNull(envelope, "envelope is null");
  }

  public static List<Setting<?>> settings() {
    return List.of(SERVICES, ENVELOPE);
  }

  /**
   * @throws SettingsException when the text is not services
   */
  public static ServicesConfig from(Settings settings) {
    SortedMap<String, Default> services = new TreeMap<>();
    for (String part : settings.get(SERVICES).strip().split("[\\s,]+")) {
      if (part.isEmpty()) {
        continue;
      }
      Matcher service = SERVICE.matcher(part);
      if (!service.matches() || service.group(1).equals(Services.RELAY)) {
        throw wrong(part);
      }
      Default said =
          new Default(Numerals.decimal(service.group(2)), Long.parseLong(service.group(3)));
      if (services.put(service.group(1), said) != null) {
        throw wrong(part);
      }
    }
    return new ServicesConfig(services, settings.get(ENVELOPE));
  }

  private static SettingsException wrong(String part) {
    return new SettingsException(
        SERVICES.name()
            + ": "
            + part
            + " (expected: name=price/free such as passport=0.01/10000, each name once, not "
            + Services.RELAY
            + ")");
  }
}
