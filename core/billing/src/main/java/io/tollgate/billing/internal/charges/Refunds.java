package io.tollgate.billing.internal.charges;

import static io.tollgate.schema.billing.Tables.SERVICE_REFUND;
import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ServiceRefund;
import io.tollgate.billing.internal.grants.GivenGrants;
import io.tollgate.billing.internal.grants.QuotaUse;
import io.tollgate.billing.internal.limits.OpenLimits;
import io.tollgate.data.OutboxEvent;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives charges back: exactly the legs that paid, once, by a contra transfer. Spend limits get
 * theirs back while their windows are open.
 */
final class Refunds {
  /** Namespace of the idempotency keys: a charge's id. */
  static final String OPERATION = "billing.service_refunds";

  private final Ledger ledger;
  private final OpenLimits limits;
  private final TenantAccounts tenants;
  private final InstantSource clock;
  private final ChargeSteps steps;
  private final GivenGrants given = new GivenGrants();

  Refunds(
      Ledger ledger,
      OpenLimits limits,
      TenantAccounts tenants,
      InstantSource clock,
      ChargeSteps steps) {
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.steps = requireNonNull(steps, "steps is null");
  }

  /** The charge that was given back, now or before. */
  StoredCharge refund(Transaction transaction, ServiceRefund refund) {
    StoredCharge charge =
        ChargeTable.find(transaction, refund.tenant(), refund.record())
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.NOT_FOUND, "record " + refund.record() + " is not there"));
    Optional<String> before = reason(transaction, charge);
    if (before.isPresent()) {
      return repeated(charge, before.get(), refund);
    }
    Instant now = clock.instant().truncatedTo(MICROS);
    UUID transfer = charge.legs().isEmpty() ? null : post(transaction, charge, now);
    if (!insert(transaction, charge, refund, transfer, now)) {
      // another refund was faster: its transfer is the one that was posted
      return repeated(charge, reason(transaction, charge).orElse(""), refund);
    }
    DayTable days = new DayTable();
    days.remove(charge);
    transaction.sql().connection(days::write);
    tell(transaction, charge);
    steps.reach(ChargeStep.REFUND_WRITTEN);
    return charge;
  }

  /** Tells of money and of quota that came back; of a month that has ended none did. */
  private void tell(Transaction transaction, StoredCharge charge) {
    Subject subject = new Subject(charge.tenant(), charge.user());
    List<Account> accounts = ledger.ofUser(transaction, charge.tenant(), charge.user());
    List<OutboxEvent> events = new ArrayList<>();
    Asset currency = charge.amount().asset();
    if (!charge.amount().isZero()) {
      events.add(
          subject.event(
              "balance.changed",
              EventFields.of()
                  .with("balance", new Amount(currency, sum(accounts, currency)).toDecimal())
                  .with("change", charge.amount().toDecimal())
                  .with("reason", "refund")
                  .with("reference_id", charge.id().toString())));
    }
    quota(charge, accounts)
        .ifPresent(
            asset ->
                events.add(
                    subject.event(
                        "quota.updated", standing(transaction, charge, accounts, asset).fields())));
    transaction.publishAll(events);
  }

  /** In what the quota is counted of which something came back. */
  private static Optional<Asset> quota(StoredCharge charge, List<Account> accounts) {
    Set<AccountId> paid = new LinkedHashSet<>();
    charge.legs().forEach(leg -> paid.add(leg.account()));
    return accounts.stream()
        .filter(account -> paid.contains(account.id()))
        .map(account -> account.key().asset())
        .filter(asset -> !asset.equals(charge.amount().asset()))
        .findFirst();
  }

  private QuotaStanding standing(
      Transaction transaction, StoredCharge charge, List<Account> accounts, Asset quota) {
    List<AccountId> ids =
        accounts.stream()
            .filter(account -> account.key().asset().equals(quota))
            .map(Account::id)
            .toList();
    long limit = given.sums(transaction, ids).values().stream().mapToLong(Long::longValue).sum();
    return new QuotaStanding(
        charge.service(), new QuotaUse(limit, Math.max(0, sum(accounts, quota))));
  }

  private static long sum(List<Account> accounts, Asset asset) {
    return accounts.stream()
        .filter(account -> account.key().asset().equals(asset))
        .mapToLong(Account::balance)
        .reduce(0, Math::addExact);
  }

  private UUID post(Transaction transaction, StoredCharge charge, Instant now) {
    Map<Asset, Long> given = new HashMap<>();
    List<Leg> legs = new ArrayList<>();
    Set<AccountId> allowances = limits.returning(transaction, charge.limits(), now);
    Set<AccountId> locked = new LinkedHashSet<>(allowances);
    charge.legs().forEach(leg -> locked.add(leg.account()));
    Map<AccountId, Account> accounts = ledger.lock(transaction, locked);
    for (Leg leg : charge.legs()) {
      Account account =
          requireNonNull(accounts.get(leg.account()), "the account of a charge is gone");
      given.merge(account.key().asset(), leg.units(), Math::addExact);
      legs.add(leg);
    }
    given.forEach(
        (asset, units) ->
            legs.add(new Leg(tenants.revenue(transaction, charge.tenant(), asset), -units)));
    allowances.forEach(each -> legs.add(new Leg(each, charge.amount().units())));
    if (!allowances.isEmpty()) {
      long counted = Math.multiplyExact(charge.amount().units(), (long) allowances.size());
      legs.add(
          new Leg(tenants.limits(transaction, charge.tenant(), charge.amount().asset()), -counted));
    }
    String key = charge.id().toString();
    Posting posting =
        ledger.post(
            transaction,
            new TransferRequest(
                "service_refund",
                charge.tenant(),
                OPERATION,
                key,
                RequestHash.of(OPERATION, key),
                key,
                now,
                legs,
                List.of()));
    return posting.transfer();
  }

  private static boolean insert(
      Transaction transaction,
      StoredCharge charge,
      ServiceRefund refund,
      @Nullable UUID transfer,
      Instant now) {
    return transaction
            .sql()
            .insertInto(SERVICE_REFUND)
            .set(SERVICE_REFUND.CHARGE_ID, charge.id().value())
            .set(SERVICE_REFUND.TENANT_ID, charge.tenant().value())
            .set(SERVICE_REFUND.TRANSFER_ID, transfer)
            .set(SERVICE_REFUND.REASON, refund.reason())
            .set(SERVICE_REFUND.REFUNDED_AT, now)
            .onConflictDoNothing()
            .execute()
        == 1;
  }

  private static Optional<String> reason(Transaction transaction, StoredCharge charge) {
    return transaction
        .sql()
        .select(SERVICE_REFUND.REASON)
        .from(SERVICE_REFUND)
        .where(SERVICE_REFUND.CHARGE_ID.eq(charge.id().value()))
        .fetchOptional(SERVICE_REFUND.REASON);
  }

  private static StoredCharge repeated(StoredCharge charge, String before, ServiceRefund refund) {
    if (!before.equals(refund.reason())) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "record " + charge.id() + " was given back before, for another reason (expected: once)");
    }
    return charge;
  }
}
