package io.tollgate.metering.internal.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.metering.Entitlements;
import io.tollgate.metering.internal.database.bank.DatabaseBank;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseAnswer;
import io.tollgate.metering.internal.lease.LeaseOperation;
import io.tollgate.metering.internal.lease.LeaseSnapshot;
import io.tollgate.metering.internal.settlement.LogState;
import io.tollgate.metering.internal.shard.ShardBank;
import io.tollgate.metering.internal.shard.UserWallet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lease operations, recalls, comparisons and wallets through PostgreSQL. */
class DatabaseBankTest {
  private final Books books = new Books();
  private final List<DatabaseBank> banks = new ArrayList<>();
  private Entitlements entitlements = (transaction, tenant, user, now) -> {};

  @AfterEach
  void close() {
    banks.forEach(DatabaseBank::close);
    books.close();
  }

  @Test
  void a_grant_moves_from_available_to_held_and_giving_back_moves_it_back() {
    AccountId account = books.money(Books.USER, 1_000);
    Shard shard = shard(bank());
    shard.operate(account, 1, 600, 600);
    assertThat(shard.heard.granted(0).granted()).isEqualTo(600);
    assertThat(books.account(account).held()).isEqualTo(600);
    shard.operate(account, 2, 100, 0);
    assertThat(shard.heard.granted(1).granted()).isEqualTo(100);
    assertThat(books.account(account).held()).isEqualTo(100);
  }

  @Test
  void more_than_available_is_never_granted() {
    AccountId account = books.money(Books.USER, 1_000);
    Shard shard = shard(bank());
    shard.operate(account, 1, 5_000, 5_000);
    LeaseAnswer.Granted granted = shard.heard.granted(0);
    assertThat(granted.granted()).isEqualTo(1_000);
    assertThat(granted.elsewhere()).isZero();
  }

  @Test
  void an_operation_that_comes_twice_changes_nothing_the_second_time() {
    AccountId account = books.money(Books.USER, 1_000);
    Shard shard = shard(bank());
    shard.operate(account, 1, 300, 300);
    shard.operate(account, 1, 300, 300);
    assertThat(shard.heard.granted(1)).isEqualTo(shard.heard.granted(0));
    assertThat(books.account(account).held()).isEqualTo(300);
  }

  @Test
  void who_is_short_has_others_recalled_in_this_process_and_in_another() {
    AccountId account = books.money(Books.USER, 1_000);
    DatabaseBank here = bank();
    Shard short_ = shard(here);
    Shard neighbour = shard(here);
    Shard elsewhere = shard(bank());
    neighbour.operate(account, 1, 400, 0);
    elsewhere.operate(account, 1, 600, 0);
    var _ = neighbour.heard.granted(0);
    var _ = elsewhere.heard.granted(0);
    books.awaitListening();
    short_.operate(account, 1, 100, 100);
    assertThat(short_.heard.granted(0).elsewhere()).isEqualTo(1_000);
    await().until(() -> neighbour.heard.recalls.equals(List.of(account)));
    await().until(() -> elsewhere.heard.recalls.equals(List.of(account)));
    elsewhere.operate(account, 2, 0, 0);
    var _ = elsewhere.heard.granted(1);
    short_.operate(account, 2, 100, 100);
    assertThat(short_.heard.granted(1).granted()).isEqualTo(100);
  }

  @Test
  void who_waits_first_is_served_first() {
    AccountId account = books.money(Books.USER, 100);
    DatabaseBank bank = bank();
    Shard owner = shard(bank);
    Shard first = shard(bank);
    Shard second = shard(bank);
    owner.operate(account, 1, 100, 0);
    first.operate(account, 1, 60, 60);
    second.operate(account, 1, 60, 60);
    owner.operate(account, 2, 0, 0);
    second.operate(account, 2, 60, 60);
    first.operate(account, 2, 60, 60);
    assertThat(second.heard.granted(1).granted()).isEqualTo(40);
    assertThat(first.heard.granted(1).granted()).isEqualTo(60);
  }

  @Test
  void two_banks_never_grant_more_of_an_account_than_there_is() {
    AccountId account = books.money(Books.USER, 10_000);
    AccountId other = books.money(new UserId(8), 10_000);
    List<Shard> shards = List.of(shard(bank()), shard(bank()));
    Random random = new Random(42);
    for (int number = 1; number <= 150; number++) {
      for (Shard shard : shards) {
        shard.operate(account, number, random.nextInt(8_000), 0);
        shard.operate(other, number, random.nextInt(8_000), 0);
      }
    }
    await().until(() -> shards.stream().allMatch(shard -> shard.heard.answers.size() == 300));
    for (AccountId each : List.of(account, other)) {
      long granted =
          books.number(
              "SELECT sum(granted) FROM metering.lease WHERE account_id = ?", each.value());
      assertThat(granted).isBetween(1L, 10_000L);
      assertThat(books.account(each).held()).isEqualTo(granted);
    }
  }

  @Test
  void who_asks_for_an_account_that_is_locked_keeps_nobody_else_waiting() {
    AccountId busy = books.money(Books.USER, 1_000);
    AccountId free = books.money(new UserId(8), 1_000);
    DatabaseBank bank = bank();
    Shard first = shard(bank);
    Shard second = shard(bank);
    boolean _ =
        books.transactions.write(
            tx -> {
              // what a batch of charges does while it is booked
              var unused = books.ledger.lock(tx, List.of(busy));
              first.operate(busy, 1, 700, 700);
              first.operate(free, 1, 100, 100);
              second.operate(busy, 1, 700, 700);
              second.operate(free, 1, 200, 200);
              assertThat(first.heard.granted(0).account()).isEqualTo(free);
              assertThat(second.heard.granted(0).account()).isEqualTo(free);
              assertThat(first.heard.answers).hasSize(1);
              return true;
            });
    assertThat(first.heard.granted(1).granted()).isEqualTo(700);
    assertThat(second.heard.granted(1).granted()).isEqualTo(300);
    assertThat(books.account(busy).held()).isEqualTo(1_000);
    assertThat(books.account(free).held()).isEqualTo(300);
  }

  @Test
  void a_comparison_shows_the_rows_of_an_open_log_and_that_a_closed_one_is_closed() {
    AccountId account = books.money(Books.USER, 1_000);
    Shard shard = shard(bank());
    shard.operate(account, 1, 300, 300);
    LeaseAnswer.Granted row = shard.heard.granted(0);
    shard.bank.compare(shard.id, 5);
    await().until(() -> shard.heard.snapshots.size() == 1);
    assertThat(shard.heard.snapshots.getFirst())
        .isEqualTo(new LeaseSnapshot(shard.id, 5, true, List.of(row)));
    books.register.fork(shard.id.value());
    shard.bank.compare(shard.id, 6);
    await().until(() -> shard.heard.snapshots.size() == 2);
    assertThat(shard.heard.snapshots.getLast().open()).isFalse();
    shard.operate(account, 2, 400, 400);
    await().until(() -> shard.heard.answers.contains(new LeaseAnswer.Closed(shard.id)));
    assertThat(books.account(account).held()).isEqualTo(300);
  }

  @Test
  void one_number_with_two_tokens_closes_the_log() {
    AccountId account = books.money(Books.USER, 1_000);
    Shard shard = shard(bank());
    shard.operate(account, 1, 300, 300);
    var _ = shard.heard.granted(0);
    shard.bank.operate(new LeaseOperation(shard.id, account, 1, 999, 0, 300, 300, false));
    await().until(() -> shard.heard.answers.contains(new LeaseAnswer.Closed(shard.id)));
    assertThat(books.register.find(shard.id.value()).orElseThrow().state())
        .isEqualTo(LogState.FORKED);
  }

  @Test
  void a_fork_that_the_holder_has_found_is_noted() {
    Shard shard = shard(bank());
    shard.bank.forked(shard.id);
    await()
        .until(
            () -> books.register.find(shard.id.value()).orElseThrow().state() == LogState.FORKED);
  }

  @Test
  void a_log_that_is_not_in_the_register_is_closed() {
    AccountId account = books.money(Books.USER, 1_000);
    DatabaseBank bank = bank();
    HolderId unknown = new HolderId(UUID.randomUUID());
    Heard heard = new Heard();
    bank.join(unknown, Runnable::run, heard)
        .operate(new LeaseOperation(unknown, account, 1, 1, 0, 10, 10, false));
    await().until(() -> heard.answers.equals(List.of(new LeaseAnswer.Closed(unknown))));
    assertThat(books.account(account).held()).isZero();
  }

  @Test
  void a_wallet_names_what_pays_in_order_after_granting_what_is_due() {
    AccountId money = books.money(Books.USER, 1_000);
    AtomicInteger granted = new AtomicInteger();
    entitlements = (transaction, tenant, user, now) -> granted.incrementAndGet();
    AccountId tokens = books.tokens(Books.USER, "relay:2026-11", 50);
    Shard shard = shard(bank());
    shard.bank.wallet(new UserWallet.Owner(Books.TENANT, Books.USER), Instant.now());
    await().until(() -> shard.heard.wallets.size() == 1);
    UserWallet wallet = shard.heard.wallets.getFirst();
    assertThat(wallet.owing()).isFalse();
    assertThat(wallet.accounts())
        .extracting(UserWallet.PayingAccount::account)
        .containsExactly(tokens, money);
    assertThat(wallet.accounts().getFirst().asset()).isEqualTo(Asset.TOKEN);
    assertThat(granted).hasValue(1);
  }

  @Test
  void a_quota_that_is_used_up_is_no_part_of_a_wallet_until_it_has_something_again() {
    AccountId money = books.money(Books.USER, 1_000);
    AccountId tokens = books.tokens(Books.USER, "relay:2026-11", 50);
    Shard shard = shard(bank());
    UserWallet.Owner owner = new UserWallet.Owner(Books.TENANT, Books.USER);
    var _ = books.tokens(Books.USER, "relay:2026-11", -50);
    shard.bank.wallet(owner, Instant.now());
    await().until(() -> shard.heard.wallets.size() == 1);
    assertThat(shard.heard.wallets.getFirst().accounts())
        .extracting(UserWallet.PayingAccount::account)
        .containsExactly(money);

    books.awaitListening();
    shard.heard.changed.clear();
    AccountId again = books.tokens(Books.USER, "relay:2026-11", 5);
    assertThat(again).isEqualTo(tokens);
    await().until(() -> shard.heard.changed.contains(owner));
    shard.bank.wallet(owner, Instant.now());
    await().until(() -> shard.heard.wallets.size() == 2);
    assertThat(shard.heard.wallets.get(1).accounts())
        .extracting(UserWallet.PayingAccount::account)
        .containsExactly(tokens, money);
  }

  @Test
  void a_wallet_that_cannot_be_read_fails_alone() {
    var _ = books.money(Books.USER, 1_000);
    entitlements =
        (transaction, tenant, user, now) -> {
          if (user.value() == 13) {
            throw new Refusal(ErrorCode.INTERNAL, "cannot be granted");
          }
        };
    Shard shard = shard(bank());
    for (long user : new long[] {7, 13, 8}) {
      shard.bank.wallet(new UserWallet.Owner(Books.TENANT, new UserId(user)), Instant.now());
    }
    await().until(() -> shard.heard.wallets.size() == 2 && shard.heard.failures.size() == 1);
    assertThat(shard.heard.failures.getFirst()).hasMessageContaining("cannot be granted");
  }

  @Test
  void changed_accounts_of_a_user_are_told_to_every_shard() {
    Shard shard = shard(bank());
    books.awaitListening();
    tell("tollgate_accounts", "1:7");
    await()
        .until(() -> shard.heard.changed.contains(new UserWallet.Owner(Books.TENANT, Books.USER)));
  }

  @Test
  void changed_entitlements_are_told_to_every_shard() {
    Shard shard = shard(bank());
    books.awaitListening();
    tell("tollgate_entitlements", "1:7");
    await()
        .until(() -> shard.heard.changed.contains(new UserWallet.Owner(Books.TENANT, Books.USER)));

    int before = shard.heard.allChanged.get();
    tell("tollgate_entitlements", "1:*");
    await().until(() -> shard.heard.allChanged.get() > before);
  }

  private void tell(String channel, String payload) {
    int _ =
        books.transactions.write(
            tx -> tx.sql().execute("SELECT pg_notify(?, ?)", channel, payload));
  }

  private DatabaseBank bank() {
    DatabaseBank bank =
        new DatabaseBank(
            books.transactions,
            books.ledger,
            (transaction, tenant, user, now) -> entitlements.ensure(transaction, tenant, user, now),
            books.database.database().notifications());
    banks.add(bank);
    return bank;
  }

  private Shard shard(DatabaseBank bank) {
    HolderId id = books.log();
    Heard heard = new Heard();
    return new Shard(id, heard, bank.join(id, Runnable::run, heard));
  }

  private record Shard(HolderId id, Heard heard, ShardBank bank) {
    void operate(AccountId account, long number, long target, long need) {
      bank.operate(new LeaseOperation(id, account, number, number * 31, 0, target, need, false));
    }
  }
}
