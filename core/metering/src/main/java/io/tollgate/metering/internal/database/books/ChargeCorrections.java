package io.tollgate.metering.internal.database.books;

import io.tollgate.contracts.Protocol;
import io.tollgate.data.ListRequest;
import io.tollgate.data.OutboxEvent;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
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
import io.tollgate.ledger.Ledgers;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.metering.BookedRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jooq.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Charges that were decided on for want of a result, and whose result has been found: what they had
 * been charged is given back by a contra transfer, once, before the result is charged in the same
 * transaction.
 */
final class ChargeCorrections {
  /** Namespace of the idempotency keys of contra transfers: the charge id. */
  static final String OPERATION = "relay.correction";

  /** Kind of the transfers that charge requests. */
  static final String CHARGE = "relay_charge";

  private static final Logger LOG = LoggerFactory.getLogger(ChargeCorrections.class);
  private static final int MAX_ENTRIES = 500;

  private static final String SUPERSEDE =
      """
      SELECT * FROM metering.supersede_usage(?::uuid[], ?::timestamptz, ?::timestamptz,
                                             ?::timestamptz)
      """;

  private final Ledger ledger;
  private final LedgerQueries entries = Ledgers.queries();

  ChargeCorrections(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * A charge as it was decided.
   *
   * @param counted as it stands in the statistics
   * @param entries what it took, and what was earned by it
   */
  record Decided(
      ChargeId charge,
      TenantId tenant,
      UserId user,
      UsageStatistics.Counted counted,
      List<LedgerEntry> entries) {
    BookedRequest request() {
      return new BookedRequest(
          charge,
          tenant,
          user,
          counted.protocol(),
          counted.model(),
          counted.usage().input(),
          counted.usage().output(),
          Asset.money(counted.currency()),
          counted.quotaTokens(),
          counted.paid(),
          counted.owed());
    }
  }

  /**
   * Moves the records of decisions away. Who finds the same ones at the same time waits here.
   *
   * @param first when the first of them was opened, or earlier
   * @param last when the last of them was opened, or later
   */
  List<Decided> supersede(
      Transaction transaction,
      Collection<ChargeId> charges,
      Instant first,
      Instant last,
      Instant now) {
    List<Decided> decided = new ArrayList<>();
    if (charges.isEmpty()) {
      return decided;
    }
    Object ids = charges.stream().map(ChargeId::value).toArray(UUID[]::new);
    for (Record row :
        transaction
            .sql()
            .fetch(SUPERSEDE, ids, first.toString(), last.toString(), now.toString())) {
      decided.add(decided(transaction, row));
    }
    return decided;
  }

  private Decided decided(Transaction transaction, Record row) {
    ChargeId charge = new ChargeId(row.get("charge_id", UUID.class));
    TenantId tenant = new TenantId(row.get("tenant_id", long.class));
    EntryFilter ofCharge =
        new EntryFilter(
            Optional.of(tenant),
            Optional.empty(),
            Optional.empty(),
            Optional.of(charge.toString()),
            Optional.empty(),
            Optional.empty());
    List<LedgerEntry> taken =
        entries.entries(transaction, ofCharge, ListRequest.first(MAX_ENTRIES)).rows().stream()
            .filter(entry -> entry.kind().equals(CHARGE))
            .toList();
    return new Decided(
        charge, tenant, new UserId(row.get("user_id", long.class)), counted(row), taken);
  }

  private static UsageStatistics.Counted counted(Record row) {
    return new UsageStatistics.Counted(
        row.get("opened_at", Instant.class),
        row.get("tenant_id", long.class),
        row.get("user_id", long.class),
        row.get("api_key_id", long.class),
        Protocol.ofCode(row.get("platform", String.class)),
        row.get("model", String.class),
        Optional.ofNullable(row.get("upstream_account", Long.class)).orElse(0L),
        row.get("currency", String.class),
        row.get("http_status", int.class),
        UsageColumns.read(
            row.get("input_tokens", long.class),
            row.get("cached_tokens", long.class),
            row.get("cache_write_tokens", long.class),
            row.get("output_tokens", long.class),
            row.get("reasoning_tokens", long.class),
            row.get("kinds", String.class)),
        row.get("quota_tokens", long.class),
        row.get("paid", long.class),
        row.get("owed", long.class),
        Optional.ofNullable(row.get("upstream_cost", Long.class))
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty()));
  }

  /** Accounts that are given something back: to be locked with those that are charged. */
  static Set<AccountId> accounts(List<Decided> decided) {
    Set<AccountId> accounts = new LinkedHashSet<>();
    decided.forEach(
        one ->
            one.entries().stream()
                .filter(entry -> entry.amount().units() < 0)
                .forEach(entry -> accounts.add(entry.account())));
    return accounts;
  }

  /** Gives back what they took. Their accounts are locked. */
  void giveBack(Transaction transaction, List<Decided> decided, Instant now) {
    for (Decided one : decided) {
      if (!one.entries().isEmpty()) {
        giveBack(transaction, one, now);
      }
      transaction.publish(
          OutboxEvent.of(
              one.tenant(),
              "metering." + one.tenant(),
              "metering.corrected",
              "{\"charge\":\"%s\"}".formatted(one.charge())));
      LOG.atWarn()
          .addKeyValue("request_id", one.charge())
          .log(
              "the result of a request that was charged in doubt was found; it is charged instead");
    }
  }

  private void giveBack(Transaction transaction, Decided one, Instant now) {
    Map<AccountId, Account> accounts = ledger.lock(transaction, accounts(List.of(one)));
    List<Leg> legs = new ArrayList<>();
    for (LedgerEntry entry : one.entries()) {
      Optional<Account> taken = Optional.ofNullable(accounts.get(entry.account()));
      long units = Math.negateExact(entry.amount().units());
      if (taken.filter(account -> account.key().kind() == AccountKind.OWED).isPresent()) {
        legs.addAll(settleDebt(transaction, one, taken.get(), units));
      } else {
        legs.add(new Leg(entry.account(), units));
      }
    }
    String key = one.charge().toString();
    var _ =
        ledger.post(
            transaction,
            new TransferRequest(
                "relay_correction",
                one.tenant(),
                OPERATION,
                key,
                RequestHash.of(OPERATION, key),
                key,
                now,
                legs,
                List.of()));
  }

  /** What has been paid of the debt since goes back to where payments go. */
  private List<Leg> settleDebt(Transaction transaction, Decided one, Account owed, long units) {
    long open = Math.min(units, Math.max(0, Math.negateExact(owed.balance())));
    List<Leg> legs = new ArrayList<>();
    if (open > 0) {
      legs.add(new Leg(owed.id(), open));
    }
    if (units > open) {
      AccountKey balance =
          AccountKey.ofUser(one.tenant(), one.user(), AccountKind.BALANCE, owed.key().asset());
      legs.add(new Leg(ledger.open(transaction, balance, AccountTerms.PLAIN), units - open));
    }
    return legs;
  }
}
