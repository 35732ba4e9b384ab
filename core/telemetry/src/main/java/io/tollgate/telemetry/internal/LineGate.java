package io.tollgate.telemetry.internal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.tollgate.telemetry.LogConfig;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.event.KeyValuePair;

/**
 * What every line passes on its way to file and console: addresses are taken out of what libraries
 * say, and what is said too often is counted instead. Safe for use by many threads.
 */
public final class LineGate extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private static final long SWEEP_MS = TimeUnit.SECONDS.toMillis(1);

  private final LoggerContext logger;
  private final List<Appender<ILoggingEvent>> targets;
  private final RepeatedLines repeated;
  private volatile long sweptMs;

  /**
   * @param targets started; closed with this
   */
  public LineGate(LoggerContext logger, LogConfig config, List<Appender<ILoggingEvent>> targets) {
    this.logger = logger;
    this.targets = List.copyOf(targets);
    this.repeated =
        new RepeatedLines(config.repeatsMax(), TimeUnit.SECONDS.toMillis(config.repeatsSeconds()));
  }

  @Override
  protected void append(ILoggingEvent event) {
    long now = event.getTimeStamp();
    if (now - sweptMs >= SWEEP_MS) {
      sweptMs = now;
      tell(now);
    }
    if (repeated.passes(event)) {
      pass(LibraryLines.cleaned(logger, event));
    }
  }

  /** Tells what was left out up to now, and closes the targets. */
  @Override
  public void stop() {
    if (isStarted()) {
      tell(Long.MAX_VALUE);
      super.stop();
      targets.forEach(Appender::stop);
    }
  }

  private void tell(long nowMs) {
    for (RepeatedLines.LeftOut leftOut : repeated.over(nowMs)) {
      LoggingEvent event =
          new LoggingEvent(
              "",
              logger.getLogger(leftOut.kind().logger()),
              Level.WARN,
              "lines that say the same were left out",
              null,
              new Object[0]);
      event.addKeyValuePair(new KeyValuePair("left_out", leftOut.lines()));
      event.addKeyValuePair(new KeyValuePair("like", leftOut.kind().text()));
      pass(LibraryLines.cleaned(logger, event));
    }
  }

  private void pass(ILoggingEvent event) {
    for (Appender<ILoggingEvent> target : targets) {
      target.doAppend(event);
    }
  }
}
