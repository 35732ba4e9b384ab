package io.tollgate.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import io.tollgate.telemetry.internal.ConsoleFile;
import io.tollgate.telemetry.internal.ConsoleLog;
import io.tollgate.telemetry.internal.JsonLines;
import io.tollgate.telemetry.internal.LineGate;
import io.tollgate.telemetry.internal.LineQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * The log of one process: JSON lines in {@code logs/tollgate.log}, rolled by size and day within a
 * bound, and warnings in plain words on the console. Fields are given as SLF4J key-values. Until it
 * is opened, and after it is closed, only warnings on the console are shown.
 */
public final class Logs implements AutoCloseable {
  /** Lines that may wait for the disk; when it is full, lines below WARN are dropped first. */
  private static final int QUEUE_LINES = 8192;

  private final LoggerContext context;
  private final Path file;
  private final Optional<ConsoleFile> consoleFile;

  private Logs(LoggerContext context, Path file, Optional<ConsoleFile> consoleFile) {
    this.context = context;
    this.file = file;
    this.consoleFile = consoleFile;
  }

  /**
   * Starts writing to {@code folder/tollgate.log}.
   *
   * @throws IOException when the folder cannot be made
   */
  public static Logs open(Path folder, LogConfig config) throws IOException {
    makeForOwnerOnly(folder);
    Path file = folder.resolve("tollgate.log");
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    ConsoleLog.levels(context, Level.toLevel(config.level().name()));
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    LineQueue queue = new LineQueue(QUEUE_LINES, rolling(context, file, config));
    queue.setContext(context);
    queue.setName("queue");
    queue.start();

    Appender<ILoggingEvent> console = ConsoleLog.appender(context);
    ThresholdFilter threshold = new ThresholdFilter();
    threshold.setLevel(config.consoleLevel().name());
    threshold.start();
    console.addFilter(threshold);
    LineGate gate = new LineGate(context, config, List.of(queue, console));
    gate.setContext(context);
    gate.setName("gate");
    gate.start();
    root.addAppender(gate);
    Optional<ConsoleFile> consoleFile =
        config
            .consoleFile()
            .map(
                path -> new ConsoleFile(path, config.consoleMegabytes() * FileSize.MB_COEFFICIENT));
    consoleFile.ifPresent(ConsoleFile::watch);
    return new Logs(context, file, consoleFile);
  }

  public Path file() {
    return file;
  }

  /** Writes what waits and goes back to warnings on the console. */
  @Override
  public void close() {
    consoleFile.ifPresent(ConsoleFile::close);
    context.reset();
    ConsoleLog.install(context);
  }

  private static void makeForOwnerOnly(Path folder) throws IOException {
    var ownerOnly = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(ownerOnly));
    // one that an earlier version made for all to read
    Files.setPosixFilePermissions(folder, ownerOnly);
  }

  private static RollingFileAppender<ILoggingEvent> rolling(
      LoggerContext context, Path file, LogConfig config) {
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setName("file");
    appender.setFile(file.toString());

    SizeAndTimeBasedRollingPolicy<ILoggingEvent> rolling = new SizeAndTimeBasedRollingPolicy<>();
    rolling.setContext(context);
    rolling.setParent(appender);
    // plain: to compress a line took longer than all the rest of it, and shippers read it as it is
    rolling.setFileNamePattern(file.resolveSibling("tollgate.%d{yyyy-MM-dd}.%i.log").toString());
    rolling.setMaxFileSize(new FileSize(config.fileMegabytes() * FileSize.MB_COEFFICIENT));
    rolling.setTotalSizeCap(new FileSize(config.totalMegabytes() * FileSize.MB_COEFFICIENT));
    rolling.setMaxHistory(config.days());
    rolling.start();
    appender.setRollingPolicy(rolling);

    JsonLines encoder = new JsonLines();
    encoder.setContext(context);
    encoder.start();
    appender.setEncoder(encoder);
    // flushed by the queue, once for all lines that waited
    appender.setImmediateFlush(false);
    appender.start();
    return appender;
  }
}
