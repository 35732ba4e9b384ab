package io.tollgate.telemetry;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is logged, and how much of it is kept.
 *
 * @param level least severity that is written to the file
 * @param consoleLevel least severity that is shown on the console
 * @param fileMegabytes size at which a file is closed and the next begun
 * @param totalMegabytes size of all files together; the oldest go first
 * @param days how long a file is kept
 * @param repeatsMax warnings and errors that say the same, in {@code repeatsSeconds}; more are
 *     counted and told in one line
 * @param repeatsSeconds how long that is
 * @param consoleFile file that the console goes to, if one is to be kept within a bound
 * @param consoleMegabytes size of that file and of the one before it
 */
public record LogConfig(
    Level level,
    Level consoleLevel,
    int fileMegabytes,
    int totalMegabytes,
    int days,
    int repeatsMax,
    int repeatsSeconds,
    Optional<Path> consoleFile,
    int consoleMegabytes) {
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
  public static final Setting<Integer> REPEATS_MAX =
      Setting.number(
          "log.repeats.max", 10, 1, 1_000_000, "Equal warnings and errors written in a while");
  public static final Setting<Integer> REPEATS_SECONDS =
      Setting.number("log.repeats.seconds", 10, 1, 86_400, "How long that while is, s");
  public static final Setting<String> CONSOLE_FILE =
      Setting.optionalText(
          "log.console.file",
          "File that the console was sent to, kept within log.console.megabytes; ./tollgate start"
              + " sets it");
  public static final Setting<Integer> CONSOLE_MEGABYTES =
      Setting.number(
          "log.console.megabytes", 8, 1, 4096, "Size of that file, and of the one before it, MiB");

  public LogConfig {
    requireNonNull(level, "level is null");
    requireNonNull(consoleLevel, "consoleLevel is null");
    requireNonNull(consoleFile, "consoleFile is null");
  }

  public static List<Setting<?>> settings() {
    return List.of(
        LEVEL,
        CONSOLE_LEVEL,
        FILE_MEGABYTES,
        TOTAL_MEGABYTES,
        DAYS,
        REPEATS_MAX,
        REPEATS_SECONDS,
        CONSOLE_FILE,
        CONSOLE_MEGABYTES);
  }

  public static LogConfig from(Settings settings) {
    return new LogConfig(
        settings.get(LEVEL),
        settings.get(CONSOLE_LEVEL),
        settings.get(FILE_MEGABYTES),
        settings.get(TOTAL_MEGABYTES),
        settings.get(DAYS),
        settings.get(REPEATS_MAX),
        settings.get(REPEATS_SECONDS),
        settings.find(CONSOLE_FILE).map(Path::of),
        settings.get(CONSOLE_MEGABYTES));
  }
}
