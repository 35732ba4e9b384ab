package io.tollgate.ledger;

import static io.tollgate.ledger.TestBooks.TENANT;
import static io.tollgate.ledger.TestBooks.USD;
import static io.tollgate.ledger.TestBooks.batch;
import static io.tollgate.ledger.TestBooks.charge;
import static io.tollgate.ledger.TestBooks.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The audit reads one snapshot: whatever is written meanwhile, it raises no false alarm. */
@Tag("slow")
final class AuditUnderLoadTest {
  private static final int AUDITS = 6;
  private static final int USERS = 4;

  private final TestBooks books = TestBooks.own();
  private final List<AccountId> users = new ArrayList<>();
  private final AccountId revenue = books.revenue(USD);
  private final AtomicBoolean stop = new AtomicBoolean();

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void books_that_are_written_all_the_time_are_clean_in_every_audit() throws Exception {
    books.asOwner(
        "CREATE TABLE ledger.test_lease (id uuid, account_id bigint, amount bigint)",
        "GRANT SELECT, INSERT, DELETE ON ledger.test_lease TO tollgate_app");
    for (int user = 1; user <= USERS; user++) {
      users.add(books.balance(user));
      books.fund(users.getLast(), 1_000_000);
    }
    Audit audit =
        Ledgers.audit(List.of(), List.of("SELECT account_id, amount FROM ledger.test_lease"));
    List<AuditReport> reports = new ArrayList<>();
    List<Future<?>> writers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      writers.add(threads.submit(() -> untilStopped(this::post)));
      writers.add(threads.submit(() -> untilStopped(this::settle)));
      writers.add(threads.submit(() -> untilStopped(this::lease)));
      writers.add(threads.submit(() -> untilStopped(i -> books.write(this::seal))));
      for (int i = 0; i < AUDITS; i++) {
        reports.add(audit.run(books.transactions, AuditScope.WHOLE));
      }
      stop.set(true);
    }
    for (Future<?> writer : writers) {
      writer.get();
    }
    reports.add(audit.run(books.transactions, AuditScope.WHOLE));

    assertThat(reports).flatExtracting(AuditReport::findings).isEmpty();
    assertThat(reports.getLast().transfers()).isGreaterThan(reports.getFirst().transfers());
  }

  private void post(int i) {
    AccountId user = users.get(i % USERS);
    UUID hold = UUID.randomUUID();
    books.write(t -> books.ledger.hold(t, TENANT, hold, "test", List.of(new Leg(user, 3))));
    books.post(request("p" + i, List.of(new Leg(user, -3), new Leg(revenue, 3)), List.of(hold)));
    books.post(request("b" + i, new Leg(revenue, -2), new Leg(user, 2)));
  }

  private void settle(int i) {
    List<ChargeLeg> debits = new ArrayList<>();
    Random random = new Random(i);
    for (int charge = 0; charge < 100; charge++) {
      debits.add(charge(users.get(random.nextInt(USERS)), 1));
    }
    books.charge(batch("s" + i, debits, List.of(new Leg(revenue, 100)), List.of()));
  }

  private void lease(int i) {
    AccountId user = users.get(i % USERS);
    UUID lease = UUID.randomUUID();
    books.write(
        t -> {
          books.ledger.moveHeld(t, List.of(new Leg(user, 5)));
          var unused =
              t.sql()
                  .execute("INSERT INTO ledger.test_lease VALUES (?, ?, 5)", lease, user.value());
        });
    books.write(
        t -> {
          books.ledger.moveHeld(t, List.of(new Leg(user, -5)));
          var unused = t.sql().execute("DELETE FROM ledger.test_lease WHERE id = ?", lease);
        });
  }

  private void seal(Transaction transaction) {
    var unused = books.ledger.seal(transaction);
  }

  private void untilStopped(IntConsumer work) {
    for (int i = 0; !stop.get(); i++) {
      work.accept(i);
    }
  }
}
