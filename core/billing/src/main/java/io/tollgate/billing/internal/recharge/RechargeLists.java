package io.tollgate.billing.internal.recharge;

import static io.tollgate.schema.billing.Tables.RECHARGE_CASE;
import static io.tollgate.schema.billing.Tables.RECHARGE_COMPARISON;
import static io.tollgate.schema.billing.Tables.RECHARGE_NOTICE;
import static io.tollgate.schema.billing.Tables.RECHARGE_ORDER;
import static io.tollgate.schema.billing.Tables.RECHARGE_PAYMENT;
import static io.tollgate.schema.billing.Tables.RECHARGE_TRANSITION;
import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ListedRefund;
import io.tollgate.billing.RechargeAdmin;
import io.tollgate.billing.RechargeCase;
import io.tollgate.billing.RechargeComparison;
import io.tollgate.billing.RechargeDetail;
import io.tollgate.billing.RechargeOrder;
import io.tollgate.billing.RechargeOrderFilter;
import io.tollgate.billing.RechargePayment;
import io.tollgate.billing.RechargePaymentFilter;
import io.tollgate.billing.RechargeRefund;
import io.tollgate.billing.RefundFilter;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.payments.PaymentMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/** Reads recharging's tables for administrators: every list has the newest first, by number. */
final class RechargeLists implements RechargeAdmin {
  private final OrderTable orders;
  private final PaymentTable payments;
  private final RefundTable refunds;
  private final CaseDecisions decisions;

  RechargeLists(
      OrderTable orders, PaymentTable payments, RefundTable refunds, CaseDecisions decisions) {
    this.orders = requireNonNull(orders, "orders is null");
    this.payments = requireNonNull(payments, "payments is null");
    this.refunds = requireNonNull(refunds, "refunds is null");
    this.decisions = requireNonNull(decisions, "decisions is null");
  }

  @Override
  public ListPage<RechargeOrder> orders(
      Transaction transaction, RechargeOrderFilter filter, ListRequest page) {
    Condition condition =
        all(
            filter.tenant().map(tenant -> RECHARGE_ORDER.TENANT_ID.eq(tenant.value())),
            filter.user().map(user -> RECHARGE_ORDER.USER_ID.eq(user.value())),
            filter.orderId().map(RECHARGE_ORDER.ORDER_ID::eq),
            filter.status().map(status -> RECHARGE_ORDER.STATUS.eq(status.code())),
            filter.method().map(method -> RECHARGE_ORDER.METHOD.eq(method.code())),
            filter.start().map(RECHARGE_ORDER.CREATED_AT::ge),
            filter.end().map(RECHARGE_ORDER.CREATED_AT::lt));
    return page(
        transaction,
        RECHARGE_ORDER,
        RECHARGE_ORDER.ID,
        condition,
        page,
        row -> StoredOrder.read(row).order(),
        RechargeOrder::id);
  }

  @Override
  public Optional<RechargeDetail> order(Transaction transaction, long id) {
    return orders.find(transaction, id).map(order -> detail(transaction, order));
  }

  private RechargeDetail detail(Transaction transaction, StoredOrder order) {
    List<StoredPayment> booked = payments.ofOrder(transaction, order.id());
    Map<Long, StoredPayment> byId =
        booked.stream().collect(Collectors.toMap(StoredPayment::id, payment -> payment));
    List<RechargeRefund> given =
        refunds.ofOrder(transaction, order.id()).stream()
            .map(
                refund ->
                    RefundCourse.shown(
                        refund, requireNonNull(byId.get(refund.payment()), "payment is gone")))
            .toList();
    return new RechargeDetail(
        order.order(),
        order.channelOrder(),
        transaction
            .sql()
            .selectFrom(RECHARGE_TRANSITION)
            .where(RECHARGE_TRANSITION.ORDER_REF.eq(order.id()))
            .orderBy(RECHARGE_TRANSITION.SEQ)
            .fetch(
                row ->
                    new RechargeDetail.Transition(
                        row.getSeq(),
                        Optional.ofNullable(row.getFromStatus()),
                        row.getToStatus(),
                        row.getCause(),
                        row.getDetail(),
                        row.getAt())),
        transaction
            .sql()
            .selectFrom(RECHARGE_PAYMENT)
            .where(RECHARGE_PAYMENT.ORDER_REF.eq(order.id()))
            .orderBy(RECHARGE_PAYMENT.ID)
            .fetch(RechargeLists::payment),
        given,
        transaction
            .sql()
            .selectFrom(RECHARGE_NOTICE)
            .where(RECHARGE_NOTICE.ORDER_REF.eq(order.id()))
            .orderBy(RECHARGE_NOTICE.ID)
            .fetch(
                row ->
                    new RechargeDetail.Notice(
                        row.getNoticeId(),
                        row.getKind(),
                        Optional.ofNullable(row.getPaymentId()),
                        row.getReceivedAt(),
                        Optional.ofNullable(row.getSettledAt()))));
  }

  @Override
  public ListPage<RechargePayment> payments(
      Transaction transaction, RechargePaymentFilter filter, ListRequest page) {
    String credited = PaymentRole.CREDITED.code();
    Condition condition =
        all(
            filter.tenant().map(tenant -> RECHARGE_PAYMENT.TENANT_ID.eq(tenant.value())),
            filter
                .apart()
                .map(
                    apart ->
                        apart
                            ? RECHARGE_PAYMENT.ROLE.ne(DSL.inline(credited))
                            : RECHARGE_PAYMENT.ROLE.eq(DSL.inline(credited))));
    return page(
        transaction,
        RECHARGE_PAYMENT,
        RECHARGE_PAYMENT.ID,
        condition,
        page,
        RechargeLists::payment,
        RechargePayment::id);
  }

  @Override
  public ListPage<ListedRefund> refunds(
      Transaction transaction, RefundFilter filter, ListRequest page) {
    return RefundList.page(transaction, filter, page);
  }

  @Override
  public ListPage<RechargeComparison> comparisons(
      Transaction transaction, Optional<PaymentMethod> method, ListRequest page) {
    return page(
        transaction,
        RECHARGE_COMPARISON,
        RECHARGE_COMPARISON.ID,
        all(method.map(each -> RECHARGE_COMPARISON.METHOD.eq(each.code()))),
        page,
        row ->
            new RechargeComparison(
                row.getId(),
                row.getMethod(),
                row.getDay(),
                row.getState(),
                row.getAttempts(),
                row.getLines(),
                row.getMatched(),
                row.getDifferences(),
                row.getDetail(),
                row.getStartedAt(),
                Optional.ofNullable(row.getEndedAt())),
        RechargeComparison::id);
  }

  @Override
  public ListPage<RechargeCase> cases(
      Transaction transaction, RechargeCase.Filter filter, ListRequest page) {
    Condition condition =
        all(
            filter.tenant().map(tenant -> RECHARGE_CASE.TENANT_ID.eq(tenant.value())),
            filter.kind().map(RECHARGE_CASE.KIND::eq),
            filter.state().map(RECHARGE_CASE.STATE::eq),
            filter.comparison().map(RECHARGE_CASE.COMPARISON_ID::eq));
    return page(
        transaction,
        RECHARGE_CASE,
        RECHARGE_CASE.ID,
        condition,
        page,
        CaseDecisions::read,
        RechargeCase::id);
  }

  @Override
  public RechargeCase take(Transaction transaction, long id, AdminId admin) {
    return decisions.take(transaction, id, admin);
  }

  @Override
  public RechargeCase close(
      Transaction transaction, long id, AdminId admin, String action, String note) {
    return decisions.close(transaction, id, admin, action, note);
  }

  @Override
  public List<String> kinds() {
    return Arrays.stream(CaseKind.values()).map(CaseKind::code).toList();
  }

  private static RechargePayment payment(
      io.tollgate.schema.billing.tables.records.RechargePaymentRecord row) {
    Asset currency = Asset.money(row.getCurrency());
    return new RechargePayment(
        row.getId(),
        row.getOrderRef(),
        row.getPaymentId(),
        row.getRole(),
        new Amount(currency, row.getAmount()),
        new Amount(currency, row.getRefunded()),
        new AccountId(row.getAccountId()),
        row.getTransferId(),
        row.getCause(),
        row.getReceivedAt());
  }

  @SafeVarargs
  private static Condition all(Optional<Condition>... conditions) {
    return DSL.and(Arrays.stream(conditions).flatMap(Optional::stream).toList());
  }

  private static <R extends Record, T> ListPage<T> page(
      Transaction transaction,
      Table<R> table,
      TableField<R, Long> id,
      Condition condition,
      ListRequest page,
      Function<R, T> row,
      Function<T, Long> number) {
    Condition from =
        page.cursor().map(cursor -> condition.and(id.lt(parse(cursor)))).orElse(condition);
    return ListPage.of(
        transaction
            .sql()
            .selectFrom(table)
            .where(from)
            .orderBy(id.desc())
            .offset(page.offset())
            .limit(page.limit())
            .fetch(row::apply),
        page,
        shown -> Long.toString(number.apply(shown)),
        () -> transaction.sql().fetchCount(table, condition));
  }

  private static long parse(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", e);
    }
  }

  static Optional<TenantId> tenant(@org.jspecify.annotations.Nullable Long tenant) {
    return Optional.ofNullable(tenant).map(TenantId::new);
  }
}
