package io.tollgate.relay.gateway.internal.realtime;

import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.TierQuotes;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.ChargeId;
import io.tollgate.identity.KeyHolder;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PriceQuote;
import io.tollgate.relay.gateway.RelayConfig;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.protocols.RealtimeNeed;
import io.tollgate.relay.protocols.RealtimeProtocol;
import io.tollgate.relay.protocols.usage.UsageBounds;
import io.tollgate.web.RequestContext;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Prices what a session asks for: each response, and each thing said that is written down, by
 * itself and at the price of its moment. Confined to one event loop.
 */
final class SessionPrices {
  /** Output tokens that suffice to let a response start. */
  static final long LEAST_OUTPUT = 256;

  /** Bits at the end of a session's id that tell its passages apart: five hexadecimal digits. */
  private static final int NUMBER_BITS = 20;

  private final RelayLoop loop;
  private final RequestContext session;
  private final RealtimeProtocol protocol;
  private final BiFunction<KeyHolder, String, ModelPrice> models;
  private long passages;

  /**
   * @param models finds the model that a caller names; throws a Refusal where there is none for
   *     them
   */
  SessionPrices(
      RelayLoop loop,
      RequestContext session,
      RealtimeProtocol protocol,
      BiFunction<KeyHolder, String, ModelPrice> models) {
    this.loop = loop;
    this.session = session;
    this.protocol = protocol;
    this.models = models;
  }

  /**
   * @throws io.tollgate.ground.Refusal when the caller may not ask for it
   */
  ModelPrice model(KeyHolder holder, String name) {
    return models.apply(holder, name);
  }

  /**
   * A response at the price of this moment.
   *
   * @throws io.tollgate.ground.Refusal when the model has none for the caller any more
   */
  PricedCall response(KeyHolder holder, String model, RealtimeNeed need) {
    return response(next(), holder, model, need);
  }

  /**
   * The cheapest response that there can be, to see whether a caller can pay for any.
   *
   * @throws io.tollgate.ground.Refusal when the caller may not ask for the model, or it has no
   *     price for them
   */
  PassageRequest least(KeyHolder holder, String model) {
    RealtimeNeed need = new RealtimeNeed(TokenUsage.of(1, 0), false, OptionalLong.of(1));
    PricedCall call = response(session, holder, model, need);
    return request(call, call.estimate(), call.estimate());
  }

  private PricedCall response(
      RequestContext context, KeyHolder holder, String model, RealtimeNeed need) {
    ModelPrice price = model(holder, model);
    RelayConfig config = loop.config();
    OptionalLong limit =
        need.maxOutput().isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(Math.min(need.maxOutput().getAsLong(), price.maxOutputTokens()));
    long most = limit.orElse(Math.min(price.maxOutputTokens(), config.estimateOutputCap()));
    long input = need.input().input();
    UsageBounds bounds =
        UsageBounds.of(
            input,
            0,
            true,
            price.contextTokens(),
            limit.orElse(price.maxOutputTokens()),
            config.usageOwnInputMax(),
            config.usageFactor());
    TokenUsage estimate =
        SessionReservation.usage(need.input(), SessionReservation.kind(need.speaks()), most);
    return call(context, holder, price, model, limit, input, bounds, estimate);
  }

  /** What was said, to be written down. */
  PricedCall transcription(KeyHolder holder, String model, long seconds) {
    ModelPrice price = model(holder, model);
    long counted = Math.max(1, seconds);
    PricedCall byTokens =
        call(
            next(),
            holder,
            price,
            model,
            OptionalLong.empty(),
            0,
            UsageBounds.WIDEST,
            TokenUsage.builder()
                .add(UsageKind.AUDIO_INPUT, 10 * counted)
                .add(UsageKind.TEXT_OUTPUT, 5 * counted)
                .build());
    TokenUsage ofSeconds = TokenUsage.builder().add(UsageKind.SECONDS, counted).build();
    return bySeconds(byTokens.quote())
        ? new PricedCall(
            byTokens.context(),
            holder,
            byTokens.chat(),
            price,
            byTokens.quotes(),
            byTokens.quote(),
            byTokens.counter(),
            0,
            OptionalLong.empty(),
            UsageBounds.WIDEST,
            ofSeconds,
            Optional.empty())
        : byTokens;
  }

  /** Whether a model is paid by the second of sound. */
  static boolean bySeconds(PriceQuote quote) {
    return quote.withoutPrice(TokenUsage.builder().add(UsageKind.SECONDS, 1).build()).isEmpty();
  }

  /** What a passage reserves. */
  static PassageRequest request(PricedCall call, TokenUsage estimate, TokenUsage least) {
    return new PassageRequest(
        call.context().requestId(),
        call.holder().tenant(),
        call.holder().user(),
        call.holder().key(),
        call.model().protocol(),
        call.chat().model(),
        true,
        call.context().clientRequestId(),
        call.context().arrivedAt(),
        call.quote(),
        estimate,
        least);
  }

  private PricedCall call(
      RequestContext context,
      KeyHolder holder,
      ModelPrice price,
      String model,
      OptionalLong limit,
      long input,
      UsageBounds bounds,
      TokenUsage estimate) {
    TierQuotes quotes =
        loop.parts()
            .prices()
            .quotes(price, holder.tenant(), holder.user(), holder.currency(), context.arrivedAt());
    return new PricedCall(
        context,
        holder,
        new RealtimeAsk(protocol.protocol(), model, limit),
        price,
        quotes,
        quotes.standard(),
        loop.parts().tokenCounter(),
        input,
        limit,
        bounds,
        estimate,
        Optional.empty());
  }

  /** The session's context, as that of a request which arrives now. */
  private RequestContext next() {
    long now = System.nanoTime();
    return new RequestContext(
        numbered(session.requestId(), ++passages),
        session.clientRequestId(),
        session.arrivedAt().plusNanos(now - session.arrivedNanos()),
        now,
        session.route(),
        Map.of(),
        session.remoteAddress(),
        session.sheltered(),
        session.trace());
  }

  /** The session's id with the passage's number as its last five digits. */
  static ChargeId numbered(ChargeId session, long number) {
    UUID id = session.value();
    long mask = (1L << NUMBER_BITS) - 1;
    return new ChargeId(
        new UUID(
            id.getMostSignificantBits(), id.getLeastSignificantBits() & ~mask | number & mask));
  }

  /** Whether every number has been given. */
  boolean exhausted() {
    return passages >= (1L << NUMBER_BITS) - 1;
  }
}
