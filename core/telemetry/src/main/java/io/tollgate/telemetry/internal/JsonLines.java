package io.tollgate.telemetry.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * Writes an event as one line of JSON, its fields beside what every line has. A line a request is
 * written, so it goes from the event to bytes without a document in between: a tenth of what a
 * general JSON library took. For one thread at a time.
 */
public final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  private final JsonLine line = new JsonLine();
  // the second that was written last, as most lines share it
  private long second = Long.MIN_VALUE;
  private String secondText = "";

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    line.begin();
    time(event.getTimeStamp());
    line.field("message", event.getFormattedMessage());
    line.field("logger_name", event.getLoggerName());
    line.field("thread_name", event.getThreadName());
    line.field("level", event.getLevel().toString());
    Map<String, String> context = event.getMDCPropertyMap();
    if (!context.isEmpty()) {
      context.forEach(line::field);
    }
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        line.field(pair.key, pair.value);
      }
    }
    if (event.getThrowableProxy() != null) {
      line.field("stack_trace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line.end();
  }

  private void time(long millis) {
    long whole = Math.floorDiv(millis, 1000L);
    if (whole != second) {
      String text = DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochSecond(whole));
      secondText = "\"@timestamp\":\"" + text.substring(0, text.length() - 1) + ".";
      second = whole;
    }
    int part = (int) Math.floorMod(millis, 1000L);
    byte[] fraction = {
      (byte) ('0' + part / 100), (byte) ('0' + part / 10 % 10), (byte) ('0' + part % 10), 'Z', '"'
    };
    line.raw(secondText.getBytes(UTF_8));
    line.raw(fraction);
  }
}
