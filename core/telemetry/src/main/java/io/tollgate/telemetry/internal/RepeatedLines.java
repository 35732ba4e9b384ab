package io.tollgate.telemetry.internal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Lets a bounded number of warnings and errors that say the same pass in a while, and counts the
 * rest: whoever makes us fail often enough must not fill the disk with it. Two lines say the same
 * when logger, text without numbers, and the kind and place of what was thrown are the same. Safe
 * for use by many threads.
 */
final class RepeatedLines {
  private static final int MAX_KINDS = 256;
  private static final Pattern NUMBERS = Pattern.compile("[0-9]+");

  private final int max;
  private final long windowMs;
  private final Map<Kind, Window> windows = new LinkedHashMap<>();

  /**
   * @param max lines of one kind in a window
   * @param windowMs from the first line of a kind on
   */
  RepeatedLines(int max, long windowMs) {
    this.max = max;
    this.windowMs = windowMs;
  }

  /** Whether a line is to be written; those below WARN always are. */
  synchronized boolean passes(ILoggingEvent event) {
    if (!event.getLevel().isGreaterOrEqual(Level.WARN)) {
      return true;
    }
    Kind kind = Kind.of(event);
    Window window = windows.get(kind);
    if (window == null) {
      if (windows.size() >= MAX_KINDS) {
        // a new kind of line is worth more than the count of the oldest
        Iterator<Kind> oldest = windows.keySet().iterator();
        Kind unused = oldest.next();
        oldest.remove();
      }
      window = new Window(event.getTimeStamp());
      windows.put(kind, window);
    }
    if (++window.lines <= max) {
      return true;
    }
    window.leftOut++;
    return false;
  }

  /** Ends the windows that are over, and tells of which kinds how many lines were left out. */
  synchronized List<LeftOut> over(long nowMs) {
    List<LeftOut> over = new ArrayList<>();
    Iterator<Map.Entry<Kind, Window>> all = windows.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Kind, Window> entry = all.next();
      if (nowMs - entry.getValue().beganMs >= windowMs) {
        if (entry.getValue().leftOut > 0) {
          over.add(new LeftOut(entry.getKey(), entry.getValue().leftOut));
        }
        all.remove();
      }
    }
    return over;
  }

  /** Lines that were not written. */
  record LeftOut(Kind kind, long lines) {}

  /**
   * What makes two lines the same.
   *
   * @param thrown class and first frame; empty when nothing was thrown
   */
  record Kind(String logger, String text, String thrown) {
    static Kind of(ILoggingEvent event) {
      String text = event.getMessage() == null ? "" : event.getMessage();
      return new Kind(event.getLoggerName(), NUMBERS.matcher(text).replaceAll("#"), place(event));
    }

    private static String place(ILoggingEvent event) {
      IThrowableProxy thrown = event.getThrowableProxy();
      if (thrown == null) {
        return "";
      }
      StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
      return thrown.getClassName() + (frames.length == 0 ? "" : frames[0].getSTEAsString());
    }
  }

  private static final class Window {
    private final long beganMs;
    private int lines;
    private long leftOut;

    private Window(long beganMs) {
      this.beganMs = beganMs;
    }
  }
}
