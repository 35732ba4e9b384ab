package io.tollgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.config.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
  @TempDir private Path folder;

  @Test
  void nested_names_are_joined_by_dots_and_lists_by_commas() throws IOException {
    assertThat(read("port: 1\nprivate:\n  port: 2\nnames: [a, b]\n"))
        .isEqualTo(Map.of("port", "1", "private.port", "2", "names", "a,b"));
  }

  @Test
  void a_file_that_is_not_there_or_empty_sets_nothing() throws IOException {
    assertThat(SettingsFile.read(folder.resolve("none.yaml"))).isEmpty();
    assertThat(read("# nothing\n")).isEmpty();
  }

  @Test
  void what_is_no_settings_file_is_explained() {
    assertThatThrownBy(() -> read("- a\n- b\n")).isInstanceOf(SettingsException.class);
    assertThatThrownBy(() -> read("port: [1\n"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("is not YAML");
    assertThatThrownBy(() -> read("port: 1\nport: 2\n")).isInstanceOf(SettingsException.class);
    assertThatThrownBy(() -> read("port:\n"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("has no value");
  }

  private Map<String, String> read(String yaml) throws IOException {
    Path file = folder.resolve("tollgate.yaml");
    Files.writeString(file, yaml);
    return SettingsFile.read(file);
  }
}
