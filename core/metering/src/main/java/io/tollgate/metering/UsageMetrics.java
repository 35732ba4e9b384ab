package io.tollgate.metering;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.ground.Asset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what is booked, for the metrics of the process. As many models have a label of their own
 * as are sold at the same time; beyond {@value #MAX_MODELS} they share one. Safe for use by many
 * threads.
 */
final class UsageMetrics implements UsageListener {
  private static final int MAX_MODELS = 1000;
  private static final String OTHER = "other";
  private static final Asset USD = Asset.money("USD");

  private final MeterRegistry registry;
  private final Counter input;
  private final Counter output;
  private final Map<Sold, Counter> costs = new HashMap<>();

  private record Sold(String platform, String model) {}

  UsageMetrics(MeterRegistry registry) {
    this.registry = registry;
    input = tokens("input");
    output = tokens("output");
  }

  private Counter tokens(String type) {
    return Counter.builder("billing_tokens_processed")
        .description("Tokens of requests that are in the books.")
        .tag("type", type)
        .register(registry);
  }

  @Override
  public void booked(List<BookedUsage> usage) {
    for (BookedUsage each : usage) {
      String platform = each.protocol().code();
      Counter.builder("billing_usage_records")
          .description("Requests that are in the books.")
          .tag("platform", platform)
          .register(registry)
          .increment(each.records());
      input.increment(each.inputTokens());
      output.increment(each.outputTokens());
      if (each.cost().asset().equals(USD)) {
        cost(platform, each.model()).increment(each.cost().toDecimal().doubleValue());
      }
    }
  }

  private synchronized Counter cost(String platform, String model) {
    boolean known = costs.containsKey(new Sold(platform, model));
    String named = known || costs.size() < MAX_MODELS ? model : OTHER;
    return costs.computeIfAbsent(
        new Sold(platform, named),
        sold ->
            Counter.builder("billing_cost_usd")
                .description("What users were charged, USD.")
                .tag("platform", sold.platform())
                .tag("model", sold.model())
                .register(registry));
  }
}
