package io.tollgate.relay.gateway.internal.loop;

import static java.util.Objects.requireNonNull;

import io.tollgate.identity.KeyHolder;
import io.tollgate.metering.Charge;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.telemetry.FinishedSpan;
import io.tollgate.telemetry.RequestTrace;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a request that is traced, each told to the collector once it is over: the key's
 * look-up, the reservation, the calls upstream, the settlement. There is none for a request that is
 * not traced. Confined to its event loop.
 */
final class TracedSteps {
  private final RequestTrace trace;
  private final long arrivedNanos;
  private boolean keyKnown;
  private @Nullable PassageRequest asked;
  private long askedNanos;
  private boolean reserved;
  private @Nullable PassageResult result;
  private long resultNanos;
  private boolean settled;

  TracedSteps(RequestTrace trace, long arrivedNanos) {
    this.trace = requireNonNull(trace, "trace is null");
    this.arrivedNanos = arrivedNanos;
  }

  void known(KeyHolder holder) {
    if (keyKnown) {
      return;
    }
    keyKnown = true;
    trace
        .step("look up key", arrivedNanos)
        .with("tollgate.tenant_id", holder.tenant().value())
        .with("tollgate.user_id", holder.user().value())
        .with("tollgate.api_key_id", holder.key().value())
        .end(System.nanoTime());
  }

  void asked(PassageRequest request) {
    asked = request;
    askedNanos = System.nanoTime();
  }

  void reserved() {
    PassageRequest wanted = asked;
    if (wanted != null && !reserved) {
      reserved = true;
      reservation(wanted).end(System.nanoTime());
    }
  }

  /** An account is about to be asked: the id of that step. */
  long attempt() {
    return trace.nextSpan();
  }

  void ended(PassageResult recorded) {
    result = recorded;
    resultNanos = System.nanoTime();
  }

  void settled(Charge charge) {
    PassageResult recorded = result;
    if (recorded != null && !settled) {
      settled = true;
      settlement(recorded)
          .with("tollgate.quota_tokens", charge.quotaTokens())
          .with("tollgate.paid_units", charge.paid())
          .with("tollgate.owed_units", charge.owed())
          .end(System.nanoTime());
    }
  }

  /** A call that was made; {@code outcome} as in the log of requests. */
  void attemptOver(long id, long account, String model, long began, long ended, String outcome) {
    FinishedSpan span =
        trace
            .step(FinishedSpan.Kind.CLIENT, "ask provider", id, began)
            .with("tollgate.account_id", account)
            .with("gen_ai.request.model", model)
            .with("tollgate.outcome", outcome);
    if (!outcome.equals("answered")) {
      span.failed(outcome);
    }
    // an answer ends where its settlement begins
    span.end(result != null && resultNanos - ended < 0 ? resultNanos : ended);
  }

  /** The request is over: what had begun and did not end well. */
  void over(long now, String error) {
    PassageRequest wanted = asked;
    PassageResult recorded = result;
    if (!keyKnown) {
      trace.step("look up key", arrivedNanos).failed(error).end(now);
    } else if (wanted != null && !reserved) {
      reservation(wanted).failed(error).end(now);
    } else if (recorded != null && !settled) {
      settlement(recorded).failed("unrecorded").end(now);
    }
  }

  private FinishedSpan reservation(PassageRequest wanted) {
    return trace
        .step("reserve", askedNanos)
        .with("gen_ai.request.model", wanted.model())
        .with("gen_ai.provider.name", wanted.protocol().code())
        .with("tollgate.stream", wanted.stream())
        .with("tollgate.estimated_tokens", wanted.estimate().total());
  }

  private FinishedSpan settlement(PassageResult recorded) {
    FinishedSpan span =
        trace
            .step("settle", resultNanos)
            .with("gen_ai.response.model", recorded.upstreamModel())
            .with("gen_ai.usage.input_tokens", recorded.usage().input())
            .with("gen_ai.usage.output_tokens", recorded.usage().output())
            .with("tollgate.status", recorded.httpStatus());
    recorded.errorCode().ifPresent(code -> span.with("tollgate.error_code", code));
    return span;
  }
}
