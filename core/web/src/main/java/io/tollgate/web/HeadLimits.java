package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How large a request's first line and headers may be, and how long they may take to arrive.
 *
 * @param lineBytes length of the first line; more is answered 414
 * @param headerBytes length of all headers; more is answered 431
 * @param headerCount number of headers; more is answered 431
 * @param deadline time for the headers to arrive; after it 408
 */
public record HeadLimits(int lineBytes, int headerBytes, int headerCount, Duration deadline) {
  public static final Setting<Integer> LINE_BYTES =
      Setting.number(
          "http.request.line.bytes", 8192, 256, 1 << 20, "Length of a request's first line, bytes");
  public static final Setting<Integer> HEADER_BYTES =
      Setting.number(
          "http.header.bytes", 65_536, 1024, 1 << 20, "Length of a request's headers, bytes");
  public static final Setting<Integer> HEADER_COUNT =
      Setting.number("http.header.count", 200, 10, 10_000, "Number of a request's headers");
  public static final Setting<Integer> DEADLINE =
      Setting.number(
          "http.header.deadline.ms", 10_000, 50, 600_000, "Time for headers to arrive, ms");

  public HeadLimits {
    requireNonNull(deadline, "deadline is null");
  }

  static List<Setting<?>> settings() {
    return List.of(LINE_BYTES, HEADER_BYTES, HEADER_COUNT, DEADLINE);
  }

  static HeadLimits from(Settings settings) {
    return new HeadLimits(
        settings.get(LINE_BYTES),
        settings.get(HEADER_BYTES),
        settings.get(HEADER_COUNT),
        Duration.ofMillis(settings.get(DEADLINE)));
  }
}
