package io.tollgate.trading.exchange.internal.calls;

import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.UnreadableAnswer;
import io.tollgate.trading.exchange.internal.wire.WireResult.Answered;
import java.time.Duration;
import java.util.Optional;

/** What answers of all exchanges are read for. */
public final class AnswerText {
  private static final int SHOWN = 160;
  private static final long LONGEST_WAIT_SECONDS = Duration.ofDays(4).toSeconds();

  private AnswerText() {}

  /** The document, where it is one. */
  public static Optional<Fields> document(Answered answer) {
    try {
      return Optional.of(Fields.read(answer.body()));
    } catch (UnreadableAnswer e) {
      return Optional.empty();
    }
  }

  /** Status, code and message, on one line and cut to a bound. */
  public static String said(Answered answer, String code, String message) {
    StringBuilder shown = new StringBuilder().append(answer.status());
    if (!code.isEmpty()) {
      shown.append(' ').append(code);
    }
    shown.append(' ');
    message
        .codePoints()
        .limit(SHOWN)
        .map(point -> Character.isISOControl(point) ? ' ' : point)
        .forEach(shown::appendCodePoint);
    return shown.toString().strip();
  }

  /** {@code Retry-After} in seconds, bounded, or what is usual. */
  public static Duration retryAfter(Answered answer, Duration usual) {
    return answer
        .header("retry-after")
        .filter(text -> text.matches("\\d{1,9}"))
        .map(text -> Duration.ofSeconds(Math.min(Long.parseLong(text), LONGEST_WAIT_SECONDS)))
        .filter(length -> length.isPositive())
        .orElse(usual);
  }
}
