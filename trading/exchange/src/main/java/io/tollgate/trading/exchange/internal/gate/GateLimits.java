package io.tollgate.trading.exchange.internal.gate;

import io.tollgate.trading.exchange.internal.calls.BudgetNames;
import io.tollgate.trading.exchange.internal.rates.Cost;
import io.tollgate.trading.exchange.internal.rates.RateBudgets;
import io.tollgate.trading.exchange.internal.wire.WireResult.Answered;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What Gate lets a key ask: so many calls of an endpoint in a window, told in each answer's head
 * for the endpoint that was asked. Each endpoint is counted under a name of its own here.
 *
 * @see <a href="https://www.gate.com/docs/developers/apiv4/en/#frequency-limit-rule">Limits</a>
 */
final class GateLimits {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
  private static final int READS = 200;
  private static final int ORDERS = 100;

  private GateLimits() {}

  /** The endpoint's own names: what is told in an answer's head is told of it alone. */
  static BudgetNames of(BudgetNames names, String endpoint) {
    return new BudgetNames(names.address(), endpoint + " " + names.key());
  }

  static List<Cost> reading(BudgetNames endpoint) {
    return List.of(endpoint.byKey("calls", 1, READS, TEN_SECONDS));
  }

  static List<Cost> ordering(BudgetNames endpoint) {
    return List.of(endpoint.byKey("calls", 1, ORDERS, TEN_SECONDS));
  }

  /** Takes over what an answer's head tells. */
  static void told(Answered answer, BudgetNames endpoint, RateBudgets budgets) {
    Optional<Long> remaining = number(answer, "x-gate-ratelimit-requests-remain");
    Optional<Long> limit = number(answer, "x-gate-ratelimit-limit");
    Optional<Long> resetAt = number(answer, "x-gate-ratelimit-reset-timestamp");
    if (remaining.isPresent() && limit.isPresent() && resetAt.isPresent()) {
      budgets.left(
          endpoint.keyed("calls"),
          remaining.get(),
          limit.get(),
          Instant.ofEpochSecond(resetAt.get()));
    }
  }

  private static Optional<Long> number(Answered answer, String header) {
    return answer.header(header).filter(text -> text.matches("\\d{1,12}")).map(Long::parseLong);
  }
}
