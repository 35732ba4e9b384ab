package io.tollgate.relay.gateway.internal.passage;

import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.TierQuotes;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.identity.KeyHolder;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PriceQuote;
import io.tollgate.relay.gateway.RelayConfig;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.ProviderTool;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.usage.PricedUnits;
import io.tollgate.relay.protocols.usage.ReportedUnits;
import io.tollgate.relay.protocols.usage.UsageBounds;
import io.tollgate.web.RequestContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A caller's request once its model, price and estimated usage are known.
 *
 * @param quotes what the model costs the caller, by service tier
 * @param quote that of the tier asked for
 * @param counter counts what is delivered
 * @param inputTokens counted
 * @param outputLimit most output tokens, where the request names a limit
 * @param bounds what a report of it may hold
 * @param estimate what is to be reserved
 * @param units what is counted by the piece; of requests that ask for nothing but text, nothing
 */
public record PricedCall(
    RequestContext context,
    KeyHolder holder,
    CallerRequest chat,
    ModelPrice model,
    TierQuotes quotes,
    PriceQuote quote,
    TokenCounter counter,
    long inputTokens,
    OptionalLong outputLimit,
    UsageBounds bounds,
    TokenUsage estimate,
    Optional<PricedUnits> units) {
  /** Output tokens that suffice to let a stream start. */
  private static final long LEAST_STREAM_OUTPUT = 256;

  /**
   * @throws io.tollgate.ground.Refusal {@code CURRENCY_MISMATCH} when there is no price in the
   *     tenant's currency, {@code INVALID_REQUEST} when there is none for the tier asked for
   * @throws io.tollgate.relay.protocols.RequestFault when there is none for a tool asked for
   */
  public static PricedCall of(
      RelayLoop loop,
      RequestContext context,
      KeyHolder holder,
      CallerRequest chat,
      ModelPrice model) {
    TierQuotes quotes =
        loop.parts()
            .prices()
            .quotes(model, holder.tenant(), holder.user(), holder.currency(), context.arrivedAt());
    PriceQuote quote =
        chat.tier().map(tier -> quotes.asked("service_tier", tier)).orElseGet(quotes::standard);
    TokenCounter counter = loop.parts().tokenCounter();
    long input = Math.min(TokenUsage.MAX_TOKENS, counter.count(model.id(), chat.input()));
    OptionalLong limit = outputLimit(chat, model);
    Optional<UnitPricing> pieces =
        chat.units().map(asked -> UnitPricing.of(asked, input, model, quotes));
    if (pieces.isPresent()) {
      return new PricedCall(
          context,
          holder,
          chat,
          model,
          quotes,
          pieces.get().quote(),
          counter,
          input,
          limit,
          bounds(loop.config(), chat, model, input, limit),
          BilledUnits.charged(pieces.get().estimate(), pieces.get().quote()),
          pieces.map(UnitPricing::units));
    }
    SoldByToken.require(chat, model);
    long each = Math.min(model.maxOutputTokens(), loop.config().estimateOutputCap());
    long output = limit.orElseGet(() -> Math.min(TokenUsage.MAX_TOKENS, each * chat.choices()));
    List<ProviderTool> tools = BilledUnits.tools(chat, model);
    long maxCalls = loop.config().usageToolCallsMax();
    return new PricedCall(
        context,
        holder,
        chat,
        model,
        quotes,
        quote,
        counter,
        input,
        limit,
        bounds(loop.config(), chat, model, input, limit)
            .allowingCalls(BilledUnits.maxCalls(tools, maxCalls)),
        BilledUnits.estimate(TokenUsage.of(input, output), tools, quote, model.id(), maxCalls),
        Optional.empty());
  }

  /** The price of the tier that an answer names, where it is another than that asked for. */
  public Optional<PriceQuote> served(Optional<ServiceTier> tier) {
    if (tier.isEmpty()) {
      return Optional.empty();
    }
    PriceQuote served = quotes.served(chat.tier().orElse(ServiceTier.STANDARD), tier);
    return served.version().equals(quote.version()) ? Optional.empty() : Optional.of(served);
  }

  /**
   * What is charged of a usage.
   *
   * @param served as {@link #served} says
   */
  public TokenUsage charged(TokenUsage usage, Optional<PriceQuote> served) {
    return BilledUnits.charged(usage, served.orElse(quote));
  }

  /** The same, with all that was used beside tokens. */
  public TokenUsage counted(long output, TokenUsage used) {
    return BilledUnits.withOthers(counted(output), used);
  }

  /**
   * What is charged of an answer that ends when the means are used up: the input as it was
   * reported, such as what a cache spared, where that costs no more than as we counted it and
   * reserved for it.
   *
   * @param output tokens that have been delivered
   * @param used what is known of its use so far
   */
  public TokenUsage cut(long output, TokenUsage used) {
    TokenUsage counted = counted(output, used);
    TokenUsage reported = BilledUnits.delivering(output, used);
    return quote.price(reported, 0) <= quote.price(counted, 0) ? reported : counted;
  }

  /** What is to be reserved for so many tokens of output. */
  public TokenUsage reserving(long output) {
    return BilledUnits.withOthers(counted(output), estimate);
  }

  /** What an answer of an account is held against. */
  public AnswerTerms terms(AccountTraces traces) {
    return new AnswerTerms(
        counter,
        model.id(),
        bounds,
        traces,
        context.requestId().toString(),
        context.arrivedAt(),
        units);
  }

  /** What a report of the request may hold; of its output no more than all choices can have. */
  private static UsageBounds bounds(
      RelayConfig config, CallerRequest chat, ModelPrice model, long input, OptionalLong limit) {
    long allowed =
        limit.orElseGet(
            () -> Math.min(TokenUsage.MAX_TOKENS, model.maxOutputTokens() * chat.choices()));
    return UsageBounds.of(
        input,
        chat.bodyBytes(),
        chat.inputElsewhere(),
        model.contextTokens(),
        allowed,
        config.usageOwnInputMax(),
        config.usageFactor());
  }

  /** What the upstream has to bill for whatever comes of it, by our own count. */
  public TokenUsage sent() {
    return units.isEmpty() ? TokenUsage.of(inputTokens, 0) : ReportedUnits.sent(units.get());
  }

  /** The input and so much output as we counted. */
  public TokenUsage counted(long output) {
    return TokenUsage.of(inputTokens, Math.min(output, TokenUsage.MAX_TOKENS));
  }

  /** From the request's arrival to a moment of {@link System#nanoTime}. */
  public long millisecondsTo(long nanos) {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos - context.arrivedNanos()));
  }

  public PassageRequest passageRequest() {
    TokenUsage least =
        chat.stream() && units.isEmpty()
            ? reserving(Math.min(estimate.output(), LEAST_STREAM_OUTPUT))
            : estimate;
    return new PassageRequest(
        context.requestId(),
        holder.tenant(),
        holder.user(),
        holder.key(),
        model.protocol(),
        chat.model(),
        chat.stream(),
        context.clientRequestId(),
        context.arrivedAt(),
        quote,
        estimate,
        least);
  }

  /** What the request allows, for all its choices; no model gives more than it can. */
  private static OptionalLong outputLimit(CallerRequest chat, ModelPrice model) {
    if (chat.maxOutputTokens().isEmpty()) {
      return OptionalLong.empty();
    }
    long each = Math.min(chat.maxOutputTokens().getAsLong(), model.maxOutputTokens());
    return OptionalLong.of(Math.min(TokenUsage.MAX_TOKENS, each * chat.choices()));
  }
}
