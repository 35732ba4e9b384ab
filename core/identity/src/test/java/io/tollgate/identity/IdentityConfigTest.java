package io.tollgate.identity;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentityConfigTest {
  @Test
  void names_and_defaults_are_these() {
    assertThat(
            IdentityConfig.settings().stream()
                .collect(toMap(Setting::name, s -> String.valueOf(s.defaultText()))))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("master.key", "null"),
                Map.entry("identity.tenant.zone", "Asia/Shanghai"),
                Map.entry("identity.password.memory.kib", "19456"),
                Map.entry("identity.password.passes", "2"),
                Map.entry("identity.password.concurrency", "1"),
                Map.entry("identity.session.hours", "8"),
                Map.entry("identity.admin.totp.required", "false"),
                Map.entry("identity.totp.failures", "10"),
                Map.entry("identity.login.failures", "5"),
                Map.entry("identity.login.address.failures", "20"),
                Map.entry("identity.login.lock.minutes", "15"),
                Map.entry("identity.login.delay.max.ms", "2000"),
                Map.entry("identity.login.address.concurrent.max", "8"),
                Map.entry("identity.login.pairs.max", "100000"),
                Map.entry("identity.key.fresh.seconds", "10"),
                Map.entry("identity.key.heard.seconds", "300"),
                Map.entry("identity.key.grace.seconds", "3600"),
                Map.entry("identity.key.cache.entries", "100000"),
                Map.entry("identity.key.concurrent.max", "256"),
                Map.entry("identity.user.concurrent.max", "512"),
                Map.entry("identity.rates.share.ms", "500"),
                Map.entry("identity.rates.slice.percent", "5"),
                Map.entry("identity.rates.away.seconds", "300")));
    assertThat(IdentityConfig.from(given(Map.of())))
        .isEqualTo(
            new IdentityConfig(
                Optional.empty(),
                ZoneId.of("Asia/Shanghai"),
                19_456,
                2,
                1,
                Duration.ofHours(8),
                false,
                new LoginLimits(
                    5, Duration.ofMinutes(15), 20, Duration.ofSeconds(2), 8, 100_000, 10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(300),
                Duration.ofSeconds(3_600),
                100_000,
                256,
                512,
                new RateSharingConfig(Duration.ofMillis(500), 5, Duration.ofSeconds(300))));
  }

  @Test
  void a_bad_master_key_is_refused_without_being_shown() {
    assertThatThrownBy(() -> given(Map.of("master.key", "c2hvcnQ=")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("32 bytes in base64")
        .hasMessageNotContaining("c2hvcnQ=");
  }

  @Test
  void an_unknown_zone_is_refused() {
    assertThatThrownBy(() -> given(Map.of("identity.tenant.zone", "Asia/Nowhere")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("Asia/Nowhere");
  }

  private static Settings given(Map<String, String> flags) {
    return Settings.merge(
        IdentityConfig.settings(), Map.of(), flags, Map.of(), Map.of(), "tollgate.yaml");
  }
}
