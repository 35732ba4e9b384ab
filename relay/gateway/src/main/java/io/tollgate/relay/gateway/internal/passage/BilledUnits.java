package io.tollgate.relay.gateway.internal.passage;

import io.tollgate.billing.ModelPrice;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.contracts.UsagePart;
import io.tollgate.contracts.UsageUnit;
import io.tollgate.metering.PriceQuote;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.ProviderTool;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.SearchModels;
import java.util.List;
import java.util.Set;

/**
 * What a request costs beside its tokens: the provider's own tools, by the call, and the request
 * itself. Most requests have none of it, and pass here untouched.
 */
final class BilledUnits {
  private BilledUnits() {}

  /** The tools that a request asks for; a model that always searches is one. */
  static List<ProviderTool> tools(CallerRequest request, ModelPrice model) {
    return SearchModels.isOne(model.id())
        ? ProviderTool.with(
            request.providerTools(),
            new ProviderTool("model", model.id(), UsageKind.WEB_SEARCHES, 1))
        : request.providerTools();
  }

  /**
   * An estimate with one call of each tool, or as many as the request allows.
   *
   * @param max most calls of one tool
   * @throws RequestFault naming the tool that has no price
   */
  static TokenUsage estimate(
      TokenUsage tokens, List<ProviderTool> tools, PriceQuote quote, String model, long max) {
    if (tools.isEmpty() && !quote.perRequest()) {
      return tokens;
    }
    TokenUsage.Builder usage = builder(tokens);
    for (ProviderTool tool : tools) {
      usage.add(tool.kind(), Math.min(max, Math.max(1, tool.uses())));
    }
    TokenUsage estimate = usage.build();
    Set<UsageKind> free = quote.withoutPrice(estimate);
    for (ProviderTool tool : tools) {
      if (free.contains(tool.kind())) {
        throw RequestFault.of(
            tool.field(),
            "%s (expected: a tool that %s has a price for; it has none for %s)"
                .formatted(tool.name(), model, tool.kind().code()));
      }
    }
    return charged(estimate, quote);
  }

  /** What is charged of a usage: with the request itself, where that has a price. */
  static TokenUsage charged(TokenUsage usage, PriceQuote quote) {
    boolean free = usage.equals(TokenUsage.NONE);
    return free || !quote.perRequest() || usage.count(UsageKind.REQUESTS) > 0
        ? usage
        : builder(usage).add(UsageKind.REQUESTS, 1).build();
  }

  /** So many tokens, and all that the estimate has beside tokens. */
  static TokenUsage withOthers(TokenUsage tokens, TokenUsage estimate) {
    if (estimate.otherUnits() == 0) {
      return tokens;
    }
    TokenUsage.Builder usage = builder(tokens);
    estimate.forEach(
        (kind, count) -> {
          if (kind.unit() != UsageUnit.TOKEN) {
            usage.add(kind, count);
          }
        });
    return usage.build();
  }

  /** The same use with so many tokens of text for its output. */
  static TokenUsage delivering(long output, TokenUsage used) {
    TokenUsage.Builder usage = TokenUsage.builder();
    used.forEach(
        (kind, count) -> {
          if (kind.unit() != UsageUnit.TOKEN || kind.part().side() != UsagePart.Side.OUTPUT) {
            usage.add(kind, count);
          }
        });
    return usage.add(UsageKind.TEXT_OUTPUT, Math.min(output, TokenUsage.MAX_TOKENS)).build();
  }

  /** Most calls of one tool that an answer can tell of. */
  static long maxCalls(List<ProviderTool> tools, long max) {
    long named = 0;
    for (ProviderTool tool : tools) {
      if (tool.uses() == ProviderTool.UNBOUNDED) {
        return max;
      }
      named = Math.max(named, tool.uses());
    }
    return tools.isEmpty() ? max : Math.min(max, named);
  }

  private static TokenUsage.Builder builder(TokenUsage usage) {
    TokenUsage.Builder builder = TokenUsage.builder();
    usage.forEach(builder::add);
    return builder;
  }
}
