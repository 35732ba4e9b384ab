package io.tollgate.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.AccountKind;
import io.tollgate.metering.UsageRecord.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests reserved and settled against the real ledger. */
class PassagesTest {
  @TempDir Path folder;
  private MeteredProcess process;

  @BeforeEach
  void start() {
    process = MeteredProcess.start(folder);
  }

  @AfterEach
  void booksAreCleanAndNothingIsHeldAtRest() {
    process.close();
  }

  @Test
  void a_passage_is_held_then_charged_by_what_it_used_and_the_rest_is_free_again() {
    process.giveMoney(1_000);
    Passage passage = process.open(process.request(10, 50));
    assertThat(process.account(AccountKind.BALANCE).held()).isGreaterThanOrEqualTo(600L);
    Charge charge = process.settle(passage, TokenUsage.of(10, 20), 200);
    assertThat(charge).isEqualTo(new Charge(passage.id(), 0, 300, 0));
    UsageRecord row = process.row(passage.id());
    assertThat(row.outcome()).isEqualTo(Outcome.SETTLED);
    assertThat(row.cost()).isEqualTo(300);
    assertThat(row.usage()).isEqualTo(TokenUsage.of(10, 20));
    assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(700);
  }

  @Test
  void tokens_of_a_quota_are_used_before_money_and_money_pays_the_rest() {
    process.giveTokens(25);
    process.giveMoney(1_000);
    Passage passage = process.open(process.request(10, 50));
    Charge charge = process.settle(passage, TokenUsage.of(10, 20), 200);
    assertThat(charge).isEqualTo(new Charge(passage.id(), 25, 50, 0));
    assertThat(process.row(passage.id()).quotaTokens()).isEqualTo(25);
    assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(950);
    assertThat(process.account(AccountKind.GRANT).balance()).isZero();
  }

  @Test
  void too_little_is_refused_and_nothing_is_held() {
    process.giveMoney(599);
    assertThatThrownBy(() -> process.open(process.request(10, 50)))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INSUFFICIENT_MEANS));
    await().untilAsserted(() -> assertThat(process.metering().open()).isZero());
  }

  @Test
  void a_stream_starts_with_less_than_its_estimate_and_is_extended_while_there_is_something_left() {
    process.giveMoney(400);
    Passage passage = process.open(process.request(10, 50, TokenUsage.of(10, 5)));
    assertThat(passage.reserved()).isEqualTo(TokenUsage.of(10, 5));
    assertThat(process.onLoop(() -> passage.extend(TokenUsage.of(10, 30)))).isTrue();
    assertThat(process.onLoop(() -> passage.extend(TokenUsage.of(10, 31)))).isFalse();
    assertThat(process.account(AccountKind.BALANCE).held()).isEqualTo(400);
    assertThat(process.settle(passage, TokenUsage.of(10, 29), 200).paid()).isEqualTo(390);
    assertThat(process.row(passage.id()).cost()).isEqualTo(390);
    assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(10);
  }

  @Test
  void use_beyond_the_reservation_is_paid_by_the_quota_and_costs_no_money() {
    process.giveTokens(1_000_000);
    process.giveMoney(100_000);
    Passage passage = process.open(process.request(8, 16));
    assertThat(process.settle(passage, TokenUsage.of(8, 9_000), 200))
        .isEqualTo(new Charge(passage.id(), 9_008, 0, 0));
    assertThat(process.row(passage.id()).quotaTokens()).isEqualTo(9_008);
    assertThat(process.row(passage.id()).cost()).isZero();
    assertThat(process.account(AccountKind.GRANT).balance()).isEqualTo(1_000_000 - 9_008);
    assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(100_000);
  }

  @Test
  void many_requests_that_end_at_once_use_up_the_quota_to_the_last_token_before_money_pays() {
    int requests = 40;
    process.giveTokens(requests * 9_008L - 8);
    process.giveMoney(100_000);
    List<Passage> passages = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      passages.add(process.open(process.request(8, 16)));
    }
    List<CompletableFuture<Charge>> ending = new ArrayList<>();
    for (Passage passage : passages) {
      ending.add(
          CompletableFuture.supplyAsync(
              () -> process.settle(passage, TokenUsage.of(8, 9_000), 200)));
    }
    List<Charge> charges = ending.stream().map(CompletableFuture::join).toList();
    assertThat(charges.stream().mapToLong(Charge::quotaTokens).sum())
        .isEqualTo(requests * 9_008L - 8);
    assertThat(charges.stream().mapToLong(Charge::paid).sum()).isEqualTo(80);
    charges.forEach(charge -> process.row(charge.id()));
    assertThat(process.account(AccountKind.GRANT).balance()).isZero();
    assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(100_000 - 80);
  }

  @Test
  void what_money_paid_while_the_database_was_silent_about_the_quota_is_put_right() {
    process.giveTokens(1_000_000);
    process.giveMoney(1_000_000);
    Passage passage = process.open(process.request(8, 16));
    Charge charge =
        process.whileLocked(
            process.account(AccountKind.GRANT).id(),
            () -> process.settle(passage, TokenUsage.of(8, 9_000), 200));
    assertThat(charge.quotaTokens()).isLessThan(9_008);
    assertThat(charge.paid()).isEqualTo(10 * (9_008 - charge.quotaTokens()));
    UsageRecord row = process.row(passage.id());
    assertThat(row.quotaTokens()).isEqualTo(9_008);
    assertThat(row.cost()).isZero();
    assertThat(process.account(AccountKind.GRANT).balance()).isEqualTo(1_000_000 - 9_008);
    assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(1_000_000);
  }

  @Test
  void use_beyond_the_means_is_owed_and_nothing_new_is_let_through_until_it_is_paid() {
    process.giveMoney(600);
    Passage passage = process.open(process.request(10, 50));
    assertThat(process.settle(passage, TokenUsage.of(10, 70), 200))
        .isEqualTo(new Charge(passage.id(), 0, 600, 200));
    assertThat(process.row(passage.id()).owed()).isEqualTo(200);
    assertThat(process.account(AccountKind.BALANCE).balance()).isZero();
    assertThat(process.account(AccountKind.OWED).balance()).isEqualTo(-200);
    assertThatThrownBy(() -> process.open(process.request(1, 1)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("earlier request");
  }

  @Test
  void money_that_comes_lets_the_next_request_through_at_once() {
    process.giveMoney(10);
    assertThatThrownBy(() -> process.open(process.request(10, 50))).isInstanceOf(Refusal.class);
    process.giveMoney(1_000);
    assertThat(
            process
                .settle(process.open(process.request(10, 50)), TokenUsage.of(10, 20), 200)
                .paid())
        .isEqualTo(300);
  }

  @Test
  void what_produced_nothing_is_free() {
    process.giveMoney(1_000);
    Passage passage = process.open(process.request(10, 50));
    assertThat(process.settle(passage, TokenUsage.NONE, 502))
        .isEqualTo(new Charge(passage.id(), 0, 0, 0));
    assertThat(process.row(passage.id()).httpStatus()).isEqualTo(502);
    assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(1_000);
  }

  @Test
  void settling_twice_charges_once() {
    process.giveMoney(1_000);
    Passage passage = process.open(process.request(10, 50));
    Charge first = process.settle(passage, TokenUsage.of(10, 20), 200);
    assertThat(process.settle(passage, TokenUsage.of(10, 40), 200)).isEqualTo(first);
    assertThat(process.row(passage.id()).cost()).isEqualTo(300);
    assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(700);
  }
}
