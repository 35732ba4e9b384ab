package io.tollgate.relay.gateway.internal.kept;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ModelPrice;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyHolder;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PriceQuote;
import io.tollgate.relay.accounts.BatchLines;
import io.tollgate.relay.accounts.KeptKind;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.gateway.KeptParts;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.batches.BatchLine;
import io.tollgate.web.RequestContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the lines of a batch and says what they may cost at the batch price. What one of them asks
 * for, and no batch can do, is refused with the line's number.
 */
final class BatchPricing {
  private final RelayLoop loop;
  private final KeptParts parts;

  BatchPricing(RelayLoop loop, KeptParts parts) {
    this.loop = requireNonNull(loop, "loop is null");
    this.parts = requireNonNull(parts, "parts is null");
  }

  /**
   * What a batch may cost.
   *
   * @param parts an estimate for each line
   */
  record Priced(PassageRequest request, List<BatchLines.Line> lines, List<TokenUsage> parts) {}

  /** Blocking. */
  Priced read(
      RequestContext context,
      KeyHolder holder,
      String endpoint,
      CallerRoute kind,
      ProviderAccount account,
      StreamedLines coming) {
    List<BatchLines.Line> lines = new ArrayList<>();
    List<TokenUsage> estimates = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    Set<String> files = new HashSet<>();
    ModelPrice model = null;
    String named = "";
    long input = 0;
    long output = 0;
    int number = 0;
    for (Optional<byte[]> next = coming.next(); next.isPresent(); next = coming.next()) {
      number++;
      if (number > parts.config().linesMax()) {
        throw BatchLine.fault(
            number, "one too many (expected: at most " + parts.config().linesMax() + " lines)");
      }
      BatchLine line = BatchLine.parse(next.get(), number, endpoint);
      if (!ids.add(line.customId())) {
        throw BatchLine.fault(number, "custom_id: given before (expected: another for each line)");
      }
      CallerRequest request = request(kind, line, number);
      for (String file : request.kept().files()) {
        if (files.add(file)) {
          requireFile(holder, account, file, number);
        }
      }
      if (model == null) {
        model = model(holder, request, account, number);
        named = request.model();
      } else if (!named.equals(request.model())) {
        throw BatchLine.fault(
            number, "body.model: another than before (expected: " + named + " in each line)");
      }
      TokenUsage estimate = estimate(context, holder, request, model, number);
      estimates.add(estimate);
      input += estimate.input();
      output += estimate.output();
      lines.add(new BatchLines.Line(number, line.customId(), estimate.input(), estimate.output()));
    }
    if (model == null) {
      throw RequestFault.of("input_file_id", "a file without lines (expected: at least one)");
    }
    TokenUsage whole =
        TokenUsage.of(
            Math.min(TokenUsage.MAX_TOKENS, input), Math.min(TokenUsage.MAX_TOKENS, output));
    PriceQuote quote =
        loop.parts()
            .prices()
            .quotes(model, holder.tenant(), holder.user(), holder.currency(), context.arrivedAt())
            .asked("batch price", ServiceTier.BATCH);
    return new Priced(
        new PassageRequest(
            context.requestId(),
            holder.tenant(),
            holder.user(),
            holder.key(),
            model.protocol(),
            named,
            false,
            context.clientRequestId(),
            context.arrivedAt(),
            quote,
            whole,
            whole),
        lines,
        estimates);
  }

  private static CallerRequest request(CallerRoute kind, BatchLine line, int number) {
    CallerRequest request;
    try {
      request = kind.read(BatchBlanks.NO_HEAD, line.body());
    } catch (RequestFault fault) {
      throw BatchLine.fault(number, "body: " + fault.refusal().sentence());
    }
    if (request.stream()) {
      throw BatchLine.fault(number, "body.stream: true (expected: false)");
    }
    if (request.kept().background()) {
      throw BatchLine.fault(number, "body.background: true (expected: false)");
    }
    if (request.kept().previous().isPresent()) {
      throw BatchLine.fault(number, "body.previous_response_id: given (expected: none)");
    }
    if (request.tier().filter(tier -> !tier.equals(ServiceTier.STANDARD)).isPresent()) {
      throw BatchLine.fault(number, "body.service_tier: given (expected: none, or auto)");
    }
    return request;
  }

  /** It is the caller's own, and at the account that the batch goes to. Blocking. */
  private void requireFile(KeyHolder holder, ProviderAccount account, String file, int number) {
    boolean there =
        parts
            .objects()
            .find(KeptKind.FILE, file, holder.tenant(), holder.user())
            .toCompletableFuture()
            .join()
            .filter(found -> found.account().equals(account.id()))
            .isPresent();
    if (!there) {
      throw BatchLine.fault(
          number,
          "body: file "
              + KeptRefusals.shown(file)
              + " not found (expected: one of yours, where the input file is)");
    }
  }

  private ModelPrice model(
      KeyHolder holder, CallerRequest request, ProviderAccount account, int number) {
    ModelPrice model =
        loop.parts()
            .prices()
            .find(request.model())
            .filter(found -> holder.models().allow(found.id()))
            .orElseThrow(
                () ->
                    BatchLine.fault(
                        number, "body.model: not there (expected: one of GET /v1/models)"));
    if (!account.serves(model.id())) {
      throw BatchLine.fault(
          number,
          "body.model: the account that has the file does not serve it (expected: another)");
    }
    // the file is not written anew
    if (!account.upstreamModel(model.id()).equals(model.id())) {
      throw BatchLine.fault(
          number,
          "body.model: its provider names it otherwise (expected: one that has its own name there)");
    }
    return model;
  }

  private TokenUsage estimate(
      RequestContext context,
      KeyHolder holder,
      CallerRequest request,
      ModelPrice model,
      int number) {
    try {
      return PricedCall.of(loop, context, holder, request, model).estimate();
    } catch (RequestFault fault) {
      throw BatchLine.fault(number, "body: " + fault.refusal().sentence());
    } catch (Refusal refusal) {
      throw BatchLine.fault(number, "body: " + refusal.sentence());
    }
  }
}
