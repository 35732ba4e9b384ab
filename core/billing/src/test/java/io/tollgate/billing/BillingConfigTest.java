package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BillingConfigTest {
  @Test
  void names_and_defaults_are_pinned() {
    assertThat(BillingConfig.settings())
        .extracting(Setting::name)
        .containsExactly(
            "prices.file",
            "billing.grant.tokens.max",
            "billing.grant.money.max",
            "billing.user.tokens.max",
            "billing.user.money.max");
    assertThat(BillingConfig.from(settings(Map.of())))
        .isEqualTo(
            new BillingConfig(
                Optional.empty(),
                new GrantLimits(
                    1_000_000_000_000L, 1_000_000L, 1_000_000_000_000_000L, 1_000_000_000L)));
  }

  @Test
  void a_price_file_can_be_named() {
    assertThat(BillingConfig.from(settings(Map.of("prices.file", "/etc/prices.yaml"))))
        .isEqualTo(
            new BillingConfig(Optional.of(Path.of("/etc/prices.yaml")), GrantLimits.defaults()));
  }

  private static Settings settings(Map<String, String> flags) {
    return Settings.merge(
        BillingConfig.settings(), Map.of(), flags, Map.of(), Map.of(), "tollgate.yaml");
  }
}
