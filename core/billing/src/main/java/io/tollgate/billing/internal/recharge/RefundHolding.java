package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeRefundOrder;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.RequestHash;
import io.tollgate.metering.Metering;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The first step of a refund: what is to be given back is held, so that nobody spends it while the
 * channel is asked. What gateways hold of it is called back first.
 */
final class RefundHolding {
  private static final String PURPOSE = "recharge_refund";
  private static final int REASON_MAX = 200;
  private static final int KEY_MAX = 128;

  /** How often what was called back from gateways is looked for, and with which pause. */
  private static final int RECALLS = 10;

  private static final Duration PAUSE = Duration.ofMillis(150);

  /** The one who asked goes on with it; the job takes over when that one died. */
  private static final Duration BEFORE_THE_JOB = Duration.ofSeconds(15);

  private final Transactions transactions;
  private final Ledger ledger;
  private final OrderTable orders;
  private final PaymentTable payments;
  private final RefundTable refunds;
  private final OrderNumbers numbers;
  private final InstantSource clock;

  RefundHolding(
      Transactions transactions,
      Ledger ledger,
      OrderTable orders,
      PaymentTable payments,
      RefundTable refunds,
      OrderNumbers numbers,
      InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.orders = requireNonNull(orders, "orders is null");
    this.payments = requireNonNull(payments, "payments is null");
    this.refunds = requireNonNull(refunds, "refunds is null");
    this.numbers = requireNonNull(numbers, "numbers is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Holds it; the refund that was made with the same key, where there is one. */
  RefundTable.Stored hold(RechargeRefundOrder asked) {
    check(asked);
    Attempt attempt = transactions.write(transaction -> attempt(transaction, asked));
    for (int i = 0; i < RECALLS && attempt.recalled; i++) {
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Refusal(ErrorCode.UNAVAILABLE, "interrupted", e);
      }
      attempt = transactions.write(transaction -> attempt(transaction, asked));
    }
    Attempt last = attempt;
    return last.refund.orElseThrow(
        () ->
            new Refusal(
                ErrorCode.CONFLICT,
                "amount: "
                    + last.wanted.toPlainString()
                    + " is no longer there (expected: at most "
                    + last.available.toPlainString()
                    + ", as the rest was spent or is in flight)"));
  }

  private static void check(RechargeRefundOrder asked) {
    if (!RequestReading.isPlain(asked.reason(), REASON_MAX)) {
      throw GivenText.refused("reason", asked.reason(), "1 to " + REASON_MAX + " characters");
    }
    if (!RequestReading.isPlain(asked.idempotencyKey(), KEY_MAX)) {
      throw GivenText.refused(
          "Idempotency-Key", asked.idempotencyKey(), "1 to " + KEY_MAX + " characters");
    }
  }

  private Attempt attempt(Transaction transaction, RechargeRefundOrder asked) {
    StoredOrder found =
        orders
            .find(transaction, asked.tenant(), asked.orderId())
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.NOT_FOUND,
                        "there is no order " + GivenText.shown(asked.orderId())));
    StoredOrder order = orders.lock(transaction, found.id());
    byte[] hash =
        RequestHash.of(
            Long.toString(order.id()),
            asked.paymentId().orElse(""),
            asked
                .amount()
                .map(amount -> Long.toString(Amount.of(order.amount().asset(), amount).units()))
                .orElse(""));
    Optional<RefundTable.Stored> earlier =
        refunds.findByKey(transaction, asked.tenant(), asked.idempotencyKey());
    if (earlier.isPresent()) {
      if (!MessageDigest.isEqual(earlier.get().hash(), hash)) {
        throw new Refusal(
            ErrorCode.IDEMPOTENCY_CONFLICT,
            "Idempotency-Key: was used for another refund (expected: a new key, or the same one)");
      }
      return new Attempt(earlier, false, order.amount(), order.amount());
    }
    StoredPayment payment = payment(transaction, order, asked);
    Amount amount = amount(transaction, payment, asked);
    return hold(transaction, asked, payment, amount, hash);
  }

  private Attempt hold(
      Transaction transaction,
      RechargeRefundOrder asked,
      StoredPayment payment,
      Amount amount,
      byte[] hash) {
    Map<AccountId, Account> locked = ledger.lock(transaction, List.of(payment.account()));
    Account account =
        requireNonNull(locked.get(payment.account()), "the account of a payment is gone");
    Amount available = new Amount(amount.asset(), Math.max(0, account.available()));
    if (available.compareTo(amount) < 0) {
      boolean leased =
          account.held() > 0
              && !Metering.recallLeases(transaction, Set.of(payment.account())).isEmpty();
      return new Attempt(Optional.empty(), leased, amount, available);
    }
    UUID id = UUID.randomUUID();
    ledger.hold(
        transaction,
        asked.tenant(),
        id,
        PURPOSE,
        List.of(new Leg(payment.account(), amount.units())));
    Instant now = clock.instant();
    refunds.insert(
        transaction,
        id,
        payment,
        asked.tenant(),
        numbers.next(),
        amount,
        asked.reason(),
        asked.idempotencyKey(),
        hash,
        asked.admin(),
        now,
        now.plus(BEFORE_THE_JOB));
    return new Attempt(Optional.of(refunds.lock(transaction, id)), false, amount, available);
  }

  private StoredPayment payment(
      Transaction transaction, StoredOrder order, RechargeRefundOrder asked) {
    List<StoredPayment> all = payments.ofOrder(transaction, order.id());
    if (asked.paymentId().isPresent()) {
      String id = asked.paymentId().get();
      return all.stream()
          .filter(payment -> payment.paymentId().equals(id))
          .findFirst()
          .orElseThrow(
              () ->
                  new Refusal(
                      ErrorCode.NOT_FOUND, "the order has no payment " + GivenText.shown(id)));
    }
    return all.stream()
        .filter(payment -> payment.role() == PaymentRole.CREDITED)
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.CONFLICT,
                    "order " + order.order().orderId() + " was not paid (expected: a paid one)"));
  }

  private Amount amount(Transaction transaction, StoredPayment payment, RechargeRefundOrder asked) {
    Amount held = new Amount(payment.amount().asset(), refunds.held(transaction, payment.id()));
    Amount left = payment.amount().minus(payment.refunded()).minus(held);
    if (asked.amount().isEmpty() && left.isPositive()) {
      return left;
    }
    Amount amount =
        asked.amount().map(given -> Amount.of(left.asset(), given)).orElse(payment.amount());
    boolean cents = amount.toDecimal().scale() <= 2;
    if (!amount.isPositive() || !cents) {
      throw GivenText.refused("amount", amount.toPlainString(), "above 0, at most 2 decimals");
    }
    if (amount.compareTo(left) > 0) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "amount: "
              + amount.toPlainString()
              + " (expected: at most "
              + left.toPlainString()
              + ", what is left of the payment)");
    }
    return amount;
  }

  /** What came of it; recalled: gateways have been asked to give back what they hold. */
  private record Attempt(
      Optional<RefundTable.Stored> refund, boolean recalled, Amount wanted, Amount available) {}
}
