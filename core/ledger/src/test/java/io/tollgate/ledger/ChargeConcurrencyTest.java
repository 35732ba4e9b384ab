package io.tollgate.ledger;

import static io.tollgate.ledger.TestBooks.TENANT;
import static io.tollgate.ledger.TestBooks.USD;
import static io.tollgate.ledger.TestBooks.batch;
import static io.tollgate.ledger.TestBooks.charge;
import static io.tollgate.ledger.TestBooks.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Batches of charges beside everything else that moves the same accounts. */
@Tag("slow")
final class ChargeConcurrencyTest {
  private static final int ROUNDS = 12;
  private static final int USERS = 5;

  private final TestBooks books = TestBooks.shared();

  @AfterEach
  void close() {
    assertThat(books.audit().findings()).isEmpty();
    books.close();
  }

  @Test
  void batches_posts_holds_and_lease_moves_do_not_deadlock_and_lose_nothing() throws Exception {
    List<AccountId> users = new ArrayList<>();
    for (long user = 1; user <= USERS; user++) {
      users.add(books.balance(user));
      books.fund(users.getLast(), 100_000);
    }
    AccountId revenue = books.revenue(USD);
    books.bodies.set(0);

    List<Callable<Integer>> callers = new ArrayList<>();
    for (int caller = 0; caller < 4; caller++) {
      int seed = caller;
      callers.add(() -> charges(new Random(seed), "s" + seed, users, revenue));
      callers.add(() -> posts(new Random(seed), "p" + seed, users, revenue));
      callers.add(() -> reservations(new Random(seed), users));
    }
    int bodies = atOnce(callers).stream().mapToInt(Integer::intValue).sum();

    // a deadlock would have run a body again
    assertThat(books.bodies).hasValue(bodies);
    long left = users.stream().mapToLong(user -> books.account(user).balance()).sum();
    assertThat(left + books.account(revenue).balance()).isEqualTo(USERS * 100_000L);
    assertThat(users).allMatch(user -> books.account(user).held() == 0);
  }

  @Test
  void one_batch_from_many_at_once_is_posted_once_and_all_get_its_answer() throws Exception {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 100);
    ChargeBatch batch =
        batch("a", List.of(charge(user, 10)), List.of(new Leg(revenue, 10)), List.of());
    List<Callable<Posting>> callers = new ArrayList<>();
    for (int caller = 0; caller < 8; caller++) {
      callers.add(() -> books.charge(batch));
    }

    List<Posting> postings = atOnce(callers);

    assertThat(postings).extracting(Posting::transfer).containsOnly(postings.getFirst().transfer());
    assertThat(postings).filteredOn(posting -> !posting.repeated()).hasSize(1);
    assertThat(books.account(user).balance()).isEqualTo(90);
  }

  @Test
  void a_connection_that_breaks_half_way_leaves_nothing_and_the_batch_is_posted_later() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 100);
    List<ChargeLeg> debits = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      debits.add(charge(user, 1));
    }
    ChargeBatch batch = batch("a", debits, List.of(new Leg(revenue, 50)), List.of());

    assertThatThrownBy(
            () ->
                books.write(
                    t -> {
                      var unused = books.ledger.charge(t, batch);
                      int backend =
                          t.sql().fetchSingle("SELECT pg_backend_pid()").get(0, int.class);
                      books.asOwner("SELECT pg_terminate_backend(" + backend + ", 5000)");
                      t.sql().fetchSingle("SELECT 1");
                    }))
        .isInstanceOf(RuntimeException.class);
    assertThat(books.account(user).balance()).isEqualTo(100);
    assertThat(books.audit().transfers()).isOne();

    assertThat(books.charge(batch).repeated()).isFalse();
    assertThat(books.charge(batch).repeated()).isTrue();
    assertThat(books.account(user).balance()).isEqualTo(50);
  }

  /** Each locks its accounts first, as a settler does. */
  private int charges(Random random, String name, List<AccountId> users, AccountId revenue) {
    for (int round = 0; round < ROUNDS; round++) {
      List<ChargeLeg> debits = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        debits.add(charge(users.get(random.nextInt(USERS)), 1));
      }
      ChargeBatch batch = batch(name + round, debits, List.of(new Leg(revenue, 20)), List.of());
      books.write(
          t -> {
            var locked = books.ledger.lock(t, debits.stream().map(ChargeLeg::account).toList());
            assertThat(locked).isNotEmpty();
            var unused = books.ledger.charge(t, batch);
          });
    }
    return ROUNDS;
  }

  private int posts(Random random, String name, List<AccountId> users, AccountId revenue) {
    for (int round = 0; round < ROUNDS; round++) {
      AccountId user = users.get(random.nextInt(USERS));
      books.post(request(name + "out" + round, new Leg(user, -3), new Leg(revenue, 3)));
      books.post(request(name + "in" + round, new Leg(revenue, -2), new Leg(user, 2)));
      UUID hold = new UUID(random.nextLong(), random.nextLong());
      books.write(t -> books.ledger.hold(t, TENANT, hold, "test", List.of(new Leg(user, 5))));
      books.post(request(name + "held" + round, List.of(), List.of(hold)));
    }
    return 4 * ROUNDS;
  }

  private int reservations(Random random, List<AccountId> users) {
    for (int round = 0; round < ROUNDS; round++) {
      AccountId one = users.get(random.nextInt(USERS));
      AccountId other = users.get(random.nextInt(USERS));
      books.write(t -> books.ledger.moveHeld(t, List.of(new Leg(one, 7), new Leg(other, 7))));
      books.write(
          t -> {
            assertThat(books.ledger.lockOfUser(t, TENANT, new UserId(1))).isNotEmpty();
          });
      books.write(t -> books.ledger.moveHeld(t, List.of(new Leg(other, -7), new Leg(one, -7))));
    }
    return 3 * ROUNDS;
  }

  private static <T> List<T> atOnce(List<Callable<T>> callers) throws Exception {
    List<Future<T>> running;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      running = threads.invokeAll(callers);
    }
    List<T> results = new ArrayList<>();
    for (Future<T> future : running) {
      results.add(future.get());
    }
    return results;
  }
}
