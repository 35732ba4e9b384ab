package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.payments.ChannelPayment;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Books payments in the ledger, each once: it is named by its channel and what that calls it. */
final class PaymentBooks {
  /** Namespace of the idempotency keys. */
  static final String OPERATION = "billing.recharge";

  private final Ledger ledger;

  PaymentBooks(Ledger ledger) {
    this.ledger = requireNonNull(ledger, "ledger is null");
  }

  /** Where it was booked. */
  record Booked(AccountId account, UUID transfer) {}

  /** From the world to the user's balance, which pays first what the user owes. */
  Booked credit(Transaction transaction, StoredOrder order, ChannelPayment payment, Instant now) {
    return book(transaction, order, payment, "recharge", balanceOf(order), now);
  }

  /** From the world to where payments are kept apart. */
  Booked keepApart(
      Transaction transaction, StoredOrder order, ChannelPayment payment, Instant now) {
    AccountKey apart =
        AccountKey.ofTenant(order.tenant(), AccountKind.SUSPENSE, payment.amount().asset());
    return book(transaction, order, payment, "recharge_kept_apart", apart, now);
  }

  static AccountKey balanceOf(StoredOrder order) {
    return AccountKey.ofUser(
        order.tenant(), order.order().user(), AccountKind.BALANCE, order.amount().asset());
  }

  AccountId world(Transaction transaction, TenantId tenant, Asset currency) {
    return ledger.open(
        transaction,
        AccountKey.world(tenant, AccountKind.WORLD_PAYMENTS, currency),
        AccountTerms.PLAIN);
  }

  private Booked book(
      Transaction transaction,
      StoredOrder order,
      ChannelPayment payment,
      String kind,
      AccountKey to,
      Instant now) {
    Asset currency = payment.amount().asset();
    long units = payment.amount().units();
    ledger.define(transaction, currency);
    AccountId world = world(transaction, order.tenant(), currency);
    AccountId account = ledger.open(transaction, to, AccountTerms.PLAIN);
    String key = order.method().code() + ":" + payment.id();
    Posting posting =
        ledger.post(
            transaction,
            new TransferRequest(
                kind,
                order.tenant(),
                OPERATION,
                key,
                RequestHash.of(kind, key, Long.toString(order.id()), Long.toString(units)),
                order.order().orderId(),
                now,
                List.of(new Leg(world, -units), new Leg(account, units)),
                List.of()));
    if (posting.repeated()) {
      throw new IllegalStateException(
          "payment " + key + " was booked before (expected: its row says so)");
    }
    return new Booked(account, posting.transfer());
  }
}
