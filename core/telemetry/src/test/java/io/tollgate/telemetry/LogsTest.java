package io.tollgate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
            "log.days",
            "log.repeats.max",
            "log.repeats.seconds",
            "log.console.file",
            "log.console.megabytes");
    assertThat(CONFIG)
        .isEqualTo(
            new LogConfig(
                LogConfig.Level.INFO,
                LogConfig.Level.WARN,
                64,
                1024,
                14,
                10,
                10,
                Optional.empty(),
                8));
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

  @Test
  void what_is_written_stays_within_the_size_of_all_files() throws IOException {
    LogConfig small = config(Map.of("log.file.megabytes", "1", "log.total.megabytes", "3"));
    String text = "x".repeat(900);
    try (Logs logs = Logs.open(folder, small)) {
      for (int i = 0; i < 20_000; i++) {
        OURS.atInfo().addKeyValue("text", text).addKeyValue("n", i).log("filling");
        if (i % 1000 == 0) {
          // files that were closed go a moment later, on a thread of their own
          await().until(() -> size(folder) <= 5L << 20);
        }
      }
      assertThat(logs.file()).exists();
    }
    // the file being written to comes on top of those that were closed
    await().untilAsserted(() -> assertThat(size(folder)).isBetween(1L << 20, 5L << 20));
  }

  @Test
  void error_that_repeats_is_written_a_few_times_and_then_counted() throws IOException {
    Path file;
    try (Logs logs = Logs.open(folder, CONFIG)) {
      file = logs.file();
      for (int i = 0; i < 20_000; i++) {
        OURS.atError().setCause(fault(i)).addKeyValue("request_id", i).log("request failed");
      }
      OURS.atError().log("another");
      OURS.atInfo().log("request answered");
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(Files.size(file)).isLessThan(100_000);
    assertThat(lines).filteredOn(line -> line.contains("request failed")).hasSizeBetween(10, 13);
    assertThat(lines).filteredOn(line -> line.contains("\"another\"")).hasSize(1);
    assertThat(lines)
        .filteredOn(line -> line.contains("lines that say the same were left out"))
        .singleElement()
        .asString()
        .contains("\"left_out\":19990")
        .contains("\"like\":\"request failed\"");
  }

  @Test
  void query_in_what_a_library_says_is_not_written() throws IOException {
    Path file;
    try (Logs logs = Logs.open(folder, CONFIG)) {
      file = logs.file();
      LIBRARY.warn("cannot serve /v1/chat?key=sk-secret of {}", "http://a/b?key=sk-secret&c");
      LIBRARY.warn(
          "failed", new IllegalArgumentException("invalid hex byte at 4 of 'key=%zzsk-secret'"));
      LIBRARY.warn(
          "failed",
          new IllegalStateException(
              "outer", new IllegalArgumentException("GET /a?key=sk-secret HTTP/1.1")));
      LIBRARY.warn("disk full", new IOException("No space left on device"));
    }
    assertThat(Files.readString(file))
        .doesNotContain("sk-secret")
        .contains("/v1/chat[…]")
        .contains("java.lang.IllegalArgumentException (message withheld)")
        .contains("java.lang.IllegalStateException (message withheld)")
        .contains("No space left on device");
  }

  @Test
  void folder_and_what_is_in_it_are_for_their_owner_only() throws IOException {
    Path logsFolder = folder.resolve("made");
    Files.createDirectory(
        logsFolder,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    try (Logs logs = Logs.open(logsFolder, CONFIG)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(logsFolder)))
          .isEqualTo("rwx------");
    }
  }

  private static LogConfig config(Map<String, String> given) {
    return LogConfig.from(
        Settings.merge(LogConfig.settings(), Map.of(), given, Map.of(), Map.of(), "file"));
  }

  private static IllegalStateException fault(int number) {
    return new IllegalStateException("number " + number);
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(LogsTest::sizeOf).sum();
    }
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }
}
