package io.tollgate.relay.gateway.internal;

import io.tollgate.relay.accounts.AccountFailure;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.UpstreamProtocol;
import java.time.Duration;
import java.util.Optional;

/** Why a call upstream brought no answer to pass on. */
sealed interface UpstreamError {
  /**
   * The provider answered with an error.
   *
   * @param body what it said, as far as it was read
   * @param protocol that it is written in
   * @param traces of the account, to be taken out of what it said
   */
  record Answered(
      int status,
      byte[] body,
      UpstreamProtocol protocol,
      AccountTraces traces,
      Optional<Duration> retryAfter)
      implements UpstreamError {
    /** What it said was wrong, cleaned; for a status from 400 to 599. */
    UpstreamFault fault() {
      return protocol.fault(status, body, traces);
    }
  }

  /** No connection, or one that broke before the answer's first byte. */
  record Unreachable() implements UpstreamError {}

  /** The answer did not begin in time. */
  record TooSlow() implements UpstreamError {}

  /** Too many requests of ours wait for a connection; the provider is not to blame. */
  record Busy() implements UpstreamError {}

  /** No account can serve the model now. */
  record NoAccount(Duration retryAfter) implements UpstreamError {}

  /** What this says of the account; nothing where the request or we are to blame. */
  default Optional<AccountFailure> blame() {
    return switch (this) {
      case Answered answered -> blame(answered);
      case Unreachable _ -> Optional.of(new AccountFailure.Unreachable());
      case TooSlow _ -> Optional.of(new AccountFailure.Failed(504));
      case Busy _ -> Optional.empty();
      case NoAccount _ -> Optional.empty();
    };
  }

  /** Whether another account is worth a try. */
  default boolean movesOn() {
    return !(this instanceof TooSlow) && blame().isPresent();
  }

  private static Optional<AccountFailure> blame(Answered answered) {
    int status = answered.status();
    if (status == 429) {
      return Optional.of(new AccountFailure.RateLimited(answered.retryAfter()));
    }
    if (status == 401 || status == 402 || status == 403) {
      return Optional.of(new AccountFailure.Banned(status));
    }
    // a redirect is no answer either: we follow none with a key in the request
    boolean failed = status >= 500 || status == 408 || status == 409 || status < 400;
    return failed ? Optional.of(new AccountFailure.Failed(status)) : Optional.empty();
  }
}
