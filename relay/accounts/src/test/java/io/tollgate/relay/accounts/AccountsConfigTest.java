package io.tollgate.relay.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AccountsConfigTest {
  @Test
  void names_and_defaults_are_pinned() {
    assertThat(
            AccountsConfig.settings().stream()
                .collect(Collectors.toMap(Setting::name, s -> String.valueOf(s.defaultText()))))
        .isEqualTo(
            Map.of(
                "relay.accounts.reload.ms", "5000",
                "relay.accounts.rest.rate.limited.ms", "1000",
                "relay.accounts.rest.failed.ms", "2000",
                "relay.accounts.rest.banned.ms", "60000",
                "relay.accounts.rest.max.ms", "300000"));
  }

  @Test
  void each_setting_is_read_into_its_place() {
    Map<String, String> given =
        Map.of(
            "relay.accounts.reload.ms", "101",
            "relay.accounts.rest.rate.limited.ms", "102",
            "relay.accounts.rest.failed.ms", "103",
            "relay.accounts.rest.banned.ms", "104",
            "relay.accounts.rest.max.ms", "105");
    Settings settings =
        Settings.merge(AccountsConfig.settings(), Map.of(), given, Map.of(), Map.of(), "none");
    assertThat(AccountsConfig.from(settings))
        .isEqualTo(new AccountsConfig(101, 102, 103, 104, 105));
  }
}
