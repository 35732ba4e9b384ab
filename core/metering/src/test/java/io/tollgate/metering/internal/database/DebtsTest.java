package io.tollgate.metering.internal.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.ground.AccountId;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.metering.internal.database.bank.DatabaseBank;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseOperation;
import io.tollgate.metering.internal.shard.ShardBank;
import io.tollgate.metering.internal.shard.UserWallet;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Debts are paid from what a user has, without another credit. */
class DebtsTest {
  private static final UserWallet.Owner OWNER = new UserWallet.Owner(Books.TENANT, Books.USER);

  private final Books books = new Books();
  private final DatabaseBank bank =
      new DatabaseBank(
          books.transactions,
          books.ledger,
          (transaction, tenant, user, now) -> {},
          books.database.database().notifications());
  private final HolderId id = books.log();
  private final Heard heard = new Heard();
  private final ShardBank seat = bank.join(id, Runnable::run, heard);

  @AfterEach
  void close() {
    bank.close();
    books.close();
  }

  @Test
  void money_that_comes_back_from_a_lease_pays_what_was_owed_meanwhile() {
    AccountId money = books.money(Books.USER, 1_000);
    lease(money, 1, 1_000);
    owe(300);
    books.awaitListening();

    assertThat(read().owing()).isTrue();
    await().untilAsserted(() -> assertThat(heard.recalls).contains(money));
    lease(money, 2, 0);

    assertThat(read().owing()).isFalse();
    assertThat(books.owed(Books.USER)).isZero();
    assertThat(books.account(money).balance()).isEqualTo(700);
    assertThat(payments()).isEqualTo(1);
  }

  @Test
  void what_is_there_pays_a_part_and_more_pays_the_rest() {
    AccountId money = books.money(Books.USER, 1_000);
    lease(money, 1, 900);
    owe(300);

    assertThat(read().owing()).isTrue();
    assertThat(books.owed(Books.USER)).isEqualTo(-200);
    assertThat(books.account(money).available()).isZero();
    lease(money, 2, 0);

    assertThat(read().owing()).isFalse();
    assertThat(books.account(money).available()).isEqualTo(700);
    assertThat(payments()).isEqualTo(2);
  }

  @Test
  void who_owes_and_has_nothing_goes_on_owing() {
    AccountId money = books.money(Books.USER, 1_000);
    lease(money, 1, 1_000);
    owe(300);
    assertThat(read().owing()).isTrue();
    assertThat(read().owing()).isTrue();
    assertThat(payments()).isZero();
  }

  private void lease(AccountId account, int number, long target) {
    seat.operate(new LeaseOperation(id, account, number, number * 31L, 0, target, 0, false));
    assertThat(heard.granted(number - 1).granted()).isEqualTo(target);
  }

  private UserWallet read() {
    int before = heard.wallets.size();
    seat.wallet(OWNER, Instant.now());
    await().until(() -> heard.wallets.size() > before);
    return heard.wallets.get(before);
  }

  private long payments() {
    return books.number("SELECT count(*) FROM ledger.transfer WHERE kind = 'owed_payment'");
  }

  private void owe(long units) {
    String once = UUID.randomUUID().toString();
    var _ =
        books.transactions.write(
            transaction -> {
              AccountId owed =
                  books.ledger.open(
                      transaction,
                      AccountKey.ofUser(Books.TENANT, Books.USER, AccountKind.OWED, Books.USD),
                      AccountTerms.PLAIN);
              AccountId world =
                  books.ledger.open(
                      transaction,
                      AccountKey.world(Books.TENANT, AccountKind.WORLD_PAYMENTS, Books.USD),
                      AccountTerms.PLAIN);
              return books.ledger.post(
                  transaction,
                  new TransferRequest(
                      "test",
                      Books.TENANT,
                      "test.debt",
                      once,
                      RequestHash.of(once),
                      "",
                      Instant.now(),
                      List.of(new Leg(owed, -units), new Leg(world, units)),
                      List.of()));
            });
  }
}
