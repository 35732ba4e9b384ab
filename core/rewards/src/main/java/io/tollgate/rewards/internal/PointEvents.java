package io.tollgate.rewards.internal;

import io.tollgate.data.OutboxEvent;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.rewards.PointCard;
import io.tollgate.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells users of changes of their points and rewards, with the commit. */
public final class PointEvents {
  private PointEvents() {}

  /** Why something changed, as events say it. */
  public enum Reason {
    RECHARGE("recharge"),
    GIFT("gift"),
    TRANSFER("transfer"),
    PROFIT_SHARE("profit_share"),
    REWARD("reward"),
    WITHDRAWAL("withdrawal");

    private final String code;

    Reason(String code) {
      this.code = code;
    }
  }

  /** A card has changed: an event for each of its balances that did. */
  public static void card(
      Transaction transaction,
      TenantId tenant,
      UserId user,
      PointCard before,
      PointCard after,
      Reason reason,
      String reference) {
    change(transaction, tenant, user, "self", before.self(), after.self(), reason, reference);
    change(transaction, tenant, user, "gift", before.gift(), after.gift(), reason, reference);
  }

  /** What is available of rewards has changed. */
  public static void reward(
      Transaction transaction,
      TenantId tenant,
      UserId user,
      Amount before,
      Amount after,
      Reason reason,
      String reference) {
    change(transaction, tenant, user, "reward", before, after, reason, reference);
  }

  /** A profit charge has left something owed, or a total that pauses a binding. */
  public static void low(Transaction transaction, TenantId tenant, UserId user, PointCard card) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("self", card.self().toDecimal());
    fields.put("gift", card.gift().toDecimal());
    fields.put("owed", card.owed().toDecimal());
    transaction.publish(OutboxEvent.billing(tenant, user, "points.low", json(fields)));
  }

  private static void change(
      Transaction transaction,
      TenantId tenant,
      UserId user,
      String account,
      Amount before,
      Amount after,
      Reason reason,
      String reference) {
    if (before.equals(after)) {
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("account", account);
    fields.put("after", after.toDecimal());
    fields.put("change", after.minus(before).toDecimal());
    fields.put("reason", reason.code);
    fields.put("reference_id", reference);
    transaction.publish(OutboxEvent.billing(tenant, user, "points.changed", json(fields)));
  }

  private static String json(Map<String, Object> fields) {
    return new String(Json.write(fields), StandardCharsets.UTF_8);
  }
}
