package io.tollgate.trading.exchange;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.Function;

/**
 * What became of a call to an exchange. A switch over it has to say what is done about {@link
 * Unknown} by itself: what is unknown has neither failed nor succeeded. What an exchange {@code
 * said} is its own text, cut to a bound, and holds nothing that we sent.
 */
public sealed interface Outcome<T> {
  /** It is done, or answered. */
  record Accepted<T>(T value) implements Outcome<T> {
    public Accepted {
      requireNonNull(value, "value is null");
    }
  }

  /** An order of this own id is there already: it is ours, and to be asked for. */
  record Duplicate<T>(String said) implements Outcome<T> {}

  /** Not done, and it would not be done if it were sent again. */
  record Rejected<T>(Rejection code, String said) implements Outcome<T> {}

  /** Not done for certain, for a reason that passes: it may be sent again as it is. */
  record SurelyNotDone<T>(String said) implements Outcome<T> {}

  /** Done or not: only asking tells. Never sent again until absence is proven. */
  record Unknown<T>(String said) implements Outcome<T> {}

  /** Not done; no call of this address until the time is over. */
  record RateLimited<T>(Duration retryAfter, String said) implements Outcome<T> {}

  /** The same, and the address is shut out: somebody should hear of it. */
  record Banned<T>(Duration retryAfter, String said) implements Outcome<T> {}

  /** Not done: the time it was signed with is too far from the exchange's. */
  record ClockSkew<T>(String said) implements Outcome<T> {}

  /** Not done: key, signature, address or right; the account is to be paused. */
  record AuthFailed<T>(String said) implements Outcome<T> {}

  /** There is no such order, or none that is open. */
  record NotFound<T>(String said) implements Outcome<T> {}

  /** What was to be set is set already: a success. */
  record NoChange<T>(String said) implements Outcome<T> {}

  /** Goes on with the value, where there is one. */
  default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
    return switch (this) {
      case Accepted<T>(T value) -> next.apply(value);
      case Duplicate<T>(String said) -> new Duplicate<>(said);
      case Rejected<T>(Rejection code, String said) -> new Rejected<>(code, said);
      case SurelyNotDone<T>(String said) -> new SurelyNotDone<>(said);
      case Unknown<T>(String said) -> new Unknown<>(said);
      case RateLimited<T>(Duration after, String said) -> new RateLimited<>(after, said);
      case Banned<T>(Duration after, String said) -> new Banned<>(after, said);
      case ClockSkew<T>(String said) -> new ClockSkew<>(said);
      case AuthFailed<T>(String said) -> new AuthFailed<>(said);
      case NotFound<T>(String said) -> new NotFound<>(said);
      case NoChange<T>(String said) -> new NoChange<>(said);
    };
  }

  /** The same with another value, where there is one. */
  default <R> Outcome<R> map(Function<? super T, R> change) {
    return then(value -> new Accepted<>(change.apply(value)));
  }

  /** The word for it in orders' {@code error_code}; empty when it is a success. */
  default String errorCode() {
    return switch (this) {
      case Accepted<T> _, NoChange<T> _ -> "";
      case Duplicate<T> _, Unknown<T> _ -> "UNCONFIRMED";
      case Rejected<T>(Rejection code, _) -> code.name();
      case SurelyNotDone<T> _ -> "NOT_SENT";
      case RateLimited<T> _ -> "RATE_LIMITED";
      case Banned<T> _ -> "BANNED";
      case ClockSkew<T> _ -> "CLOCK_SKEW";
      case AuthFailed<T> _ -> "AUTH_FAILED";
      case NotFound<T> _ -> "NOT_FOUND";
    };
  }
}
