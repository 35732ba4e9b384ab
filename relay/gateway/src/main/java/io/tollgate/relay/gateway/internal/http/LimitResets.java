package io.tollgate.relay.gateway.internal.http;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a 429 without {@code Retry-After} when its limit is free again, as each provider says
 * it: OpenAI in headers such as {@code x-ratelimit-reset-requests: 6m0s}, Anthropic in headers such
 * as {@code anthropic-ratelimit-tokens-reset} with a time, Google in the error's {@code RetryInfo}.
 */
public final class LimitResets {
  private static final Duration MAX = Duration.ofDays(366);

  /** Where a limit's reset stands, and where what remains of it does. */
  private record Limit(String reset, String remaining) {
    static Limit openAi(String kind) {
      return new Limit("x-ratelimit-reset-" + kind, "x-ratelimit-remaining-" + kind);
    }

    static Limit anthropic(String kind) {
      String start = "anthropic-ratelimit-" + kind;
      return new Limit(start + "-reset", start + "-remaining");
    }
  }

  private static final List<Limit> LIMITS =
      List.of(
          Limit.openAi("requests"),
          Limit.openAi("tokens"),
          Limit.anthropic("requests"),
          Limit.anthropic("tokens"),
          Limit.anthropic("input-tokens"),
          Limit.anthropic("output-tokens"));

  private static final Pattern PARTS =
      Pattern.compile(
          "(?:(\\d{1,5})d)?(?:(\\d{1,6})h)?(?:(\\d{1,7})m(?!s))?"
              + "(?:(\\d{1,9}(?:\\.\\d{1,9})?)s)?(?:(\\d{1,9}(?:\\.\\d{1,9})?)ms)?");
  private static final Pattern RETRY_DELAY =
      Pattern.compile("\"retryDelay\"\\s{0,8}:\\s{0,8}\"(\\d{1,9}(?:\\.\\d{1,9})?s)\"");

  private LimitResets() {}

  /**
   * How long to wait: until the last of the limits that are used up is free; where none says that
   * it is, until the first that will be. Nonsense is not believed.
   *
   * @param now by our clock
   */
  public static Optional<Duration> read(MultiMap headers, byte[] body, Instant now) {
    @Nullable Duration last = null;
    @Nullable Duration first = null;
    for (Limit limit : LIMITS) {
      Optional<Duration> wait = wait(headers.get(limit.reset), now);
      if (wait.isEmpty()) {
        continue;
      }
      Duration given = wait.get();
      String remaining = headers.get(limit.remaining);
      if (remaining != null && remaining.strip().equals("0")) {
        last = last == null || given.compareTo(last) > 0 ? given : last;
      }
      first = first == null || given.compareTo(first) < 0 ? given : first;
    }
    return Optional.ofNullable(last != null ? last : first).or(() -> retryInfo(body));
  }

  private static Optional<Duration> wait(@Nullable String header, Instant now) {
    if (header == null || header.length() > 64) {
      return Optional.empty();
    }
    String text = header.strip();
    return text.indexOf('T') > 0 ? until(text, now) : parts(text);
  }

  private static Optional<Duration> until(String text, Instant now) {
    try {
      Duration wait = Duration.between(now, OffsetDateTime.parse(text).toInstant());
      if (wait.compareTo(MAX) > 0) {
        return Optional.empty();
      }
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeParseException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> parts(String text) {
    Matcher parts = PARTS.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      return Optional.empty();
    }
    double seconds =
        number(parts.group(1)) * 86_400
            + number(parts.group(2)) * 3_600
            + number(parts.group(3)) * 60
            + number(parts.group(4))
            + number(parts.group(5)) / 1_000;
    return seconds > MAX.toSeconds()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1_000)));
  }

  private static double number(@Nullable String digits) {
    return digits == null ? 0 : Double.parseDouble(digits);
  }

  private static Optional<Duration> retryInfo(byte[] body) {
    Matcher found = RETRY_DELAY.matcher(new String(body, StandardCharsets.UTF_8));
    return found.find() ? parts(found.group(1)) : Optional.empty();
  }
}
