package io.tollgate.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisConfigTest {
  @Test
  void without_settings_there_is_no_redis() {
    assertThat(RedisConfig.from(settings(Map.of())))
        .isEqualTo(new RedisConfig(Optional.empty(), false, Duration.ofMillis(250)));
    assertThat(RedisModule.over(RedisConfig.from(settings(Map.of()))).store()).isEmpty();
  }

  @Test
  void every_setting_has_its_name() {
    assertThat(
            RedisConfig.from(
                settings(
                    Map.of(
                        "redis.url",
                        "rediss://me:secret@redis.example:6380/2",
                        "redis.cluster",
                        "true",
                        "redis.timeout.ms",
                        "1000"))))
        .isEqualTo(
            new RedisConfig(
                Optional.of(URI.create("rediss://me:secret@redis.example:6380/2")),
                true,
                Duration.ofSeconds(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:6379", "http://secret@host", "redis:", "redis://", "redis://a b"})
  void what_is_no_address_is_refused_without_repeating_it(String url) {
    assertThatThrownBy(() -> RedisConfig.from(settings(Map.of("redis.url", url))))
        .isInstanceOf(SettingsException.class)
        .hasMessage("redis.url: no address of Redis (expected: redis://[user:password@]host:port)");
  }

  private static Settings settings(Map<String, String> flags) {
    return Settings.merge(
        RedisConfig.settings(), Map.of(), flags, Map.of(), Map.of(), "tollgate.yaml");
  }
}
