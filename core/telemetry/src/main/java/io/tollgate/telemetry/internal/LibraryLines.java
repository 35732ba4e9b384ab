package io.tollgate.telemetry.internal;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.tollgate.telemetry.WithheldMessages;
import java.util.regex.Pattern;

/**
 * Takes addresses out of what libraries log, as an address may have a query, and a query a key. Our
 * own lines are constant, with fields that never hold one.
 */
final class LibraryLines {
  private static final String OURS = "io.tollgate.";

  /** The query of an address, or what a parser complains about in one. */
  private static final Pattern QUERY = Pattern.compile("\\?[^\\s\"'<>]+|[^\\s\"'<>]*%[^\\s\"'<>]+");

  private LibraryLines() {}

  /** The event itself, or one without addresses in its message and in those of its exceptions. */
  static ILoggingEvent cleaned(LoggerContext context, ILoggingEvent event) {
    if (event.getLoggerName().startsWith(OURS)) {
      return event;
    }
    String message = event.getFormattedMessage();
    Throwable failure =
        event.getThrowableProxy() instanceof ThrowableProxy proxy ? proxy.getThrowable() : null;
    Throwable shown =
        failure == null ? null : WithheldMessages.of(failure, text -> QUERY.matcher(text).find());
    String shownMessage = message == null ? "" : QUERY.matcher(message).replaceAll("[…]");
    if (shownMessage.equals(message) && shown == failure) {
      return event;
    }
    LoggingEvent cleaned =
        new LoggingEvent(
            "",
            context.getLogger(event.getLoggerName()),
            event.getLevel(),
            shownMessage,
            shown,
            new Object[0]);
    cleaned.setThreadName(event.getThreadName());
    cleaned.setTimeStamp(event.getTimeStamp());
    return cleaned;
  }
}
