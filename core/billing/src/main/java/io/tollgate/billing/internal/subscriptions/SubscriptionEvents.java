package io.tollgate.billing.internal.subscriptions;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.Plan;
import io.tollgate.billing.UserStanding;
import io.tollgate.billing.UserStandings;
import io.tollgate.data.OutboxEvent;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.web.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells users' devices what became of subscriptions, with the commit. */
final class SubscriptionEvents {
  private final UserStandings standings;
  private final InstantSource clock;

  SubscriptionEvents(UserStandings standings, InstantSource clock) {
    this.standings = requireNonNull(standings, "standings is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * A step was made: {@code subscription.changed}, and where it took or gave something {@code
   * balance.changed} and {@code quota.updated}, with what the user has then.
   */
  void stepped(Transaction transaction, Held held, Step step) {
    Plan plan = PlanTable.find(transaction, held.plan()).orElseThrow();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("subscription_id", held.id());
    fields.put("step", step.kind().code());
    fields.put("plan_id", plan.id());
    fields.put("plan_code", plan.code());
    fields.put("state", held.state().code());
    fields.put("renews", held.renews());
    fields.put("tokens", step.tokens());
    fields.put("paid", new Amount(plan.price().asset(), step.paid()).toDecimal());
    fields.put("period_ends_at", held.periodEndsAt().toString());
    fields.put("window_ends_at", held.windowEndsAt().toString());
    publish(transaction, "subscription.changed", held.tenant(), held.user(), fields);
    boolean quota = step.tokens() > 0 || step.kind() == Step.Kind.STOPPED;
    if (step.paid() > 0 || quota) {
      Asset currency = plan.price().asset();
      UserStanding standing =
          standings.of(transaction, held.tenant(), held.user(), currency, clock.instant());
      if (step.paid() > 0) {
        paid(transaction, held, standing.balance(), new Amount(currency, step.paid()));
      }
      if (quota) {
        given(transaction, held, standing);
      }
    }
  }

  private void given(Transaction transaction, Held held, UserStanding standing) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("quota_limit", standing.quotaLimit());
    fields.put("quota_used", standing.quotaUsed());
    fields.put("quota_remaining", standing.quotaRemaining());
    fields.put("percent_used", percent(standing));
    publish(transaction, "quota.updated", held.tenant(), held.user(), fields);
  }

  private static BigDecimal percent(UserStanding standing) {
    return standing.quotaLimit() == 0
        ? BigDecimal.valueOf(100)
        : BigDecimal.valueOf(standing.quotaUsed())
            .multiply(BigDecimal.valueOf(100))
            .divide(BigDecimal.valueOf(standing.quotaLimit()), 2, RoundingMode.HALF_EVEN);
  }

  private void paid(Transaction transaction, Held held, Amount balance, Amount taken) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("balance", balance.toDecimal());
    fields.put("change", taken.toDecimal().negate());
    fields.put("reason", "adjustment");
    fields.put("reference_id", "subscription:" + held.id());
    publish(transaction, "balance.changed", held.tenant(), held.user(), fields);
  }

  private void publish(
      Transaction transaction, String type, TenantId tenant, UserId id, Map<String, Object> more) {
    transaction.publish(
        OutboxEvent.billing(tenant, id, type, Json.MAPPER.writeValueAsString(more)));
  }
}
