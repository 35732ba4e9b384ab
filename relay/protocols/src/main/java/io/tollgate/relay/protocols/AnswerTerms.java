package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.usage.PricedUnits;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.time.Instant;
import java.util.Optional;

/**
 * What an answer, and the usage that it reports, is compared with.
 *
 * @param counter counts what is delivered
 * @param model whose tokenizer counts
 * @param bounds what the request can have come to
 * @param traces of the account that answers, to be taken out of errors
 * @param requestId names the answer where it is written anew
 * @param at when the request arrived
 * @param units what is counted by the piece; of requests that ask for nothing but text, nothing
 */
public record AnswerTerms(
    TokenCounter counter,
    String model,
    UsageBounds bounds,
    AccountTraces traces,
    String requestId,
    Instant at,
    Optional<PricedUnits> units) {
  public AnswerTerms {
    requireNonNull(counter, "counter is null");
    requireNonNull(model, "model is null");
    requireNonNull(bounds, "bounds is null");
    requireNonNull(traces, "traces is null");
    requireNonNull(requestId, "requestId is null");
    requireNonNull(at, "at is null");
    requireNonNull(units, "units is null");
  }

  /** Of a request that asks for text. */
  public AnswerTerms(
      TokenCounter counter,
      String model,
      UsageBounds bounds,
      AccountTraces traces,
      String requestId,
      Instant at) {
    this(counter, model, bounds, traces, requestId, at, Optional.empty());
  }
}
