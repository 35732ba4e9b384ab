package io.tollgate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.config.Setting;
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
import org.slf4j.MDC;

class LogsTest {
  private static final Logger OURS = LoggerFactory.getLogger("io.tollgate.test");
  private static final Logger LIBRARY = LoggerFactory.getLogger("org.library");
  private static final LogConfig CONFIG =
      LogConfig.from(
          Settings.merge(LogConfig.settings(), Map.of(), Map.of(), Map.of(), Map.of(), "file"));

  @TempDir private Path folder;

  @Test
  void names_and_defaults_are_these() {
    assertThat(LogConfig.settings().stream().map(Setting::name))
        .containsExactly(
            "log.level",
            "log.console.level",
            "log.file.megabytes",
            "log.total.megabytes",
            "log.days");
    assertThat(CONFIG)
        .isEqualTo(new LogConfig(LogConfig.Level.INFO, LogConfig.Level.WARN, 64, 1024, 14));
  }

  @Test
  void line_is_json_with_its_fields_and_the_request_id() throws IOException {
    Path file;
    try (Logs logs = Logs.open(folder.resolve("logs"), CONFIG)) {
      file = logs.file();
      MDC.put("request_id", "r-1");
      OURS.atInfo().addKeyValue("amount", 7).addKeyValue("name", "a \"b\"\n").log("charged");
      MDC.remove("request_id");
      OURS.atDebug().log("too small");
      LIBRARY.info("not ours");
      LIBRARY.warn("theirs");
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .startsWith("{")
        .endsWith("}")
        .contains("\"message\":\"charged\"")
        .contains("\"amount\":7")
        .contains("\"name\":\"a \\\"b\\\"\\n\"")
        .contains("\"request_id\":\"r-1\"")
        .contains("\"level\":\"INFO\"")
        .containsPattern("\"@timestamp\":\"[0-9T:.-]+Z\"");
    assertThat(lines.get(1)).contains("theirs").doesNotContain("request_id");
  }

  @Test
  void opened_again_it_goes_on_in_the_same_file() throws IOException {
    for (int i = 0; i < 2; i++) {
      try (Logs logs = Logs.open(folder, CONFIG)) {
        OURS.info("once");
        assertThat(logs.file()).isEqualTo(folder.resolve("tollgate.log"));
      }
      OURS.info("while closed");
    }
    assertThat(Files.readAllLines(folder.resolve("tollgate.log"))).hasSize(2);
  }
}
