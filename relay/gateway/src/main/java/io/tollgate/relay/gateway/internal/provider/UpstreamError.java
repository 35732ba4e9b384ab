package io.tollgate.relay.gateway.internal.provider;

import io.tollgate.ground.ErrorCode;
import io.tollgate.relay.accounts.AccountFailure;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.UpstreamProtocol;
import java.time.Duration;
import java.util.Optional;

/** Why a call upstream brought no answer to pass on. */
public sealed interface UpstreamError {
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
    public UpstreamFault fault() {
      return protocol.fault(status, body, traces);
    }
  }

  /**
   * The provider answered with a status of success, and an error in place of an answer.
   *
   * @param fault what it said, cleaned; its status is the error's own, else 502
   */
  record Told(UpstreamFault fault) implements UpstreamError {}

  /**
   * The provider answered with a status of success, and with nothing that is an answer.
   *
   * @param what why, for the log; holds nothing of what it sent
   */
  record NoAnswer(String what) implements UpstreamError {}

  /**
   * The provider compressed its answer, unasked, in a way that we cannot undo.
   *
   * @param encoding as it named it, shortened
   */
  record Encoded(String encoding) implements UpstreamError {
    private static final int LONGEST_SHOWN = 20;

    public Encoded {
      encoding = encoding.replaceAll("[^A-Za-z0-9, _-]", "?");
      encoding = encoding.substring(0, Math.min(encoding.length(), LONGEST_SHOWN));
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

  /**
   * No account that can serve the model can be told what the request asks for.
   *
   * @param fault the first reason that was met
   */
  record Untold(RequestFault fault) implements UpstreamError {}

  /** Why an answer with a status of success is none; nothing where it is one. */
  static Optional<UpstreamError> of(AnswerVerdict verdict) {
    return switch (verdict) {
      case AnswerVerdict.Answer _, AnswerVerdict.Empty _ -> Optional.empty();
      case AnswerVerdict.Failed failed -> Optional.of(new Told(failed.fault()));
      case AnswerVerdict.NoAnswer none -> Optional.of(new NoAnswer(none.what()));
    };
  }

  /** The code it is recorded and counted under. */
  default ErrorCode code() {
    return switch (this) {
      case Answered _, Unreachable _, Told _, NoAnswer _, Encoded _ -> ErrorCode.UPSTREAM_FAILED;
      case TooSlow _ -> ErrorCode.UPSTREAM_TIMEOUT;
      case Busy _ -> ErrorCode.UNAVAILABLE;
      case NoAccount _ -> ErrorCode.NO_AVAILABLE_ACCOUNT;
      case Untold untold -> untold.fault.refusal().code();
    };
  }

  /** A word for why the call ended, for the log of requests. */
  default String outcome() {
    return switch (this) {
      case Answered answered -> "status_" + answered.status;
      case Told told -> "error_" + told.fault.status();
      case NoAnswer _, Encoded _ -> "no_answer";
      case Unreachable _ -> "unreachable";
      case TooSlow _ -> "too_slow";
      case Busy _, NoAccount _, Untold _ -> "busy";
    };
  }

  /** After how long the caller may try again, where that is known. */
  default Optional<Duration> tryAgainAfter() {
    return switch (this) {
      case Answered answered -> answered.retryAfter;
      case NoAccount none -> Optional.of(none.retryAfter);
      case Busy _ -> Optional.of(Duration.ofSeconds(1));
      case Unreachable _, TooSlow _, Told _, NoAnswer _, Encoded _, Untold _ -> Optional.empty();
    };
  }

  /** What this says of the account; nothing where the request or we are to blame. */
  default Optional<AccountFailure> blame() {
    return switch (this) {
      case Answered answered -> blame(answered.status(), answered.retryAfter());
      case Told told -> blame(told.fault().status(), Optional.empty());
      case NoAnswer _, Encoded _ -> Optional.of(new AccountFailure.Failed(502));
      case Unreachable _ -> Optional.of(new AccountFailure.Unreachable());
      case TooSlow _ -> Optional.of(new AccountFailure.Failed(504));
      case Busy _, NoAccount _, Untold _ -> Optional.empty();
    };
  }

  /** Whether another account is worth a try. */
  default boolean movesOn() {
    return !(this instanceof TooSlow) && blame().isPresent();
  }

  private static Optional<AccountFailure> blame(int status, Optional<Duration> retryAfter) {
    if (status == 429) {
      return Optional.of(new AccountFailure.RateLimited(retryAfter));
    }
    if (status == 401 || status == 402 || status == 403) {
      return Optional.of(new AccountFailure.Banned(status));
    }
    // a redirect is no answer either: we follow none with a key in the request
    boolean failed = status >= 500 || status == 408 || status == 409 || status < 400;
    return failed ? Optional.of(new AccountFailure.Failed(status)) : Optional.empty();
  }
}
