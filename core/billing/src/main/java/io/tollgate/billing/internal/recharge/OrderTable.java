package io.tollgate.billing.internal.recharge;

import static io.tollgate.schema.billing.Tables.RECHARGE_ORDER;
import static io.tollgate.schema.billing.Tables.RECHARGE_TRANSITION;

import io.tollgate.billing.RechargeStatus;
import io.tollgate.billing.Subscriptions;
import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.payments.CreatedPayment;
import io.tollgate.payments.PaymentMethod;
import io.tollgate.web.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.JSONB;

/** The tables of orders and of their transitions. */
final class OrderTable {
  private static final int DETAIL_MAX = 300;

  /** Inserts it, unless its id, its key or its number at the channel is taken. */
  Optional<StoredOrder> insert(Transaction transaction, NewOrder order, Instant now) {
    Optional<StoredOrder> made =
        transaction
            .sql()
            .insertInto(RECHARGE_ORDER)
            .set(RECHARGE_ORDER.TENANT_ID, order.tenant().value())
            .set(RECHARGE_ORDER.USER_ID, order.user().id().value())
            .set(RECHARGE_ORDER.EXTERNAL_ID, order.user().externalId())
            .set(RECHARGE_ORDER.ORDER_ID, order.orderId())
            .set(RECHARGE_ORDER.CHANNEL_ORDER, order.channelOrder())
            .set(RECHARGE_ORDER.METHOD, order.method().code())
            .set(RECHARGE_ORDER.CURRENCY, order.amount().asset().code())
            .set(RECHARGE_ORDER.AMOUNT, order.amount().units())
            .set(RECHARGE_ORDER.STATUS, RechargeStatus.PENDING.code())
            .set(RECHARGE_ORDER.IDEMPOTENCY_KEY, order.idempotencyKey().orElse(null))
            .set(RECHARGE_ORDER.REQUEST_HASH, order.requestHash())
            .set(RECHARGE_ORDER.SUBJECT, order.subject())
            .set(RECHARGE_ORDER.RETURN_URL, order.returnUrl().orElse(null))
            .set(RECHARGE_ORDER.NOTIFY_URL, order.notifyUrl().orElse(null))
            .set(RECHARGE_ORDER.CLIENT_IP, order.clientIp().orElse(null))
            .set(RECHARGE_ORDER.PLAN_ID, order.plan().orElse(null))
            .set(RECHARGE_ORDER.CREATED_AT, now)
            .set(RECHARGE_ORDER.UPDATED_AT, now)
            .set(RECHARGE_ORDER.EXPIRES_AT, order.expiresAt())
            .onConflictDoNothing()
            .returning()
            .fetchOptional(StoredOrder::read);
    made.ifPresent(
        each ->
            note(transaction, each.id(), 1, Optional.empty(), each.status(), "created", "", now));
    return made;
  }

  Optional<StoredOrder> find(Transaction transaction, TenantId tenant, String orderId) {
    return find(transaction, byOrderId(tenant, orderId));
  }

  Optional<StoredOrder> find(Transaction transaction, long id) {
    return find(transaction, RECHARGE_ORDER.ID.eq(id));
  }

  Optional<StoredOrder> findByKey(
      Transaction transaction, TenantId tenant, UserId user, String idempotencyKey) {
    return find(
        transaction,
        RECHARGE_ORDER
            .TENANT_ID
            .eq(tenant.value())
            .and(RECHARGE_ORDER.USER_ID.eq(user.value()))
            .and(RECHARGE_ORDER.IDEMPOTENCY_KEY.eq(idempotencyKey)));
  }

  Optional<StoredOrder> findAtChannel(
      Transaction transaction, PaymentMethod method, String channelOrder) {
    return find(
        transaction,
        RECHARGE_ORDER.CHANNEL_ORDER.eq(channelOrder).and(RECHARGE_ORDER.METHOD.eq(method.code())));
  }

  private static Optional<StoredOrder> find(Transaction transaction, Condition condition) {
    return transaction
        .sql()
        .selectFrom(RECHARGE_ORDER)
        .where(condition)
        .fetchOptional(StoredOrder::read);
  }

  /** The order as it is now, which nobody else changes until the transaction ends. */
  StoredOrder lock(Transaction transaction, long id) {
    return transaction
        .sql()
        .selectFrom(RECHARGE_ORDER)
        .where(RECHARGE_ORDER.ID.eq(id))
        .forNoKeyUpdate()
        .fetchSingle(StoredOrder::read);
  }

  /** How many orders the user has made in a second. */
  int madeIn(Transaction transaction, UserId user, Instant second) {
    return transaction
        .sql()
        .fetchCount(
            RECHARGE_ORDER,
            RECHARGE_ORDER
                .USER_ID
                .eq(user.value())
                .and(RECHARGE_ORDER.CREATED_AT.ge(second))
                .and(RECHARGE_ORDER.CREATED_AT.lt(second.plusSeconds(1))));
  }

  /** Orders that ended unpaid, those first that have waited longest. */
  List<StoredOrder> due(Transaction transaction, PaymentMethod method, Instant now, int max) {
    return transaction
        .sql()
        .selectFrom(RECHARGE_ORDER)
        .where(RECHARGE_ORDER.STATUS.eq(RechargeStatus.PENDING.code()))
        .and(RECHARGE_ORDER.METHOD.eq(method.code()))
        .and(RECHARGE_ORDER.EXPIRES_AT.le(now))
        .orderBy(RECHARGE_ORDER.EXPIRES_AT)
        .limit(max)
        .fetch(StoredOrder::read);
  }

  /** Keeps how it is paid. */
  void keepPayment(Transaction transaction, long id, CreatedPayment payment, Instant now) {
    int _ =
        transaction
            .sql()
            .update(RECHARGE_ORDER)
            .set(RECHARGE_ORDER.CHECKOUT_ID, payment.checkout().orElse(null))
            .set(RECHARGE_ORDER.PAY_URL, payment.payUrl())
            .set(RECHARGE_ORDER.PAY_CODE, payment.payCode().orElse(null))
            .set(
                RECHARGE_ORDER.PAY_PARAMS,
                JSONB.valueOf(Json.MAPPER.writeValueAsString(payment.payParams())))
            .set(RECHARGE_ORDER.UPDATED_AT, now)
            .where(RECHARGE_ORDER.ID.eq(id))
            .execute();
  }

  /** Moves a locked order on. */
  void move(Transaction transaction, StoredOrder order, OrderMove move, Instant now) {
    int seq = order.transitions() + 1;
    int _ =
        transaction
            .sql()
            .update(RECHARGE_ORDER)
            .set(RECHARGE_ORDER.STATUS, move.to().code())
            .set(RECHARGE_ORDER.REFUNDED, move.refunded())
            .set(
                RECHARGE_ORDER.PAYMENT_ID,
                move.paymentId().or(() -> order.order().paymentId()).orElse(null))
            .set(RECHARGE_ORDER.TRANSITIONS, seq)
            .set(RECHARGE_ORDER.UPDATED_AT, now)
            .where(RECHARGE_ORDER.ID.eq(order.id()))
            .execute();
    note(
        transaction,
        order.id(),
        seq,
        Optional.of(order.status()),
        move.to(),
        move.cause(),
        move.detail(),
        now);
    if (order.notifyUrl().isPresent()) {
      OrderCallTable.want(transaction, order.id(), seq, now);
    }
  }

  /** Keeps what came of the plan that was paid with a locked order. */
  void keepPurchase(Transaction transaction, long id, Subscriptions.Begun begun) {
    int _ =
        transaction
            .sql()
            .update(RECHARGE_ORDER)
            .set(RECHARGE_ORDER.SUBSCRIPTION_ID, begun.subscription().orElse(null))
            .set(RECHARGE_ORDER.PLAN_REFUSED, begun.refused().orElse(null))
            .where(RECHARGE_ORDER.ID.eq(id))
            .execute();
  }

  private static void note(
      Transaction transaction,
      long order,
      int seq,
      Optional<RechargeStatus> from,
      RechargeStatus to,
      String cause,
      String detail,
      Instant now) {
    int _ =
        transaction
            .sql()
            .insertInto(RECHARGE_TRANSITION)
            .set(RECHARGE_TRANSITION.ORDER_REF, order)
            .set(RECHARGE_TRANSITION.SEQ, seq)
            .set(RECHARGE_TRANSITION.FROM_STATUS, from.map(RechargeStatus::code).orElse(null))
            .set(RECHARGE_TRANSITION.TO_STATUS, to.code())
            .set(RECHARGE_TRANSITION.CAUSE, cause)
            .set(RECHARGE_TRANSITION.DETAIL, ShortText.of(detail, DETAIL_MAX))
            .set(RECHARGE_TRANSITION.AT, now)
            .execute();
  }

  private static Condition byOrderId(TenantId tenant, String orderId) {
    return RECHARGE_ORDER.TENANT_ID.eq(tenant.value()).and(RECHARGE_ORDER.ORDER_ID.eq(orderId));
  }
}
