package io.tollgate.telemetry;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.List;

/**
 * What is logged, and how much of it is kept.
 *
 * @param level least severity that is written to the file
 * @param consoleLevel least severity that is shown on the console
 * @param fileMegabytes size at which a file is closed and the next begun
 * @param totalMegabytes size of all files together; the oldest go first
 * @param days how long a file is kept
 */
public record LogConfig(
    Level level, Level consoleLevel, int fileMegabytes, int totalMegabytes, int days) {
  /** Severities, least first. */
  public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  public static final Setting<Level> LEVEL =
      Setting.choice("log.level", Level.INFO, "Least severity written to the log file");
  public static final Setting<Level> CONSOLE_LEVEL =
      Setting.choice("log.console.level", Level.WARN, "Least severity shown on the console");
  public static final Setting<Integer> FILE_MEGABYTES =
      Setting.number("log.file.megabytes", 64, 1, 4096, "Size of one log file, MiB");
  public static final Setting<Integer> TOTAL_MEGABYTES =
      Setting.number("log.total.megabytes", 1024, 1, 1_048_576, "Size of all log files, MiB");
  public static final Setting<Integer> DAYS =
      Setting.number("log.days", 14, 1, 3650, "Days a log file is kept");

  public LogConfig {
    requireNonNull(level, "level is null");
    requireNonNull(consoleLevel, "consoleLevel is null");
  }

  public static List<Setting<?>> settings() {
    return List.of(LEVEL, CONSOLE_LEVEL, FILE_MEGABYTES, TOTAL_MEGABYTES, DAYS);
  }

  public static LogConfig from(Settings settings) {
    return new LogConfig(
        settings.get(LEVEL),
        settings.get(CONSOLE_LEVEL),
        settings.get(FILE_MEGABYTES),
        settings.get(TOTAL_MEGABYTES),
        settings.get(DAYS));
  }
}
