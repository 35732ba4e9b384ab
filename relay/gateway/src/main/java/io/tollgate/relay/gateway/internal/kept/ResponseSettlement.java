package io.tollgate.relay.gateway.internal.kept;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ModelPrices;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.metering.DeferredCharges;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.metering.PriceQuote;
import io.tollgate.relay.accounts.KeptObject;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.gateway.KeptParts;
import io.tollgate.relay.gateway.RelayParts;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.KeptAnswer;
import io.tollgate.relay.protocols.UpstreamProtocol;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Charges an answer that was made in the background, when its provider says that it has ended. Who
 * hears of it first does it: the charge, the end of its hold and its row are one transaction, and a
 * second one finds nothing open. Blocking; safe for use by many threads.
 */
public final class ResponseSettlement {
  private static final int OK = 200;
  private static final int BAD_GATEWAY = 502;

  private final KeptParts kept;
  private final RelayParts parts;

  public ResponseSettlement(KeptParts kept, RelayParts parts) {
    this.kept = requireNonNull(kept, "kept is null");
    this.parts = requireNonNull(parts, "parts is null");
  }

  /**
   * Charges it if the document says that it has ended.
   *
   * @param body what the provider said of it
   * @return whether it has ended, now or before
   */
  public boolean settle(
      KeptObject object, ProviderAccount account, UpstreamProtocol protocol, byte[] body) {
    return kept.transactions()
        .write(
            transaction -> {
              DeferredCharges charges = kept.charges();
              Optional<PassageRequest> open = charges.lock(transaction, object.charge());
              if (open.isEmpty()) {
                end(transaction, object);
                return true;
              }
              KeptAnswer answer = protocol.keptAnswer(body, terms(open.get()));
              boolean over =
                  switch (answer.state()) {
                    case RUNNING, UNREADABLE -> false;
                    case ENDED, FAILED -> true;
                  };
              if (over) {
                var _ =
                    charges.settle(
                        transaction,
                        object.charge(),
                        List.of(item(object, account, open.get(), answer)));
                end(transaction, object);
              }
              return over;
            });
  }

  /** Nobody will tell how it ended. */
  public void giveUp(KeptObject object) {
    var _ =
        kept.transactions()
            .write(
                transaction -> {
                  boolean open = kept.charges().giveUp(transaction, object.charge());
                  end(transaction, object);
                  return open;
                });
  }

  /** It was never made: nothing is charged. */
  public void free(PassageRequest request, int status, ErrorCode code, OptionalLong account) {
    PassageResult nothing =
        new PassageResult(
            TokenUsage.NONE,
            false,
            status,
            Optional.of(code.name()),
            account,
            "",
            1,
            latency(request),
            OptionalLong.empty());
    var _ =
        kept.transactions()
            .write(
                transaction ->
                    kept.charges()
                        .settle(
                            transaction,
                            request.charge(),
                            List.of(
                                new DeferredCharges.Item(
                                    request.charge(), request.clientRequestId(), nothing))));
  }

  private void end(Transaction transaction, KeptObject object) {
    kept.objects().move(transaction, object, KeptObject.State.ENDED);
  }

  private DeferredCharges.Item item(
      KeptObject object, ProviderAccount account, PassageRequest request, KeptAnswer answer) {
    boolean failed = answer.state() == KeptAnswer.State.FAILED;
    PassageResult result =
        new PassageResult(
            answer.usage().usage(),
            answer.usage().reported(),
            failed ? BAD_GATEWAY : OK,
            failed ? Optional.of(ErrorCode.UPSTREAM_FAILED.name()) : Optional.empty(),
            OptionalLong.of(account.id().value()),
            account.upstreamModel(object.model()),
            1,
            latency(request),
            OptionalLong.empty(),
            served(object, request, answer));
    return new DeferredCharges.Item(request.charge(), request.clientRequestId(), result);
  }

  /** The price of the tier that served, where it is another than that asked for. */
  private Optional<PriceQuote> served(
      KeptObject object, PassageRequest request, KeptAnswer answer) {
    if (answer.tier().isEmpty()) {
      return Optional.empty();
    }
    ModelPrices prices = parts.prices();
    return prices
        .find(object.model())
        .map(
            model ->
                prices
                    .quotes(
                        model,
                        request.tenant(),
                        request.user(),
                        request.quote().currency(),
                        request.openedAt())
                    .served(answer.tier().get(), answer.tier()))
        .filter(quote -> !quote.version().equals(request.quote().version()));
  }

  private long latency(PassageRequest request) {
    return Math.max(0, Duration.between(request.openedAt(), kept.clock().instant()).toMillis());
  }

  /** The answer may name what is not in its request: the model's context bounds its input. */
  private AnswerTerms terms(PassageRequest request) {
    long input = request.estimate().input();
    UsageBounds bounds =
        parts
            .prices()
            .find(request.model())
            .map(
                model ->
                    UsageBounds.of(
                        input,
                        input,
                        true,
                        model.contextTokens(),
                        Math.max(model.maxOutputTokens(), request.estimate().output()),
                        parts.config().usageOwnInputMax(),
                        parts.config().usageFactor()))
            .orElse(UsageBounds.WIDEST);
    return new AnswerTerms(
        parts.tokenCounter(),
        request.model(),
        bounds,
        AccountTraces.UNKNOWN,
        request.charge().toString(),
        request.openedAt());
  }
}
