package io.tollgate.metering.internal.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.data.Notifications;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.AuditReport;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Ledgers;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.metering.Metering;
import io.tollgate.metering.internal.database.bank.DatabaseBank;
import io.tollgate.metering.internal.database.register.DatabaseRegister;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseOperation;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogPosition;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** A fresh database with a ledger, and users with means. */
final class Books implements AutoCloseable {
  static final Asset USD = Asset.money("USD");
  static final TenantId TENANT = new TenantId(1);
  static final UserId USER = new UserId(7);
  static final LogPosition START = new LogPosition(0, 77);

  final TestDatabase database = TestDatabase.create();
  final Transactions transactions = database.transactions();
  final Ledger ledger = Ledgers.create(Clock.systemUTC(), new SecureRandom());
  final DatabaseRegister register =
      new DatabaseRegister(
          transactions, ledger, FlatPrices.BOOK, Clock.systemUTC(), UUID.randomUUID());

  Books() {
    boolean _ =
        transactions.write(
            transaction -> {
              ledger.define(transaction, USD);
              ledger.define(transaction, Asset.TOKEN);
              return true;
            });
  }

  /** A log in the register, whose id is its holder's. */
  HolderId log() {
    return log(UUID.randomUUID());
  }

  HolderId log(UUID incarnation) {
    UUID id = UUID.randomUUID();
    register.enter(
        new LogIdentity(register.ledger(), id, incarnation, UUID.randomUUID(), 0), START);
    return new HolderId(id);
  }

  /** A bank over these books, which the caller closes. */
  DatabaseBank bank() {
    return new DatabaseBank(
        transactions,
        ledger,
        (transaction, tenant, user, now) -> {},
        database.database().notifications());
  }

  /** The holder, once the bank has granted it so much as its first lease of the account. */
  HolderId granted(DatabaseBank bank, HolderId holder, AccountId account, long units) {
    Heard heard = new Heard();
    bank.join(holder, Runnable::run, heard)
        .operate(new LeaseOperation(holder, account, 1, 1, 0, units, units, false));
    assertThat(heard.granted(0).granted()).isEqualTo(units);
    return holder;
  }

  AccountId money(UserId user, long units) {
    return credit(AccountKey.ofUser(TENANT, user, AccountKind.BALANCE, USD), units);
  }

  AccountId tokens(UserId user, String period, long units) {
    return credit(AccountKey.grant(TENANT, user, Asset.TOKEN, period), units);
  }

  /** What a user may spend. */
  AccountId allowance(UserId user, long units) {
    Asset asset = Asset.allowance(USD);
    transactions.write(
        transaction -> {
          ledger.define(transaction, asset);
          return true;
        });
    return credit(AccountKey.limit(TENANT, AccountKey.owner(user), asset, "total"), units);
  }

  private AccountId credit(AccountKey key, long units) {
    return transactions.write(
        transaction -> {
          AccountId account = ledger.open(transaction, key, AccountTerms.PLAIN);
          AccountId world =
              ledger.open(
                  transaction,
                  AccountKey.world(TENANT, AccountKind.WORLD_PAYMENTS, key.asset()),
                  AccountTerms.PLAIN);
          String once = UUID.randomUUID().toString();
          var unused =
              ledger.post(
                  transaction,
                  new TransferRequest(
                      "recharge",
                      TENANT,
                      "test.recharge",
                      once,
                      RequestHash.of(once),
                      "",
                      Instant.now(),
                      List.of(new Leg(account, units), new Leg(world, -units)),
                      List.of()));
          return account;
        });
  }

  Account account(AccountId id) {
    return transactions.write(transaction -> locked(transaction, id));
  }

  private Account locked(Transaction transaction, AccountId id) {
    return Optional.ofNullable(ledger.lock(transaction, List.of(id)).get(id)).orElseThrow();
  }

  long owed(UserId user) {
    AccountKey key = AccountKey.ofUser(TENANT, user, AccountKind.OWED, USD);
    return transactions.read(
        transaction -> ledger.find(transaction, key).map(Account::balance).orElse(0L));
  }

  long number(String query, Object... bindings) {
    return transactions.read(
        transaction -> {
          Object value = transaction.sql().fetchValue(query, bindings);
          return value instanceof Number number ? number.longValue() : 0L;
        });
  }

  /** Waits until everybody who has subscribed by now really listens. */
  void awaitListening() {
    CountDownLatch listening = new CountDownLatch(1);
    database
        .database()
        .notifications()
        .subscribe(
            "test_listening",
            new Notifications.Listener() {
              @Override
              public void notified(String payload) {}

              @Override
              public void missed() {
                listening.countDown();
              }
            });
    await().until(() -> listening.getCount() == 0);
  }

  AuditReport audit() {
    return audit(AuditScope.WHOLE);
  }

  AuditReport audit(AuditScope scope) {
    return transactions.snapshot(
        transaction ->
            Ledgers.audit(Metering.auditChecks(), Metering.auditReservations())
                .run(transaction, scope));
  }

  @Override
  public void close() {
    database.close();
  }
}
