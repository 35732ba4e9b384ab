package io.tollgate.relay.accounts;

import java.time.Duration;
import java.util.Optional;

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
}
