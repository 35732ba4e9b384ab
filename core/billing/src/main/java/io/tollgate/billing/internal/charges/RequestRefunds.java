package io.tollgate.billing.internal.charges;

import static io.tollgate.schema.billing.Tables.CHARGE_REFUND;
import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ChargeRefunds;
import io.tollgate.billing.HandPostings;
import io.tollgate.billing.internal.limits.OpenLimits;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.EntryFilter;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.LedgerEntry;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.metering.UsageFilter;
import io.tollgate.metering.UsageQueries;
import io.tollgate.metering.UsageRecord;
import io.tollgate.schema.billing.tables.records.ChargeRefundRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives charges of requests back: the legs that the ledger has of them, the other way around.
 * Limits get theirs back while their windows are open; what was owed and has been paid since goes
 * to the balance.
 */
public final class RequestRefunds implements ChargeRefunds {
  /** Namespace of the idempotency keys: a charge's id. */
  static final String OPERATION = "relay.refund";

  private static final String KIND = "relay_refund";
  private static final String CHARGED = "relay_charge";
  private static final int MAX_ENTRIES = 500;
  private static final int KEY_MAX = 128;
  private static final int REASON_MAX = 200;

  private final Ledger ledger;
  private final LedgerQueries queries;
  private final UsageQueries usage;
  private final OpenLimits limits;
  private final TenantAccounts tenants;
  private final InstantSource clock;

  public RequestRefunds(
      Ledger ledger,
      LedgerQueries queries,
      UsageQueries usage,
      OpenLimits limits,
      InstantSource clock) {
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.queries = requireNonNull(queries, "queries is null");
    this.usage = requireNonNull(usage, "usage is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.tenants = new TenantAccounts(ledger);
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public Refunded refund(Transaction transaction, ChargeId charge, HandPostings.By by) {
    check(by);
    UsageRecord record =
        usage.search(transaction, UsageFilter.of(charge), 1, Optional.empty()).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new Refusal(ErrorCode.NOT_FOUND, "request " + charge + " is not in the books"));
    Optional<ChargeRefundRecord> before = row(transaction, charge);
    if (before.isPresent()) {
      return repeated(before.get(), by);
    }
    requireUnused(transaction, record.tenant(), by.key());
    requireRefundable(record);
    Instant now = clock.instant().truncatedTo(MICROS);
    Posting posting = post(transaction, record, now);
    if (!insert(transaction, record, posting, by, now)) {
      // another refund was faster: its transfer is the one that was posted
      return repeated(row(transaction, charge).orElseThrow(), by);
    }
    tell(transaction, record);
    transaction.changed(record.user());
    return shown(row(transaction, charge).orElseThrow());
  }

  @Override
  public Optional<Refunded> find(Transaction transaction, ChargeId charge) {
    return row(transaction, charge).map(RequestRefunds::shown);
  }

  private static void check(HandPostings.By by) {
    if (by.key().isBlank() || by.key().length() > KEY_MAX) {
      throw GivenText.refused("Idempotency-Key", by.key(), "1 to " + KEY_MAX + " characters");
    }
    if (by.reason().isBlank() || by.reason().length() > REASON_MAX) {
      throw GivenText.refused("reason", by.reason(), "1 to " + REASON_MAX + " characters");
    }
  }

  private static void requireRefundable(UsageRecord record) {
    String request = "request " + record.charge();
    switch (record.outcome()) {
      case PENDING ->
          throw new Refusal(
              ErrorCode.CONFLICT, request + " is not settled (expected: a settled one)");
      case IN_DOUBT ->
          // what it is charged is replaced, and given back, when its result is found
          throw new Refusal(
              ErrorCode.CONFLICT,
              request
                  + " was charged without its result, which may still be found (expected: one"
                  + " that was charged by its result)");
      case SETTLED -> {
        if (record.cost() == 0 && record.quotaTokens() == 0) {
          throw new Refusal(ErrorCode.CONFLICT, request + " cost nothing (expected: a charge)");
        }
      }
    }
  }

  private Posting post(Transaction transaction, UsageRecord record, Instant now) {
    List<LedgerEntry> taken = taken(transaction, record);
    Map<AccountId, Account> known =
        queries.accounts(transaction, taken.stream().map(LedgerEntry::account).distinct().toList());
    Set<AccountId> allowances =
        taken.stream()
            .map(LedgerEntry::account)
            .filter(id -> isKind(known, id, AccountKind.LIMIT))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<AccountId> open = limits.returning(transaction, allowances, now);
    Set<AccountId> returning = new LinkedHashSet<>();
    taken.stream()
        .map(LedgerEntry::account)
        .filter(id -> !allowances.contains(id) || open.contains(id))
        .forEach(returning::add);
    Map<AccountId, Account> locked = ledger.lock(transaction, returning);
    Map<AccountId, Long> contra = new HashMap<>();
    List<Leg> legs = new ArrayList<>();
    for (LedgerEntry entry : taken) {
      Account account = locked.get(entry.account());
      if (account == null) {
        continue;
      }
      long units = Math.negateExact(entry.amount().units());
      legs.addAll(back(transaction, record, account, units));
      Asset asset = account.key().asset();
      AccountId from =
          account.key().kind() == AccountKind.LIMIT
              ? tenants.limits(transaction, record.tenant(), record.currency())
              : tenants.revenue(transaction, record.tenant(), asset);
      contra.merge(from, -units, Math::addExact);
    }
    contra.forEach((account, units) -> legs.add(new Leg(account, units)));
    String key = record.charge().toString();
    return ledger.post(
        transaction,
        new TransferRequest(
            KIND,
            record.tenant(),
            OPERATION,
            key,
            RequestHash.of(OPERATION, key),
            key,
            now,
            legs,
            List.of()));
  }

  /** What the request took of the user's accounts. */
  private List<LedgerEntry> taken(Transaction transaction, UsageRecord record) {
    EntryFilter ofCharge =
        new EntryFilter(
            Optional.of(record.tenant()),
            Optional.empty(),
            Optional.empty(),
            Optional.of(record.charge().toString()),
            Optional.empty(),
            Optional.empty());
    return queries.entries(transaction, ofCharge, ListRequest.first(MAX_ENTRIES)).rows().stream()
        .filter(entry -> entry.kind().equals(CHARGED) && entry.amount().units() < 0)
        .toList();
  }

  /** What has been paid of a debt since goes to where payments go. */
  private List<Leg> back(Transaction transaction, UsageRecord record, Account account, long units) {
    if (account.key().kind() != AccountKind.OWED) {
      return List.of(new Leg(account.id(), units));
    }
    long open = Math.min(units, Math.max(0, Math.negateExact(account.balance())));
    List<Leg> legs = new ArrayList<>();
    if (open > 0) {
      legs.add(new Leg(account.id(), open));
    }
    if (units > open) {
      AccountKey balance =
          AccountKey.ofUser(
              record.tenant(), record.user(), AccountKind.BALANCE, account.key().asset());
      legs.add(new Leg(ledger.open(transaction, balance, AccountTerms.PLAIN), units - open));
    }
    return legs;
  }

  private static boolean isKind(Map<AccountId, Account> known, AccountId id, AccountKind kind) {
    Account account = known.get(id);
    return account != null && account.key().kind() == kind;
  }

  private static boolean insert(
      Transaction transaction,
      UsageRecord record,
      Posting posting,
      HandPostings.By by,
      Instant now) {
    return transaction
            .sql()
            .insertInto(CHARGE_REFUND)
            .set(CHARGE_REFUND.CHARGE_ID, record.charge().value())
            .set(CHARGE_REFUND.TENANT_ID, record.tenant().value())
            .set(CHARGE_REFUND.USER_ID, record.user().value())
            .set(CHARGE_REFUND.IDEMPOTENCY_KEY, by.key())
            .set(CHARGE_REFUND.CURRENCY, record.currency().code())
            .set(CHARGE_REFUND.AMOUNT, record.cost())
            .set(CHARGE_REFUND.QUOTA_TOKENS, record.quotaTokens())
            .set(CHARGE_REFUND.TRANSFER_ID, posting.transfer())
            .set(CHARGE_REFUND.ADMIN_ID, by.admin().value())
            .set(CHARGE_REFUND.REASON, by.reason())
            .set(CHARGE_REFUND.REFUNDED_AT, now)
            .onConflict(CHARGE_REFUND.CHARGE_ID)
            .doNothing()
            .execute()
        == 1;
  }

  private static Optional<ChargeRefundRecord> row(Transaction transaction, ChargeId charge) {
    return transaction
        .sql()
        .selectFrom(CHARGE_REFUND)
        .where(CHARGE_REFUND.CHARGE_ID.eq(charge.value()))
        .fetchOptional();
  }

  private static void requireUnused(Transaction transaction, TenantId tenant, String key) {
    boolean used =
        transaction
            .sql()
            .fetchExists(
                CHARGE_REFUND,
                CHARGE_REFUND
                    .TENANT_ID
                    .eq(tenant.value())
                    .and(CHARGE_REFUND.IDEMPOTENCY_KEY.eq(key)));
    if (used) {
      throw new Refusal(
          ErrorCode.IDEMPOTENCY_CONFLICT,
          "Idempotency-Key: was used for another charge (expected: a new key, or the same one)");
    }
  }

  private static Refunded repeated(ChargeRefundRecord row, HandPostings.By by) {
    if (!row.getIdempotencyKey().equals(by.key())) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "request " + row.getChargeId() + " was given back before (expected: once)");
    }
    return shown(row);
  }

  private static Refunded shown(ChargeRefundRecord row) {
    return new Refunded(
        new ChargeId(row.getChargeId()),
        new TenantId(row.getTenantId()),
        new UserId(row.getUserId()),
        new Amount(Asset.money(row.getCurrency()), row.getAmount()),
        row.getQuotaTokens(),
        row.getTransferId(),
        new AdminId(row.getAdminId()),
        row.getReason(),
        row.getRefundedAt());
  }

  private void tell(Transaction transaction, UsageRecord record) {
    if (record.cost() == 0) {
      return;
    }
    long balance =
        ledger.ofUser(transaction, record.tenant(), record.user()).stream()
            .filter(account -> account.key().asset().equals(record.currency()))
            .mapToLong(Account::balance)
            .reduce(0, Math::addExact);
    transaction.publishAll(
        List.of(
            new Subject(record.tenant(), record.user())
                .event(
                    "balance.changed",
                    EventFields.of()
                        .with("balance", new Amount(record.currency(), balance).toDecimal())
                        .with("change", new Amount(record.currency(), record.cost()).toDecimal())
                        .with("reason", "refund")
                        .with("reference_id", record.charge().toString()))));
  }
}
