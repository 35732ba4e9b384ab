package io.tollgate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogLineTest {
  private static final Logger OURS = LoggerFactory.getLogger("io.tollgate.test");

  @TempDir private Path folder;

  @Test
  void every_character_is_written_as_json_allows() throws IOException {
    assertThat(written("tab\tend\u0001\u007f\"\\ é € 😀 \ud83d!"))
        .contains("\"field\":\"tab\\tend\\u0001\\u007f\\\"\\\\ é € 😀 ?!\"");
  }

  @Test
  void numbers_and_truth_are_no_text() throws IOException {
    assertThat(written(-7)).contains("\"field\":-7}");
    assertThat(written(Long.MAX_VALUE)).contains("\"field\":9223372036854775807}");
    assertThat(written(true)).contains("\"field\":true}");
    assertThat(written(0.5)).contains("\"field\":\"0.5\"}");
  }

  @Test
  void long_text_is_written_whole() throws IOException {
    String text = "€\n".repeat(100_000);
    assertThat(written(text)).contains("€\\n".repeat(100_000));
  }

  @Test
  void failure_is_told_with_its_stack() throws IOException {
    List<String> lines =
        lines(() -> OURS.atError().setCause(new IllegalStateException("why")).log("failed"));
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("\"stack_trace\":\"java.lang.IllegalStateException: why\\n\\tat ");
  }

  @Test
  void none_of_many_lines_is_lost_or_cut() throws IOException {
    int lines = 5_000;
    assertThat(
            lines(
                () -> {
                  for (int i = 0; i < lines; i++) {
                    OURS.atWarn().addKeyValue("number", i).log("counted");
                  }
                }))
        .hasSize(lines)
        .allMatch(line -> line.startsWith("{") && line.endsWith("}"));
  }

  private String written(Object value) throws IOException {
    return lines(() -> OURS.atInfo().addKeyValue("field", value).log("said")).getLast();
  }

  private List<String> lines(Runnable said) throws IOException {
    Settings settings =
        Settings.merge(
            LogConfig.settings(),
            Map.of(),
            Map.of("log.console.level", "ERROR", "log.repeats.max", "1000000"),
            Map.of(),
            Map.of(),
            "none");
    Path file;
    try (Logs logs = Logs.open(folder, LogConfig.from(settings))) {
      file = logs.file();
      said.run();
    }
    return Files.readAllLines(file);
  }
}
