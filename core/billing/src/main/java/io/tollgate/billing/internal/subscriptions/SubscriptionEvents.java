package io.tollgate.billing.internal.subscriptions;

import io.tollgate.billing.Plan;
import io.tollgate.data.OutboxEvent;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.web.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells users' devices what became of subscriptions, with the commit. */
final class SubscriptionEvents {
  /** A step was made: {@code subscription.changed}. */
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
  }

  /** A part of a price was taken from the balance: {@code balance.changed}. */
  void paid(Transaction transaction, Held held, Amount balance, Amount taken) {
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
