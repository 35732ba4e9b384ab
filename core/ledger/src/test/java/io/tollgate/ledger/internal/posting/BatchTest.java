package io.tollgate.ledger.internal.posting;

import static io.tollgate.ledger.TestBooks.START;
import static io.tollgate.ledger.TestBooks.USD;
import static io.tollgate.ledger.TestBooks.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.TestBooks;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.ledger.internal.PostingClock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class BatchTest {
  private final TestBooks books = TestBooks.shared();
  private final TransferPoster poster =
      new TransferPoster(new PostingClock(InstantSource.fixed(START), new Random(1)));

  @AfterEach
  void close() {
    assertThat(books.audit().findings()).isEmpty();
    books.close();
  }

  @Test
  void a_batch_of_thousands_of_charges_is_one_statement() {
    AccountId revenue = books.revenue(USD);
    List<AccountId> users = new ArrayList<>();
    for (int user = 1; user <= 20; user++) {
      users.add(books.balance(user));
      books.fund(users.getLast(), 1_000);
    }
    List<TransferDraft> drafts = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      drafts.add(charge("c" + i, users.get(i % 20), revenue, 1));
    }

    List<PostingOutcome> outcomes = post(drafts);
    List<PostingOutcome> again = post(drafts);

    assertThat(outcomes).hasSize(4_000).allMatch(outcome -> isPosted(outcome, false));
    assertThat(again).hasSize(4_000).allMatch(outcome -> isPosted(outcome, true));
    assertThat(books.account(users.getFirst()).balance()).isEqualTo(800);
    assertThat(books.account(revenue).balance()).isEqualTo(4_000);
  }

  @Test
  void each_charge_of_a_batch_is_posted_or_refused_by_itself_in_order() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    AccountId world = books.world(AccountKind.WORLD_PAYMENTS, USD);
    books.fund(user, 10);

    List<PostingOutcome> outcomes =
        post(
            List.of(
                charge("a", user, revenue, 8),
                charge("b", user, revenue, 3),
                charge("a", user, revenue, 8),
                charge("a", user, revenue, 7),
                TransferDraft.plain(request("up", new Leg(world, -1), new Leg(user, 1))),
                charge("b", user, revenue, 3),
                charge("all", revenue, user, 11)));

    assertThat(outcomes)
        .satisfiesExactly(
            outcome -> assertThat(isPosted(outcome, false)).isTrue(),
            outcome -> assertRefused(outcome, ErrorCode.INSUFFICIENT_MEANS),
            outcome -> assertThat(isPosted(outcome, true)).isTrue(),
            outcome -> assertRefused(outcome, ErrorCode.IDEMPOTENCY_CONFLICT),
            outcome -> assertThat(isPosted(outcome, false)).isTrue(),
            outcome -> assertThat(isPosted(outcome, false)).isTrue(),
            outcome -> assertThat(isPosted(outcome, false)).isTrue());
    assertThat(books.account(user).balance()).isEqualTo(11);
  }

  private List<PostingOutcome> post(List<TransferDraft> drafts) {
    return books.inWrite(t -> poster.post(t, drafts));
  }

  private static TransferDraft charge(String key, AccountId from, AccountId to, long units) {
    TransferRequest request = request(key, new Leg(from, -units), new Leg(to, units));
    return TransferDraft.plain(request);
  }

  private static boolean isPosted(PostingOutcome outcome, boolean repeated) {
    return outcome instanceof PostingOutcome.Posted(var posting) && posting.repeated() == repeated;
  }

  private static void assertRefused(PostingOutcome outcome, ErrorCode code) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            PostingOutcome.Refused.class,
            refused -> assertThat(refused.refusal().code()).isEqualTo(code));
  }
}
