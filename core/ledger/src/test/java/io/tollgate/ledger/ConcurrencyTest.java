package io.tollgate.ledger;

import static io.tollgate.ledger.TestBooks.TENANT;
import static io.tollgate.ledger.TestBooks.USD;
import static io.tollgate.ledger.TestBooks.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class ConcurrencyTest {
  private static final int THREADS = 16;

  private final TestBooks books = TestBooks.shared();

  @AfterEach
  void close() {
    assertThat(books.audit().findings()).isEmpty();
    books.close();
  }

  @Test
  void sixteen_callers_on_one_account_never_get_more_than_it_has() throws Exception {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 50);

    List<Integer> served =
        atOnce(
            thread -> {
              int done = 0;
              for (int i = 0; i < 5; i++) {
                if (posted(request(thread + "/" + i, new Leg(user, -1), new Leg(revenue, 1)))) {
                  done++;
                }
              }
              return done;
            });

    assertThat(served.stream().mapToInt(Integer::intValue).sum()).isEqualTo(50);
    assertThat(books.account(user).balance()).isZero();
    assertThat(books.account(revenue).balance()).isEqualTo(50);
  }

  @Test
  void of_twenty_holds_at_once_only_what_is_covered_is_reserved() throws Exception {
    AccountId user = books.balance(1);
    books.fund(user, 30);

    List<Boolean> held =
        atOnce(
            thread -> {
              try {
                books.write(
                    t ->
                        books.ledger.hold(
                            t, TENANT, UUID.randomUUID(), "test", List.of(new Leg(user, 10))));
                return true;
              } catch (Refusal refusal) {
                return false;
              }
            });

    assertThat(held).filteredOn(done -> done).hasSize(3);
    assertThat(books.account(user).available()).isZero();
  }

  @Test
  void transfers_in_opposite_directions_do_not_deadlock() throws Exception {
    AccountId one = books.balance(1);
    AccountId two = books.balance(2);
    books.fund(one, 1_000);
    books.fund(two, 1_000);
    books.bodies.set(0);

    atOnce(
        thread -> {
          for (int i = 0; i < 10; i++) {
            boolean there = thread % 2 == 0;
            assertThat(
                    posted(
                        request(
                            thread + "/" + i,
                            new Leg(there ? one : two, -1),
                            new Leg(there ? two : one, 1))))
                .isTrue();
          }
          return true;
        });

    // a deadlock would have run a body again
    assertThat(books.bodies).hasValue(THREADS * 10);
    assertThat(books.account(one).balance()).isEqualTo(1_000);
  }

  @Test
  void one_key_at_once_is_posted_once_and_all_get_its_answer() throws Exception {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 1_000);

    List<Posting> postings =
        atOnce(thread -> books.post(request("same", new Leg(user, -10), new Leg(revenue, 10))));

    assertThat(postings).extracting(Posting::transfer).containsOnly(postings.getFirst().transfer());
    assertThat(postings).filteredOn(posting -> !posting.repeated()).hasSize(1);
    assertThat(books.account(user).balance()).isEqualTo(990);
  }

  /** Nothing but the key is shared: the unique index alone decides. */
  @Test
  void one_key_at_once_on_different_accounts_is_posted_once_and_conflicts_with_the_others()
      throws Exception {
    List<AccountId> from = new ArrayList<>();
    List<AccountId> to = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      from.add(books.balance(1 + i));
      to.add(books.balance(101 + i));
      books.fund(from.getLast(), 10);
    }

    List<Optional<ErrorCode>> answers =
        atOnce(
            thread -> {
              try {
                books.post(
                    request("same", new Leg(from.get(thread), -1), new Leg(to.get(thread), 1)));
                return Optional.empty();
              } catch (Refusal refusal) {
                return Optional.of(refusal.code());
              }
            });

    assertThat(answers).filteredOn(Optional::isEmpty).hasSize(1);
    assertThat(answers)
        .filteredOn(Optional::isPresent)
        .containsOnly(Optional.of(ErrorCode.IDEMPOTENCY_CONFLICT));
  }

  @Test
  void locking_a_user_and_then_posting_keeps_the_order_of_locks() throws Exception {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 1_000);
    books.bodies.set(0);

    atOnce(
        thread -> {
          for (int i = 0; i < 6; i++) {
            TransferRequest charge =
                request(thread + "/" + i, new Leg(user, -1), new Leg(revenue, 1));
            if (thread % 2 == 0) {
              books.write(
                  t -> {
                    assertThat(books.ledger.lockOfUser(t, TENANT, new UserId(1))).hasSize(1);
                    var unused = books.ledger.post(t, charge);
                  });
            } else {
              var unused = books.post(charge);
              // debits of revenue lock all its shards and the user
              var back =
                  books.post(request(thread + "\\" + i, new Leg(revenue, -1), new Leg(user, 1)));
              assertThat(back.repeated()).isFalse();
            }
          }
          return true;
        });

    assertThat(books.bodies).hasValue(THREADS / 2 * 6 + THREADS / 2 * 6 * 2);
  }

  @Test
  void an_account_opened_by_many_at_once_is_one() throws Exception {
    List<AccountId> opened =
        atOnce(
            thread ->
                books.open(AccountKey.ofTenant(TENANT, AccountKind.REVENUE, TestBooks.TOKEN)));

    assertThat(opened).containsOnly(opened.getFirst());
  }

  private boolean posted(TransferRequest request) {
    try {
      var unused = books.post(request);
      return true;
    } catch (Refusal refusal) {
      assertThat(refusal.code()).isEqualTo(ErrorCode.INSUFFICIENT_MEANS);
      return false;
    }
  }

  private static <T> List<T> atOnce(IntFunction<T> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<T>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        Callable<T> task =
            () -> {
              start.await();
              return work.apply(thread);
            };
        running.add(threads.submit(task));
      }
    }
    List<T> results = new ArrayList<>();
    for (Future<T> future : running) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        throw new AssertionError(e.getCause());
      }
    }
    return results;
  }
}
