package io.tollgate.telemetry.internal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * The configuration that logback starts with: warnings in plain words on standard error. Found
 * through {@link java.util.ServiceLoader}.
 */
public final class ConsoleLog extends ContextAwareBase implements Configurator {
  @Override
  public ExecutionStatus configure(LoggerContext loggerContext) {
    install(loggerContext);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Warnings on the console, and nothing else. */
  public static void install(LoggerContext context) {
    levels(context, Level.WARN);
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender(context));
  }

  /** Our own lines from a level on; of the libraries only what needs attention. */
  public static void levels(LoggerContext context, Level own) {
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    context.getLogger("io.tollgate").setLevel(own);
  }

  public static Appender<ILoggingEvent> appender(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg %kvp%n%ex");
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName("console");
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    return console;
  }
}
