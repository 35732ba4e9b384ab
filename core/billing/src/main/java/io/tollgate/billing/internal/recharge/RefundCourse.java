package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeRefund;
import io.tollgate.billing.RechargeRefund.State;
import io.tollgate.billing.RechargeRefundOrder;
import io.tollgate.billing.RechargeRefunds;
import io.tollgate.billing.internal.crash.BillingStep;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.PaymentChannel;
import io.tollgate.payments.RefundRequest;
import io.tollgate.payments.RefundStanding;
import io.tollgate.payments.RefundState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The way of a refund: held, asked for at the channel, booked. Each step bears being done twice:
 * the channel knows the refund by its number, and the books look at its row, locked.
 */
final class RefundCourse implements RechargeRefunds {
  /** Namespace of the idempotency keys. */
  static final String OPERATION = "billing.recharge.refund";

  /** Keys of refunds that take the place of failed ones. */
  private static final String RETRY = "retry:";

  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration SOONEST = Duration.ofSeconds(5);
  private static final int MOST_DOUBLINGS = 10;
  private static final int MAX = 100;

  private final RechargeWing.Ground ground;
  private final RefundHolding holding;
  private final OrderTable orders;
  private final PaymentTable payments;
  private final RefundTable refunds;
  private final CaseTable cases;
  private final PaymentBooks books;
  private final RechargeSignals signals;
  private final RechargeMeters meters;

  RefundCourse(
      RechargeWing.Ground ground,
      RefundHolding holding,
      OrderTable orders,
      PaymentTable payments,
      RefundTable refunds,
      CaseTable cases,
      PaymentBooks books,
      RechargeSignals signals,
      RechargeMeters meters) {
    this.ground = requireNonNull(ground, "ground is null");
    this.holding = requireNonNull(holding, "holding is null");
    this.orders = requireNonNull(orders, "orders is null");
    this.payments = requireNonNull(payments, "payments is null");
    this.refunds = requireNonNull(refunds, "refunds is null");
    this.cases = requireNonNull(cases, "cases is null");
    this.books = requireNonNull(books, "books is null");
    this.signals = requireNonNull(signals, "signals is null");
    this.meters = requireNonNull(meters, "meters is null");
  }

  @Override
  public RechargeRefund refund(RechargeRefundOrder asked) {
    return meters.timed(
        "refund",
        () -> {
          RefundTable.Stored held = holding.hold(asked);
          ground.steps().reach(BillingStep.REFUND_HELD);
          return shown(held.state() == State.HELD ? advance(held, held.attempts() > 0) : held);
        });
  }

  @Override
  public RechargeRefund retry(UUID id, AdminId admin) {
    RefundTable.Stored refund =
        ground
            .transactions()
            .read(transaction -> refunds.find(transaction, id))
            .orElseThrow(
                () -> new Refusal(ErrorCode.NOT_FOUND, "there is no refund of a recharge " + id));
    return switch (refund.state()) {
      case HELD -> meters.timed("refund", () -> shown(advance(refund, true)));
      case FAILED -> refund(anew(refund, admin));
      case BOOKED ->
          throw new Refusal(
              ErrorCode.CONFLICT,
              "refund " + id + " was given back (expected: one that is held or has failed)");
    };
  }

  /** Another refund in place of one that failed, once. */
  private RechargeRefundOrder anew(RefundTable.Stored refund, AdminId admin) {
    return ground
        .transactions()
        .read(
            transaction -> {
              StoredOrder order = orders.find(transaction, refund.order()).orElseThrow();
              StoredPayment payment = payments.find(transaction, refund.payment()).orElseThrow();
              return new RechargeRefundOrder(
                  refund.tenant(),
                  order.order().orderId(),
                  Optional.of(payment.paymentId()),
                  Optional.of(new Amount(payment.amount().asset(), refund.units()).toDecimal()),
                  refund.reason(),
                  RETRY + refund.id(),
                  Optional.of(admin));
            });
  }

  RecurringJob job() {
    return new RecurringJob("billing.recharge_refunds", EVERY, this::run);
  }

  private void run() {
    Instant now = ground.clock().instant();
    List<RefundTable.Stored> open = ground.transactions().read(tx -> refunds.open(tx, now, MAX));
    for (RefundTable.Stored refund : open) {
      RefundTable.Stored _ = advance(refund, true);
    }
  }

  /**
   * Asks the channel and does what follows.
   *
   * @param again whether the channel may know the refund already
   */
  private RefundTable.Stored advance(RefundTable.Stored refund, boolean again) {
    StoredOrder order =
        ground
            .transactions()
            .read(tx -> orders.find(tx, refund.order()))
            .orElseThrow(() -> new IllegalStateException("a refund's order is gone"));
    StoredPayment payment =
        ground
            .transactions()
            .read(tx -> payments.find(tx, refund.payment()))
            .orElseThrow(() -> new IllegalStateException("a refund's payment is gone"));
    RefundStanding standing;
    try {
      standing = ask(order, payment, refund, again);
    } catch (ChannelFault fault) {
      String said = String.valueOf(fault.getMessage());
      return fault.kind() == ChannelFault.Kind.REFUSED
          ? fail(order, refund, Optional.empty(), said)
          : later(refund, Optional.empty(), said);
    }
    ground.steps().reach(BillingStep.REFUND_ASKED);
    return switch (standing.state()) {
      case DONE -> book(order, refund, standing);
      case PENDING, ABSENT -> later(refund, standing.channelRefund(), standing.detail());
      case FAILED -> fail(order, refund, standing.channelRefund(), standing.detail());
    };
  }

  private RefundStanding ask(
      StoredOrder order, StoredPayment payment, RefundTable.Stored refund, boolean again) {
    PaymentChannel channel =
        ground
            .channels()
            .find(order.method())
            .orElseThrow(() -> ChannelFault.unknown("the channel is not configured here"));
    RefundRequest request =
        new RefundRequest(
            refund.number(),
            order.channelOrder(),
            payment.paymentId(),
            payment.amount(),
            new Amount(payment.amount().asset(), refund.units()),
            refund.reason(),
            refund.channelRefund());
    if (again) {
      RefundStanding known = channel.queryRefund(request);
      if (known.state() != RefundState.ABSENT) {
        return known;
      }
    }
    return channel.refund(request);
  }

  private RefundTable.Stored book(
      StoredOrder seen, RefundTable.Stored refund, RefundStanding standing) {
    RefundTable.Stored booked =
        ground
            .transactions()
            .write(
                transaction -> {
                  StoredOrder order = orders.lock(transaction, seen.id());
                  RefundTable.Stored locked = refunds.lock(transaction, refund.id());
                  if (locked.state() != State.HELD) {
                    return locked;
                  }
                  book(transaction, order, locked, standing);
                  ground.steps().reach(BillingStep.REFUND_BOOKING);
                  return refunds.lock(transaction, refund.id());
                });
    ground.steps().reach(BillingStep.REFUND_BOOKED);
    return booked;
  }

  private void book(
      Transaction transaction,
      StoredOrder order,
      RefundTable.Stored refund,
      RefundStanding standing) {
    StoredPayment payment = payments.find(transaction, refund.payment()).orElseThrow();
    Instant now = ground.clock().instant();
    AccountId world = books.world(transaction, refund.tenant(), payment.amount().asset());
    Posting posting =
        ground
            .ledger()
            .post(
                transaction,
                new TransferRequest(
                    "recharge_refund",
                    refund.tenant(),
                    OPERATION,
                    refund.id().toString(),
                    RequestHash.of(refund.id().toString(), Long.toString(refund.units())),
                    order.order().orderId(),
                    now,
                    List.of(
                        new Leg(payment.account(), -refund.units()),
                        new Leg(world, refund.units())),
                    List.of(refund.id())));
    refunds.finish(
        transaction,
        refund,
        State.BOOKED,
        Optional.of(posting.transfer()),
        standing.channelRefund(),
        standing.detail(),
        now);
    long refunded = Math.addExact(payment.refunded().units(), refund.units());
    payments.setRefunded(transaction, payment.id(), refunded);
    Amount amount = new Amount(payment.amount().asset(), refund.units());
    if (payment.role() == PaymentRole.CREDITED) {
      orders.move(
          transaction, order, OrderMove.refunded(order, refunded, amount, refund.reason()), now);
      signals.refunded(transaction, order, amount);
    } else {
      signals.returned(transaction, amount);
    }
  }

  private RefundTable.Stored later(
      RefundTable.Stored refund, Optional<String> channelRefund, String detail) {
    return ground
        .transactions()
        .write(
            transaction -> {
              RefundTable.Stored locked = refunds.lock(transaction, refund.id());
              Instant now = ground.clock().instant();
              long doublings = Math.min(locked.attempts(), MOST_DOUBLINGS);
              refunds.later(
                  transaction,
                  locked,
                  channelRefund,
                  detail,
                  now,
                  now.plus(SOONEST.multipliedBy(1L << doublings)));
              return refunds.lock(transaction, refund.id());
            });
  }

  private RefundTable.Stored fail(
      StoredOrder order, RefundTable.Stored refund, Optional<String> channelRefund, String detail) {
    return ground
        .transactions()
        .write(
            transaction -> {
              RefundTable.Stored locked = refunds.lock(transaction, refund.id());
              if (locked.state() != State.HELD) {
                return locked;
              }
              Instant now = ground.clock().instant();
              ground.ledger().release(transaction, locked.tenant(), locked.id());
              refunds.finish(
                  transaction, locked, State.FAILED, Optional.empty(), channelRefund, detail, now);
              boolean _ =
                  cases.open(
                      transaction, CaseKind.REFUND_FAILED, order, locked.number(), detail, now);
              return refunds.lock(transaction, refund.id());
            });
  }

  private RechargeRefund shown(RefundTable.Stored refund) {
    StoredPayment payment =
        ground.transactions().read(tx -> payments.find(tx, refund.payment())).orElseThrow();
    return shown(refund, payment);
  }

  static RechargeRefund shown(RefundTable.Stored refund, StoredPayment payment) {
    return new RechargeRefund(
        refund.id(),
        refund.order(),
        payment.paymentId(),
        refund.number(),
        new Amount(payment.amount().asset(), refund.units()),
        refund.reason(),
        refund.state(),
        refund.channelRefund(),
        refund.detail(),
        refund.transfer(),
        refund.createdAt(),
        refund.updatedAt());
  }
}
