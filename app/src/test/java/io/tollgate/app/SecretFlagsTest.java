package io.tollgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretFlagsTest {
  private final StringWriter said = new StringWriter();

  @Test
  void secret_as_a_flag_is_refused_in_production() {
    assertThatThrownBy(() -> check(Set.of("master-key"), Map.of("env", "production")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("--master-key")
        .hasMessageContaining("TOLLGATE_MASTER_KEY");
  }

  @Test
  void secret_as_a_flag_is_warned_of_elsewhere_and_others_are_not() {
    check(Set.of("postgres-password", "port"), Map.of());
    assertThat(said.toString()).contains("warning: --postgres-password").doesNotContain("--port");
  }

  @Test
  void script_that_keeps_options_for_a_restart_knows_every_secret() throws IOException {
    String script = Files.readString(Path.of("../scripts/service.sh"));
    for (Setting<?> setting : KnownSettings.all()) {
      if (setting.secret()) {
        assertThat(script).contains("--" + setting.name().replace('.', '-') + " ");
      }
    }
  }

  private void check(Set<String> flags, Map<String, String> given) {
    Settings settings =
        Settings.merge(
            KnownSettings.all(), KnownSettings.retired(), given, Map.of(), Map.of(), "file");
    SecretFlags.check(flags, settings, new PrintWriter(said, true));
  }
}
