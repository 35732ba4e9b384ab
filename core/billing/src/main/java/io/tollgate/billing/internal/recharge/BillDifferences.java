package io.tollgate.billing.internal.recharge;

import static io.tollgate.schema.billing.Tables.RECHARGE_ORDER;
import static io.tollgate.schema.billing.Tables.RECHARGE_PAYMENT;
import static io.tollgate.schema.billing.Tables.RECHARGE_REFUND;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.payments.BillLine;
import io.tollgate.payments.ChannelBill;
import io.tollgate.payments.PaymentChannel;
import io.tollgate.payments.PaymentMethod;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Finds what differs between a day's bill and the books. A payment at midnight may stand in one
 * day's bill and in the next day's books, so that what we booked has a day longer to show up.
 */
final class BillDifferences {
  private final OrderTable orders;
  private final CaseTable cases;

  BillDifferences(OrderTable orders, CaseTable cases) {
    this.orders = requireNonNull(orders, "orders is null");
    this.cases = requireNonNull(cases, "cases is null");
  }

  /** A row of ours that a line of the bill is about. */
  private record Ours(long tenant, long order, Amount amount) {}

  ComparisonTable.Counts find(
      Transaction transaction, long run, PaymentChannel channel, ChannelBill bill, Instant now) {
    PaymentMethod method = channel.method();
    int matched = 0;
    int differing = 0;
    for (BillLine line : bill.lines()) {
      Optional<Ours> ours =
          line.refund().isPresent()
              ? billedRefund(transaction, method, line, bill.day())
              : billedPayment(transaction, method, line, bill.day());
      if (ours.isPresent() && ours.get().amount().equals(line.amount())) {
        matched++;
      } else {
        differing++;
        open(transaction, run, method, line, ours, now);
      }
    }
    differing += missing(transaction, run, channel, bill.day(), now);
    return new ComparisonTable.Counts(bill.lines().size(), matched, differing);
  }

  private void open(
      Transaction transaction,
      long run,
      PaymentMethod method,
      BillLine line,
      Optional<Ours> ours,
      Instant now) {
    boolean refund = line.refund().isPresent();
    Optional<StoredOrder> order =
        ours.map(Ours::order)
            .flatMap(id -> orders.find(transaction, id))
            .or(() -> orders.findAtChannel(transaction, method, line.order()));
    CaseKind kind =
        ours.isPresent()
            ? CaseKind.AMOUNT_DIFFERS
            : refund ? CaseKind.REFUND_NOT_BOOKED : CaseKind.NOT_BOOKED;
    String what = refund ? "refund " + line.refund().get() : "payment " + line.payment();
    String booked = ours.map(each -> "; booked: " + each.amount()).orElse("; not booked");
    boolean _ =
        cases.open(
            transaction,
            kind,
            method.code() + ":" + what,
            new CaseTable.Place(
                order.map(StoredOrder::tenant),
                order.map(StoredOrder::id),
                Optional.of(run),
                method),
            "bill: " + what + " of order " + line.order() + ", " + line.amount() + booked,
            now);
  }

  private static Optional<Ours> billedPayment(
      Transaction transaction, PaymentMethod method, BillLine line, LocalDate day) {
    return transaction
        .sql()
        .update(RECHARGE_PAYMENT)
        .set(RECHARGE_PAYMENT.BILLED_ON, day)
        .where(RECHARGE_PAYMENT.METHOD.eq(method.code()))
        .and(RECHARGE_PAYMENT.PAYMENT_ID.eq(line.payment()))
        .returning()
        .fetch(
            row ->
                new Ours(
                    row.getTenantId(),
                    row.getOrderRef(),
                    new Amount(Asset.money(row.getCurrency()), row.getAmount())))
        .stream()
        .findFirst();
  }

  private static Optional<Ours> billedRefund(
      Transaction transaction, PaymentMethod method, BillLine line, LocalDate day) {
    String number = line.refund().orElse("");
    return transaction
        .sql()
        .update(RECHARGE_REFUND)
        .set(RECHARGE_REFUND.BILLED_ON, day)
        .from(RECHARGE_PAYMENT)
        .where(RECHARGE_PAYMENT.ID.eq(RECHARGE_REFUND.PAYMENT_REF))
        .and(RECHARGE_PAYMENT.METHOD.eq(method.code()))
        .and(RECHARGE_REFUND.NUMBER.eq(number).or(RECHARGE_REFUND.CHANNEL_REFUND.eq(number)))
        .and(RECHARGE_REFUND.STATE.ne("failed"))
        .returning(
            RECHARGE_REFUND.TENANT_ID,
            RECHARGE_REFUND.ORDER_REF,
            RECHARGE_PAYMENT.CURRENCY,
            RECHARGE_REFUND.AMOUNT)
        .fetch(
            row ->
                new Ours(
                    row.get(RECHARGE_REFUND.TENANT_ID),
                    row.get(RECHARGE_REFUND.ORDER_REF),
                    new Amount(
                        Asset.money(row.get(RECHARGE_PAYMENT.CURRENCY)),
                        row.get(RECHARGE_REFUND.AMOUNT))))
        .stream()
        .findFirst();
  }

  /** What we booked the day before, and no bill has. */
  private int missing(
      Transaction transaction, long run, PaymentChannel channel, LocalDate day, Instant now) {
    ZoneId zone = channel.billZone();
    Instant from = day.minusDays(1).atStartOfDay(zone).toInstant();
    Instant to = day.atStartOfDay(zone).toInstant();
    PaymentMethod method = channel.method();
    int payments =
        transaction
            .sql()
            .selectFrom(RECHARGE_PAYMENT)
            .where(RECHARGE_PAYMENT.METHOD.eq(method.code()))
            .and(RECHARGE_PAYMENT.RECEIVED_AT.ge(from))
            .and(RECHARGE_PAYMENT.RECEIVED_AT.lt(to))
            .and(RECHARGE_PAYMENT.BILLED_ON.isNull())
            .fetch()
            .map(
                row ->
                    openMissing(
                        transaction,
                        run,
                        CaseKind.NOT_IN_BILL,
                        method,
                        row.getTenantId(),
                        row.getOrderRef(),
                        "payment " + row.getPaymentId(),
                        now))
            .size();
    int refunds =
        transaction
            .sql()
            .select(RECHARGE_REFUND.TENANT_ID, RECHARGE_REFUND.ORDER_REF, RECHARGE_REFUND.NUMBER)
            .from(RECHARGE_REFUND)
            .join(RECHARGE_ORDER)
            .on(RECHARGE_ORDER.ID.eq(RECHARGE_REFUND.ORDER_REF))
            .where(RECHARGE_ORDER.METHOD.eq(method.code()))
            .and(RECHARGE_REFUND.STATE.eq("booked"))
            .and(RECHARGE_REFUND.UPDATED_AT.ge(from))
            .and(RECHARGE_REFUND.UPDATED_AT.lt(to))
            .and(RECHARGE_REFUND.BILLED_ON.isNull())
            .fetch()
            .map(
                row ->
                    openMissing(
                        transaction,
                        run,
                        CaseKind.REFUND_NOT_IN_BILL,
                        method,
                        row.value1(),
                        row.value2(),
                        "refund " + row.value3(),
                        now))
            .size();
    return payments + refunds;
  }

  private boolean openMissing(
      Transaction transaction,
      long run,
      CaseKind kind,
      PaymentMethod method,
      long tenant,
      long order,
      String what,
      Instant now) {
    return cases.open(
        transaction,
        kind,
        method.code() + ":" + what,
        new CaseTable.Place(
            Optional.of(new TenantId(tenant)), Optional.of(order), Optional.of(run), method),
        what + " is booked, and in no bill of the channel",
        now);
  }
}
