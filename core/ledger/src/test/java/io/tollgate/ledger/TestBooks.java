package io.tollgate.ledger;

import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.data.testing.SettableClock;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Fresh books of one tenant, with a settable clock. Tests that only use the books share one
 * database, emptied for each; those that damage it take one of their own.
 */
public final class TestBooks implements AutoCloseable {
  public static final Asset USD = Asset.money("USD");
  public static final Asset TOKEN = Asset.TOKEN;
  public static final TenantId TENANT = new TenantId(1);
  public static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  public final TestDatabase database;
  public final Transactions transactions;
  public final SettableClock clock = new SettableClock(START);

  /** How often a body of a write was run: more than asked for after a deadlock. */
  public final AtomicInteger bodies = new AtomicInteger();

  public final Ledger ledger = Ledgers.create(clock, new Random(7));
  public final Audit audit = Ledgers.audit(List.of());

  private TestBooks(TestDatabase database) {
    this.database = database;
    this.transactions = database.transactions();
    write(
        t -> {
          ledger.define(t, USD);
          ledger.define(t, TOKEN);
        });
  }

  public static TestBooks shared() {
    asOwner(
        Shared.DATABASE,
        "TRUNCATE ledger.asset, ledger.account, ledger.transfer, ledger.entry, ledger.hold,"
            + " ledger.hold_leg, ledger.seal, ledger.unsealed RESTART IDENTITY");
    return new TestBooks(Shared.DATABASE);
  }

  public static TestBooks own() {
    return new TestBooks(TestDatabase.create());
  }

  public void write(Consumer<Transaction> body) {
    var unused =
        inWrite(
            t -> {
              body.accept(t);
              return true;
            });
  }

  public <T> T inWrite(Function<Transaction, T> body) {
    return transactions.write(
        t -> {
          bodies.incrementAndGet();
          return body.apply(t);
        });
  }

  public AccountId open(AccountKey key) {
    return inWrite(t -> ledger.open(t, key, AccountTerms.PLAIN));
  }

  public AccountId balance(long user) {
    return open(AccountKey.ofUser(TENANT, new UserId(user), AccountKind.BALANCE, USD));
  }

  public AccountId grant(long user, Asset asset, String period, Instant expiresAt, int priority) {
    return inWrite(
        t ->
            ledger.open(
                t,
                AccountKey.grant(TENANT, new UserId(user), asset, period),
                new AccountTerms(Optional.of(expiresAt), priority)));
  }

  public AccountId revenue(Asset asset) {
    return open(AccountKey.ofTenant(TENANT, AccountKind.REVENUE, asset));
  }

  public AccountId world(AccountKind kind, Asset asset) {
    return open(AccountKey.world(TENANT, kind, asset));
  }

  /** Pays money into an account from the outside. */
  public Posting fund(AccountId account, long units) {
    AccountId world = world(AccountKind.WORLD_PAYMENTS, USD);
    return post(
        request(UUID.randomUUID().toString(), new Leg(world, -units), new Leg(account, units)));
  }

  public Posting post(TransferRequest request) {
    return inWrite(t -> ledger.post(t, request));
  }

  public static TransferRequest request(String key, Leg... legs) {
    return request(key, List.of(legs), List.of());
  }

  public static TransferRequest request(String key, List<Leg> legs, List<UUID> releases) {
    return new TransferRequest(
        "test",
        TENANT,
        "test.post",
        key,
        RequestHash.of(key, legs.toString()),
        "ref-" + key,
        START,
        legs,
        releases);
  }

  public Posting charge(ChargeBatch batch) {
    return inWrite(t -> ledger.charge(t, batch));
  }

  public static ChargeLeg charge(AccountId account, long units) {
    return new ChargeLeg(chargeId(), account, units);
  }

  public static ChargeId chargeId() {
    return new ChargeId(UUID.randomUUID());
  }

  public static ChargeBatch batch(
      String key, List<ChargeLeg> debits, List<Leg> credits, List<Leg> releases) {
    return new ChargeBatch(
        "test_charge",
        TENANT,
        "relay.settlement",
        key,
        RequestHash.of(key, debits.toString(), credits.toString(), releases.toString()),
        "ref-" + key,
        START,
        debits,
        credits,
        releases);
  }

  public List<LedgerEntry> entries(EntryFilter filter) {
    return transactions.read(
        t -> Ledgers.queries().entries(t, filter, ListRequest.first(500)).rows());
  }

  public Account account(AccountKey key) {
    return transactions.read(t -> ledger.find(t, key)).orElseThrow();
  }

  public Account account(AccountId id) {
    return transactions
        .read(t -> Ledgers.queries().accounts(t, AccountFilter.ALL, ListRequest.first(500)).rows())
        .stream()
        .filter(account -> account.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  public AuditReport audit() {
    return audit.run(transactions, AuditScope.WHOLE);
  }

  /** As the owner, who may damage the books. */
  public void asOwner(String... statements) {
    asOwner(database, statements);
  }

  private static void asOwner(TestDatabase database, String... statements) {
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (database != Shared.DATABASE) {
      database.close();
    }
  }

  /** Goes with the server at the end of the JVM. */
  private static final class Shared {
    static final TestDatabase DATABASE = TestDatabase.create();
  }
}
