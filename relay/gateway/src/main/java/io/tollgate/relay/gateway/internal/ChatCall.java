package io.tollgate.relay.gateway.internal;

import io.tollgate.billing.ModelPrice;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.identity.KeyHolder;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PriceQuote;
import io.tollgate.relay.protocols.openai.ChatRequest;
import io.tollgate.web.RequestContext;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A chat completion that is known, priced and estimated.
 *
 * @param inputTokens counted
 * @param outputLimit most output tokens, where the request names a limit
 * @param estimate what is to be reserved
 */
record ChatCall(
    RequestContext context,
    KeyHolder holder,
    ChatRequest chat,
    ModelPrice model,
    PriceQuote quote,
    long inputTokens,
    OptionalLong outputLimit,
    TokenUsage estimate) {
  /** Output tokens that suffice to let a stream start. */
  private static final long LEAST_STREAM_OUTPUT = 256;

  /**
   * @throws io.tollgate.ground.Refusal {@code CURRENCY_MISMATCH} when there is no price in the
   *     tenant's currency
   */
  static ChatCall of(
      Loop loop, RequestContext context, KeyHolder holder, ChatRequest chat, ModelPrice model) {
    PriceQuote quote =
        loop.parts()
            .prices()
            .quote(model, holder.tenant(), holder.user(), holder.currency(), context.arrivedAt());
    long input =
        Math.min(TokenUsage.MAX_TOKENS, loop.parts().tokenCounter().count(model.id(), chat.input()));
    OptionalLong limit = outputLimit(chat, model);
    long each = Math.min(model.maxOutputTokens(), loop.config().estimateOutputCap());
    long output = limit.orElseGet(() -> Math.min(TokenUsage.MAX_TOKENS, each * chat.choices()));
    return new ChatCall(
        context, holder, chat, model, quote, input, limit, TokenUsage.of(input, output));
  }

  /** Most output tokens that all choices together can have; our own count is cut to it. */
  long mostOutput() {
    return outputLimit.orElseGet(
        () -> Math.min(TokenUsage.MAX_TOKENS, model.maxOutputTokens() * chat.choices()));
  }

  /** The input and so much output as we counted. */
  TokenUsage counted(long output) {
    return TokenUsage.of(inputTokens, Math.min(output, mostOutput()));
  }

  /** From the request's arrival to a moment of {@link System#nanoTime}. */
  long millisecondsTo(long nanos) {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos - context.arrivedNanos()));
  }

  PassageRequest passageRequest() {
    TokenUsage least =
        chat.stream()
            ? TokenUsage.of(inputTokens, Math.min(estimate.output(), LEAST_STREAM_OUTPUT))
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
  private static OptionalLong outputLimit(ChatRequest chat, ModelPrice model) {
    if (chat.maxOutputTokens().isEmpty()) {
      return OptionalLong.empty();
    }
    long each = Math.min(chat.maxOutputTokens().getAsLong(), model.maxOutputTokens());
    return OptionalLong.of(Math.min(TokenUsage.MAX_TOKENS, each * chat.choices()));
  }
}
