package io.tollgate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseConfigTest {
  @Test
  void names_and_defaults_are_pinned() {
    assertThat(DatabaseConfig.settings())
        .extracting(Setting::name, Setting::defaultText, Setting::secret)
        .containsExactly(
            tuple("postgres.url", null, false),
            tuple("postgres.user", null, false),
            tuple("postgres.password", null, true),
            tuple("postgres.port", "0", false),
            tuple("postgres.pool.size", "16", false),
            tuple("postgres.pool.wait.ms", "5000", false),
            tuple("postgres.statement.timeout.ms", "30000", false),
            tuple("events.kept.hours", "24", false),
            tuple("events.backlog.hours", "168", false),
            tuple("events.max", "100000000", false),
            tuple("events.alarm.seconds", "60", false));
    assertThat(from(Map.of()))
        .isEqualTo(
            new DatabaseConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                16,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                EventsConfig.DEFAULTS));
  }

  @Test
  void every_setting_can_be_given_and_the_password_is_not_shown() {
    DatabaseConfig config =
        from(
            Map.of(
                "postgres-url", "jdbc:postgresql://db/t",
                "postgres-user", "me",
                "postgres-password", "hush",
                "postgres-port", "5433",
                "postgres-pool-size", "40",
                "postgres-pool-wait-ms", "1000",
                "postgres-statement-timeout-ms", "2000"));
    assertThat(config)
        .isEqualTo(
            new DatabaseConfig(
                Optional.of("jdbc:postgresql://db/t"),
                Optional.of("me"),
                Optional.of("hush"),
                5433,
                40,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                EventsConfig.DEFAULTS));
    assertThat(config.toString()).doesNotContain("hush");
  }

  private static DatabaseConfig from(Map<String, String> flags) {
    return DatabaseConfig.from(
        Settings.merge(
            DatabaseConfig.settings(), Map.of(), flags, Map.of(), Map.of(), "tollgate.yaml"));
  }
}
