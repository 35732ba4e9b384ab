package io.tollgate.ledger;

import static io.tollgate.ledger.TestBooks.USD;
import static io.tollgate.ledger.TestBooks.batch;
import static io.tollgate.ledger.TestBooks.charge;
import static io.tollgate.ledger.TestBooks.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.AccountId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Seals, and that damage to what is sealed is named. */
final class SealTest {
  private final TestBooks books = TestBooks.shared();
  private final AccountId user = books.balance(1);
  private final AccountId revenue = books.revenue(USD);
  private final List<UUID> transfers = new ArrayList<>();

  @BeforeEach
  void fill() {
    transfers.add(books.fund(user, 1_000).transfer());
    transfers.add(books.post(request("a", new Leg(user, -100), new Leg(revenue, 100))).transfer());
    seal();
    transfers.add(
        books
            .charge(
                batch(
                    "b",
                    List.of(charge(user, 3), charge(user, 4)),
                    List.of(new Leg(revenue, 7)),
                    List.of()))
            .transfer());
    seal();
    assertThat(books.audit().findings()).isEmpty();
  }

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void each_transfer_is_a_member_of_one_seal_and_each_seal_follows_another() {
    assertThat(seals()).containsExactly("1: 2 members, 4 entries", "2: 1 members, 3 entries");
    seal();
    assertThat(seals()).hasSize(2);

    SealState sealing = books.transactions.read(t -> Ledgers.queries().sealing(t));
    assertThat(sealing.unsealed()).isZero();
    assertThat(sealing.age()).isZero();
    assertThat(sealing.head()).hasValueSatisfying(head -> assertThat(head.number()).isEqualTo(2));
    assertThat(books.audit().notes())
        .anyMatch(
            note -> note.startsWith("sealed: seal 2 of ") && note.contains("0 transfers wait"));
  }

  @Test
  void what_waits_is_told() {
    UUID late = books.post(request("c", new Leg(user, -1), new Leg(revenue, 1))).transfer();

    SealState sealing = books.transactions.read(t -> Ledgers.queries().sealing(t));

    assertThat(sealing.unsealed()).isOne();
    assertThat(sealing.oldestUnsealed()).isPresent();
    assertThat(books.audit().findings()).isEmpty();
    damage("DELETE FROM ledger.unsealed");
    assertFound("ledger.sealed_once", "transfer " + late, "0 times in a seal or waiting");
  }

  @Test
  void a_transfer_committed_after_younger_ones_is_in_a_later_seal() throws Exception {
    CountDownLatch posted = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AccountId other = books.balance(2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<UUID> slow =
          threads.submit(
              () ->
                  books.inWrite(
                      t -> {
                        UUID transfer =
                            books
                                .ledger
                                .post(t, request("slow", new Leg(other, 5), new Leg(user, -5)))
                                .transfer();
                        posted.countDown();
                        await(go);
                        return transfer;
                      }));
      posted.await();
      AccountId third = books.balance(3);
      UUID young = books.fund(third, 1).transfer();
      seal();
      assertThat(seals()).hasSize(3).last().isEqualTo("3: 1 members, 2 entries");
      assertThat(books.audit().findings()).isEmpty();
      go.countDown();

      assertThat(slow.get().compareTo(young)).isNegative();
    }
    seal();
    assertThat(seals()).hasSize(4).last().isEqualTo("4: 1 members, 2 entries");
    assertThat(books.audit().findings()).isEmpty();
  }

  @Test
  void only_one_seals_at_a_time() {
    var unused = books.post(request("c", new Leg(user, -1), new Leg(revenue, 1)));

    books.write(
        t -> {
          assertThat(books.ledger.seal(t)).isFalse();
          CompletableFuture.runAsync(this::seal).join();
        });

    assertThat(seals()).hasSize(3);
  }

  @Test
  void a_seal_is_bounded_and_says_that_more_wait() {
    damage(
        """
        WITH posted AS (
          INSERT INTO ledger.transfer (id, tenant_id, kind, operation, idempotency_key,
                                       request_hash, reference, effective_at, posted_at)
          SELECT gen_random_uuid(), 1, 'test', 'many', n::text, sha256(''), '', now(), now()
            FROM generate_series(1, 5001) AS n
          RETURNING id)
        INSERT INTO ledger.unsealed SELECT id, 0 FROM posted
        """);

    boolean more = books.inWrite(books.ledger::seal);
    assertThat(more).isTrue();
    seal();

    assertThat(seals()).endsWith("3: 5000 members, 0 entries", "4: 1 members, 0 entries");
    assertThat(books.audit().findings()).isEmpty();
  }

  @Test
  void a_changed_transfer_is_named_by_its_seal() {
    damage(
        "UPDATE ledger.transfer SET request_hash = sha256('x') WHERE id = '"
            + transfers.get(1)
            + "'");

    assertFound("ledger.seal", "seal 1, transfer " + transfers.get(1), "hash ");
  }

  @Test
  void a_changed_or_removed_entry_is_named_by_the_seal_of_its_transfer() {
    damage("UPDATE ledger.entry SET charge_id = NULL WHERE seq = 2 AND charge_id IS NOT NULL");
    assertFound("ledger.seal", "seal 2, transfer " + transfers.get(2), "hash ");

    damage("DELETE FROM ledger.entry WHERE transfer_id = '" + transfers.get(0) + "'");
    assertFound("ledger.seal", "seal 1, transfer " + transfers.get(0), "hash ");
  }

  @Test
  void a_transfer_and_its_entries_removed_without_a_trace_are_missed() {
    damage(
        "DELETE FROM ledger.entry WHERE transfer_id = '" + transfers.get(1) + "'",
        "DELETE FROM ledger.transfer WHERE id = '" + transfers.get(1) + "'");

    assertFound("ledger.seal", "seal 1, transfer " + transfers.get(1), "hash ");
    assertFound("ledger.sealed_once", "transfer " + transfers.get(1), "not there");
  }

  @Test
  void a_changed_seal_differs_from_its_members_and_from_its_successor() {
    damage("UPDATE ledger.seal SET hash = sha256('x') WHERE number = 1");

    assertFound("ledger.seal", "seal 1", "hash ");
    assertFound("ledger.seal_chain", "seal 2", "number 2 after ");
  }

  @Test
  void a_removed_seal_is_missed() {
    damage("DELETE FROM ledger.seal WHERE number = 1");

    assertFound("ledger.seal_chain", "seal 2", "number 2 after ");
    assertFound("ledger.sealed_once", "transfer " + transfers.get(0), "0 times");
  }

  @Test
  void a_transfer_sealed_twice_is_named() {
    damage("INSERT INTO ledger.unsealed VALUES ('" + transfers.get(0) + "', 2)");

    assertFound("ledger.sealed_once", "transfer " + transfers.get(0), "2 times");
  }

  private void seal() {
    boolean more = books.inWrite(books.ledger::seal);
    assertThat(more).isFalse();
  }

  private List<String> seals() {
    return books.transactions.read(
        t ->
            t.sql()
                .fetch(
                    "SELECT number || ': ' || cardinality(members) || ' members, ' || entries"
                        + " || ' entries' FROM ledger.seal ORDER BY number")
                .map(row -> row.get(0, String.class)));
  }

  private void damage(String... statements) {
    books.asOwner(statements);
  }

  private void assertFound(String check, String row, String found) {
    assertThat(books.audit().findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.check()).isEqualTo(check);
              assertThat(finding.row()).isEqualTo(row);
              assertThat(finding.found()).startsWith(found);
            });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
