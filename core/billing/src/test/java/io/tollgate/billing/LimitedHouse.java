package io.tollgate.billing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.EntryFilter;
import io.tollgate.ledger.Ledgers;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.metering.SpendLimit;
import io.tollgate.metering.SpendLimit.Scope;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.UUID;

/** A house with limits, and users who spend under them. Closing it audits the books. */
final class LimitedHouse implements AutoCloseable {
  final House house = new House();
  final TenantId tenant = house.tenant.id();
  private int spent;

  SpendLimitStanding set(Scope scope, UserId user, SpendSpan span, String amount) {
    return set(order(tenant, scope, Optional.of(user), Optional.empty(), span, amount));
  }

  SpendLimitStanding setForTenant(SpendSpan span, String amount) {
    return set(order(tenant, Scope.TENANT, Optional.empty(), Optional.empty(), span, amount));
  }

  SpendLimitStanding setForKey(ApiKeyId key, SpendSpan span, String amount) {
    return set(order(tenant, Scope.KEY, Optional.empty(), Optional.of(key), span, amount));
  }

  SpendLimitStanding set(SpendLimitOrder order) {
    return house.write(tx -> house.billing.spendLimitSettings().set(tx, order));
  }

  static SpendLimitOrder order(
      TenantId tenant,
      Scope scope,
      Optional<UserId> user,
      Optional<ApiKeyId> key,
      SpendSpan span,
      String amount) {
    return new SpendLimitOrder(
        tenant, scope, user, key, span, Optional.empty(), new BigDecimal(amount));
  }

  void remove(long id) {
    house.run(tx -> house.billing.spendLimitSettings().remove(tx, id));
  }

  SpendLimitStanding standing(long id) {
    return house
        .write(
            tx ->
                house
                    .billing
                    .spendLimitSettings()
                    .list(tx, SpendLimitFilter.ALL, ListRequest.first(100)))
        .rows()
        .stream()
        .filter(row -> row.id() == id)
        .findFirst()
        .orElseThrow();
  }

  ApiKeyId key(UserId user) {
    return house.identity.apiKeys().issue(tenant, user, "key", OptionalInt.empty()).id();
  }

  /** The limits under which the user's requests run now. */
  List<SpendLimit> under(UserId user) {
    return house.write(tx -> under(house.billing, tx, user, house.clock.instant()));
  }

  List<SpendLimit> under(BillingModule billing, Transaction tx, UserId user, Instant at) {
    SequencedMap<UserOfTenant, Instant> asked = new LinkedHashMap<>();
    UserOfTenant one = new UserOfTenant(tenant, user);
    asked.put(one, at);
    return billing.spendLimits().under(tx, asked).getOrDefault(one, List.of());
  }

  /** The account of the only limit that the user has. */
  AccountId only(UserId user) {
    List<SpendLimit> limits = under(user);
    assertThat(limits).hasSize(1);
    return limits.getFirst().account();
  }

  Account account(AccountId id) {
    return house.write(tx -> account(tx, id));
  }

  private Account account(Transaction tx, AccountId id) {
    return requireNonNull(house.ledger.lock(tx, List.of(id)).get(id), "no such account");
  }

  /** What is left in the window, in whole units. */
  String left(AccountId id) {
    Account account = account(id);
    return new Amount(House.USD, account.balance()).toPlainString();
  }

  /** Uses up part of an allowance, as a charge does. */
  void spend(AccountId account, String amount) {
    long units = Amount.parse(House.USD, amount).units();
    String key = "spend-" + spent++;
    house.run(
        tx -> {
          AccountKey of = account(tx, account).key();
          AccountId world =
              house.ledger.open(
                  tx,
                  AccountKey.world(of.tenant(), AccountKind.WORLD_LIMITS, of.asset()),
                  AccountTerms.PLAIN);
          var unused =
              house.ledger.post(
                  tx,
                  new TransferRequest(
                      "test",
                      of.tenant(),
                      "test",
                      key,
                      RequestHash.of(key),
                      "",
                      house.clock.instant(),
                      List.of(new Leg(account, -units), new Leg(world, units)),
                      List.of()));
        });
  }

  /** Reserves part of an allowance, as a lease does. */
  UUID hold(AccountId account, String amount) {
    UUID hold = UUID.randomUUID();
    List<Leg> legs = List.of(new Leg(account, Amount.parse(House.USD, amount).units()));
    house.run(tx -> house.ledger.hold(tx, tenant, hold, "test", legs));
    return hold;
  }

  void release(UUID hold) {
    house.run(tx -> house.ledger.release(tx, tenant, hold));
  }

  /** How many entries of transfers of limits the account has. */
  long allotted(AccountId account) {
    EntryFilter filter =
        new EntryFilter(
            Optional.empty(),
            Optional.of(account),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return house
        .write(tx -> Ledgers.queries().entries(tx, filter, ListRequest.first(100)))
        .rows()
        .stream()
        .filter(entry -> entry.kind().equals("spend_limit"))
        .count();
  }

  void owner(String sql) {
    house.owner(sql);
  }

  /** What does not fit in the books. */
  List<AuditFinding> audit() {
    return Ledgers.audit(BillingModule.auditChecks())
        .run(house.database.transactions(), AuditScope.WHOLE)
        .findings();
  }

  /** How often PostgreSQL had to break one, as far as it has told. */
  long deadlocks() {
    return house
        .write(
            tx ->
                tx.sql()
                    .fetchSingle(
                        "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
        .get(0, Long.class);
  }

  void zone(String zone) {
    owner("UPDATE identity.tenant SET zone = '" + zone + "' WHERE id = " + tenant);
  }

  @Override
  public void close() {
    try {
      assertThat(audit()).isEmpty();
    } finally {
      house.close();
    }
  }
}
