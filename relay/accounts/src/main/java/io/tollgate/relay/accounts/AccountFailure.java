package io.tollgate.relay.accounts;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Why an account did not serve a request. */
public sealed interface AccountFailure {
  /** 429, with the {@code Retry-After} it came with. */
  record RateLimited(Optional<Duration> retryAfter) implements AccountFailure {}

  /** No connection, or one that broke before an answer. */
  record Unreachable() implements AccountFailure {}

  /** 408, 409 or 5xx. */
  record Failed(int status) implements AccountFailure {}

  /** 401, 402 or 403: the provider does not want this account. */
  record Banned(int status) implements AccountFailure {}

  /** What it is called where it is stored and shown. */
  default String code() {
    return switch (this) {
      case RateLimited _ -> "rate_limited";
      case Unreachable _ -> "unreachable";
      case Failed _ -> "failed";
      case Banned _ -> "banned";
    };
  }

  /** The status it came with; nothing where there was none. */
  default OptionalInt httpStatus() {
    return switch (this) {
      case RateLimited _ -> OptionalInt.of(429);
      case Unreachable _ -> OptionalInt.empty();
      case Failed(int status) -> OptionalInt.of(status);
      case Banned(int status) -> OptionalInt.of(status);
    };
  }
}
