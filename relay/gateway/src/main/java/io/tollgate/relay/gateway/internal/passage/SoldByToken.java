package io.tollgate.relay.gateway.internal.passage;

import io.tollgate.billing.KindPrices;
import io.tollgate.billing.ModelPrice;
import io.tollgate.contracts.UsageKind;
import io.tollgate.contracts.UsagePart;
import io.tollgate.contracts.UsageUnit;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.RequestFault;
import java.util.List;

/**
 * Refuses a request in tokens for a model that is sold by something else, such as a conversation
 * with one that makes pictures: it would cost nothing. A model that costs nothing at all, or so
 * much for each request, may be asked for anything.
 */
public final class SoldByToken {
  /** What models are sold by that have no price for tokens. */
  private static final List<UsageKind> PIECES =
      List.of(UsageKind.IMAGES, UsageKind.SECONDS, UsageKind.CHARACTERS, UsageKind.SEARCH_UNITS);

  private SoldByToken() {}

  /**
   * @throws RequestFault naming the model
   */
  static void require(CallerRequest request, ModelPrice model) {
    require(request.model(), request.makesTokens(), model);
  }

  /**
   * The same of a session, all of whose responses are of one model.
   *
   * @param asked the model as the caller named it
   * @throws RequestFault naming the model
   */
  public static void requireTalk(String asked, ModelPrice model) {
    require(asked, true, model);
  }

  private static boolean isOutput(UsageKind kind) {
    return kind.unit() == UsageUnit.TOKEN && kind.part().side() == UsagePart.Side.OUTPUT;
  }

  private static void require(String asked, boolean makesTokens, ModelPrice model) {
    KindPrices prices = model.standard().usual();
    if (prices.perMillion(UsageKind.TEXT_OUTPUT) > 0
        || UsageKind.all().stream()
            .anyMatch(kind -> isOutput(kind) && prices.perMillion(kind) > 0)) {
      return;
    }
    boolean input = prices.perMillion(UsageKind.TEXT_INPUT) > 0;
    boolean pieces = PIECES.stream().anyMatch(kind -> prices.perMillion(kind) > 0);
    if (makesTokens && (input || pieces || model.maxOutputTokens() == 1)) {
      throw RequestFault.of(
          "model",
          asked
              + " is not sold for conversations (expected: a model with a price for tokens of"
              + " output)");
    }
    if (!makesTokens && !input && pieces) {
      throw RequestFault.of(
          "model",
          asked + " is not sold by the token (expected: a model with a price for tokens of input)");
    }
  }
}
