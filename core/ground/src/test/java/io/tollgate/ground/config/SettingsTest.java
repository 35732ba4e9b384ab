package io.tollgate.ground.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Setting<Integer> PORT = Setting.port("private.port", 18_103, "a port");
  private static final Setting<String> NAME = Setting.optionalText("name", "a name");
  private static final Setting<Boolean> DEMO = Setting.flag("demo", true, "whether demo data");
  private static final Setting<String> KEY = Setting.secret("master.key", "a secret");
  private static final Setting<Kind> KIND = Setting.choice("kind", Kind.ONE_THING, "a kind");
  private static final List<Setting<?>> KNOWN = List.of(PORT, NAME, DEMO, KEY, KIND);

  private enum Kind {
    ONE_THING,
    ANOTHER
  }

  @Test
  void flags_are_stronger_than_environment_than_file_than_defaults() {
    Map<String, String> file = Map.of("private.port", "3", "name", "file", "demo", "off");
    Map<String, String> environment =
        Map.of("TOLLGATE_PRIVATE_PORT", "2", "TOLLGATE_NAME", "environment", "PATH", "/bin");
    Settings settings = merge(Map.of("private-port", "1"), environment, file);
    assertThat(settings.get(PORT)).isEqualTo(1);
    assertThat(settings.get(NAME)).isEqualTo("environment");
    assertThat(settings.get(DEMO)).isFalse();
    assertThat(settings.get(KIND)).isEqualTo(Kind.ONE_THING);
    assertThat(settings.find(KEY)).isEmpty();
    assertThat(settings.isGiven(DEMO)).isTrue();
    assertThat(settings.isGiven(KIND)).isFalse();
  }

  @Test
  void a_name_may_be_spelled_with_dots_dashes_or_underscores() {
    for (String spelling :
        List.of("private.port", "private-port", "private_port", "PRIVATE_PORT")) {
      assertThat(merge(Map.of(), Map.of(), Map.of(spelling, "7")).get(PORT)).isEqualTo(7);
    }
  }

  @Test
  void an_unknown_name_is_an_error_that_names_the_nearest_one() {
    assertThatThrownBy(() -> merge(Map.of(), Map.of("TOLLGATE_PRIVATE_PROT", "1"), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "unknown setting private.prot (set by TOLLGATE_PRIVATE_PROT); the nearest known one is"
                + " private.port");
  }

  @Test
  void a_retired_name_says_what_to_use_instead() {
    assertThatThrownBy(
            () ->
                Settings.merge(
                    KNOWN,
                    Map.of("old.port", "use private.port"),
                    Map.of("old-port", "1"),
                    Map.of(),
                    Map.of(),
                    "tollgate.yaml"))
        .isInstanceOf(SettingsException.class)
        .hasMessage("retired setting old.port (set by --old-port): use private.port");
  }

  @Test
  void every_value_that_does_not_fit_is_named_at_once() {
    assertThatThrownBy(
            () ->
                merge(
                    Map.of("private-port", "65536", "demo", "maybe", "kind", "x"),
                    Map.of(),
                    Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("private.port: 65536 (expected: a whole number from 0 to 65535")
        .hasMessageContaining("demo: maybe (expected: true or false")
        .hasMessageContaining("kind: x (expected: one of one-thing another");
  }

  @Test
  void a_secret_is_not_repeated_in_messages() {
    Setting<Integer> secretNumber = new Setting<>("pin", "a pin", null, Integer::parseInt, true);
    assertThatThrownBy(
            () ->
                Settings.merge(
                    List.of(secretNumber),
                    Map.of(),
                    Map.of("pin", "hunter2"),
                    Map.of(),
                    Map.of(),
                    ""))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("(secret)");
  }

  private static Settings merge(
      Map<String, String> flags, Map<String, String> environment, Map<String, String> file) {
    return Settings.merge(KNOWN, Map.of(), flags, environment, file, "tollgate.yaml");
  }

  @Test
  void what_is_in_force_says_where_it_comes_from_and_shows_no_secret() {
    Settings settings =
        merge(
            Map.of("private-port", "1"),
            Map.of("TOLLGATE_NAME", "https://ann:hidden@example.com/x", "TOLLGATE_MASTER_KEY", "k"),
            Map.of("demo", "off"));
    assertThat(settings.inForce())
        .extracting(Settings.InForce::name, Settings.InForce::source)
        .containsExactly(
            tuple("demo", Settings.Source.FILE),
            tuple("kind", Settings.Source.DEFAULT),
            tuple("master.key", Settings.Source.ENVIRONMENT),
            tuple("name", Settings.Source.ENVIRONMENT),
            tuple("private.port", Settings.Source.FLAG));
    assertThat(settings.inForce())
        .extracting(shown -> shown.value().orElse("-"))
        .containsExactly("off", "one-thing", "-", "https://****@example.com/x", "1");
    assertThat(settings.inForce().getLast().setBy()).contains("--private-port");
  }
}
