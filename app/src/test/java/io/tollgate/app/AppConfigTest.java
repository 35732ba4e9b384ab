package io.tollgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AppConfigTest {
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  @Test
  void names_and_defaults_stay_as_they_are() {
    assertThat(AppConfig.settings())
        .extracting(Setting::name)
        .containsExactly(
            "data.dir", "port", "private.port", "grpc.port", "demo", "demo.life", "env");
    assertThat(AppConfig.from(settings(Map.of())))
        .isEqualTo(
            new AppConfig(
                Path.of("data").toAbsolutePath(),
                18_100,
                18_103,
                9_107,
                true,
                true,
                AppConfig.Environment.DEVELOPMENT));
  }

  @Test
  void production_has_no_demo_data_and_refuses_it_when_asked_for() {
    Map<String, String> production = Map.of("env", "production", "master.key", KEY);
    assertThat(AppConfig.from(settings(production)).demo()).isFalse();
    Map<String, String> withDemo = new HashMap<>(production);
    withDemo.put("demo", "true");
    assertThatThrownBy(() -> AppConfig.from(settings(withDemo)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("expected: false with env production");
  }

  @Test
  void production_wants_its_master_key_set() {
    assertThatThrownBy(() -> AppConfig.from(settings(Map.of("env", "production"))))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("openssl rand -base64 32");
  }

  @Test
  void production_refuses_an_address_where_people_would_sign_in_over_plain_http() {
    Map<String, String> production = new HashMap<>(Map.of("env", "production", "master.key", KEY));
    for (String url : List.of("http://ai.example.com", "http://10.0.0.9:18100")) {
      production.put("public.url", url);
      assertThatThrownBy(() -> AppConfig.from(settings(production)))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("public.url: " + url + " (expected with env production: https://");
    }
    for (String url : List.of("https://ai.example.com", "http://127.0.0.1:18100")) {
      production.put("public.url", url);
      assertThat(AppConfig.from(settings(production)).isProduction()).isTrue();
    }
    assertThat(
            AppConfig.from(settings(Map.of("public.url", "http://ai.example.com"))).isProduction())
        .isFalse();
  }

  @Test
  void no_two_settings_of_the_program_share_a_name() {
    assertThat(KnownSettings.all()).extracting(Setting::name).doesNotHaveDuplicates();
  }

  private static Settings settings(Map<String, String> flags) {
    return Settings.merge(
        KnownSettings.all(), KnownSettings.retired(), flags, Map.of(), Map.of(), "tollgate.yaml");
  }
}
