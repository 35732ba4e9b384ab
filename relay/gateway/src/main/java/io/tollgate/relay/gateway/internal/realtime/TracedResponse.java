package io.tollgate.relay.gateway.internal.realtime;

import static java.util.Objects.requireNonNull;

import io.tollgate.metering.Charge;
import io.tollgate.metering.PassageResult;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.telemetry.FinishedSpan;
import io.tollgate.telemetry.RequestTrace;
import java.util.Optional;

/**
 * The steps of one response of a traced session, told to the collector when the response is
 * recorded: what was held for it, the provider's answer, the settlement. Confined to the session's
 * event loop.
 */
final class TracedResponse {
  private final RequestTrace trace;
  private final PricedCall call;
  private final RealtimePassage.Account account;
  private final long askedNanos;
  private final long reservedNanos;
  private long beganNanos;
  private long recordedNanos;

  private TracedResponse(
      RequestTrace trace, PricedCall call, RealtimePassage.Account account, long askedNanos) {
    this.trace = requireNonNull(trace, "trace is null");
    this.call = call;
    this.account = account;
    this.askedNanos = askedNanos;
    reservedNanos = System.nanoTime();
    beganNanos = reservedNanos;
  }

  /**
   * One whose means have just been reserved; none where the session is not traced.
   *
   * @param askedNanos when they were asked for
   */
  static Optional<TracedResponse> reserved(
      PricedCall call, RealtimePassage.Account account, long askedNanos) {
    return call.context()
        .trace()
        .filter(RequestTrace::recorded)
        .map(trace -> new TracedResponse(trace, call, account, askedNanos));
  }

  /** The provider has begun with it. */
  void began() {
    beganNanos = System.nanoTime();
  }

  /** It is over, and is being recorded. */
  void recorded() {
    recordedNanos = System.nanoTime();
  }

  void settled(PassageResult result, Charge charge) {
    tell(result);
    settlement(result)
        .with("tollgate.quota_tokens", charge.quotaTokens())
        .with("tollgate.paid_units", charge.paid())
        .with("tollgate.owed_units", charge.owed())
        .end(System.nanoTime());
  }

  /** What it cost could not be written down. */
  void unrecorded(PassageResult result) {
    tell(result);
    settlement(result).failed("unrecorded").end(System.nanoTime());
  }

  private void tell(PassageResult result) {
    trace
        .step("reserve", askedNanos)
        .with("gen_ai.request.model", call.model().id())
        .with("gen_ai.provider.name", call.model().protocol().code())
        .with("tollgate.stream", true)
        .with("tollgate.estimated_tokens", call.estimate().total())
        .end(reservedNanos);
    String outcome = RealtimePassage.outcome(result);
    FinishedSpan answer =
        trace
            .step(FinishedSpan.Kind.CLIENT, "ask provider", trace.nextSpan(), beganNanos)
            .with("tollgate.account_id", account.id())
            .with("gen_ai.request.model", account.model())
            .with("tollgate.outcome", outcome);
    if (result.errorCode().isPresent()) {
      answer.failed(outcome);
    }
    answer.end(recordedNanos);
  }

  private FinishedSpan settlement(PassageResult result) {
    FinishedSpan span =
        trace
            .step("settle", recordedNanos)
            .with("gen_ai.response.model", result.upstreamModel())
            .with("gen_ai.usage.input_tokens", result.usage().input())
            .with("gen_ai.usage.output_tokens", result.usage().output())
            .with("tollgate.status", result.httpStatus());
    result.errorCode().ifPresent(code -> span.with("tollgate.error_code", code));
    return span;
  }
}
