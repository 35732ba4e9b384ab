package io.tollgate.relay.accounts;

import static java.util.Map.entry;
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
            Map.ofEntries(
                entry("relay.accounts.reload.ms", "5000"),
                entry("relay.accounts.rest.rate.limited.ms", "1000"),
                entry("relay.accounts.rest.failed.ms", "2000"),
                entry("relay.accounts.rest.banned.ms", "60000"),
                entry("relay.accounts.rest.max.ms", "300000"),
                entry("relay.accounts.ban.refusals", "1"),
                entry("relay.accounts.circuit.failures", "8"),
                entry("relay.accounts.circuit.window.ms", "10000"),
                entry("relay.accounts.circuit.open.ms", "5000"),
                entry("relay.accounts.circuit.max.ms", "60000"),
                entry("relay.accounts.sticky.sessions", "65536"),
                entry("relay.accounts.metered.max", "1000")));
  }

  @Test
  void each_setting_is_read_into_its_place() {
    Map<String, String> given =
        Map.ofEntries(
            entry("relay.accounts.reload.ms", "101"),
            entry("relay.accounts.rest.rate.limited.ms", "102"),
            entry("relay.accounts.rest.failed.ms", "103"),
            entry("relay.accounts.rest.banned.ms", "104"),
            entry("relay.accounts.rest.max.ms", "105"),
            entry("relay.accounts.ban.refusals", "106"),
            entry("relay.accounts.circuit.failures", "107"),
            entry("relay.accounts.circuit.window.ms", "108"),
            entry("relay.accounts.circuit.open.ms", "109"),
            entry("relay.accounts.circuit.max.ms", "110"),
            entry("relay.accounts.sticky.sessions", "111"),
            entry("relay.accounts.metered.max", "112"));
    Settings settings =
        Settings.merge(AccountsConfig.settings(), Map.of(), given, Map.of(), Map.of(), "none");
    assertThat(AccountsConfig.from(settings))
        .isEqualTo(new AccountsConfig(101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112));
  }
}
