package io.tollgate.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.AccountKind;
import io.tollgate.metering.SpendLimit.Scope;
import io.tollgate.metering.UsageRecord.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spend limits against the real ledger: a token costs 10. */
class SpendLimitsTest {
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
  void the_price_counts_against_each_limit_and_what_was_reserved_beyond_it_is_free_again() {
    process.giveMoney(1_000);
    var ofUser = process.limit(Scope.USER, 500);
    var ofTenant = process.limit(Scope.TENANT, 800);
    var ofKey = process.limit(Scope.KEY, 400);
    Passage passage = process.open(process.request(10, 20));
    assertThat(process.settle(passage, TokenUsage.of(10, 10), 200).paid()).isEqualTo(200);
    assertThat(process.row(passage.id()).cost()).isEqualTo(200);
    assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(800);
    assertThat(process.account(ofUser).balance()).isEqualTo(300);
    assertThat(process.account(ofTenant).balance()).isEqualTo(600);
    assertThat(process.account(ofKey).balance()).isEqualTo(200);
  }

  @Test
  void what_a_limit_does_not_cover_is_refused_though_there_is_money_and_nothing_is_held() {
    process.giveMoney(1_000);
    var limit = process.limit(Scope.KEY, 299);
    assertThatThrownBy(() -> process.open(process.request(10, 20)))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.INSUFFICIENT_MEANS);
              assertThat(refusal).hasMessageContaining("spend limit of the key");
            });
    assertThat(process.settle(process.open(process.request(9, 20)), TokenUsage.of(9, 20), 200))
        .extracting(Charge::paid)
        .isEqualTo(290L);
    await().untilAsserted(() -> assertThat(process.account(limit).balance()).isEqualTo(9));
  }

  @Test
  void a_stream_ends_where_the_limit_does() {
    process.giveMoney(1_000);
    var limit = process.limit(Scope.USER, 400);
    Passage passage = process.open(process.request(10, 50, TokenUsage.of(10, 5)));
    assertThat(passage.reserved()).isEqualTo(TokenUsage.of(10, 5));
    assertThat(process.onLoop(() -> passage.extend(TokenUsage.of(10, 30)))).isTrue();
    assertThat(process.onLoop(() -> passage.extend(TokenUsage.of(10, 31)))).isFalse();
    assertThat(process.settle(passage, TokenUsage.of(10, 29), 200).paid()).isEqualTo(390);
    assertThat(process.row(passage.id()).cost()).isEqualTo(390);
    assertThat(process.account(limit).balance()).isEqualTo(10);
  }

  @Test
  void tokens_of_a_quota_cost_nothing_and_do_not_count() {
    process.giveTokens(100);
    var limit = process.limit(Scope.USER, 0);
    Passage passage = process.open(process.request(10, 50));
    assertThat(process.settle(passage, TokenUsage.of(10, 20), 200).quotaTokens()).isEqualTo(30);
    assertThat(process.row(passage.id()).cost()).isZero();
    assertThat(process.account(limit).balance()).isZero();
  }

  @Test
  void use_beyond_the_reservation_counts_in_full_as_far_as_the_limit_goes() {
    process.giveMoney(600);
    var narrow = process.limit(Scope.USER, 700);
    var wide = process.limit(Scope.TENANT, 5_000);
    Passage passage = process.open(process.request(10, 50));
    assertThat(process.settle(passage, TokenUsage.of(10, 70), 200))
        .isEqualTo(new Charge(passage.id(), 0, 600, 200));
    assertThat(process.row(passage.id()).owed()).isEqualTo(200);
    assertThat(process.account(narrow).balance()).isZero();
    assertThat(process.account(wide).balance()).isEqualTo(4_200);
  }

  @Test
  void the_limit_of_another_key_does_not_count() {
    process.giveMoney(1_000);
    var other = process.limitOfOtherKey(0);
    Passage passage = process.open(process.request(10, 20));
    assertThat(process.settle(passage, TokenUsage.of(10, 10), 200).paid()).isEqualTo(200);
    assertThat(process.row(passage.id()).cost()).isEqualTo(200);
    assertThat(process.account(other).balance()).isZero();
  }

  @Test
  void what_an_earlier_process_left_open_counts_by_what_is_decided() {
    process.giveMoney(1_000);
    var ofUser = process.limit(Scope.USER, 900);
    var ofKey = process.limit(Scope.KEY, 1_900);
    var ofTenant = process.limit(Scope.TENANT, 2_900);
    Passage passage = process.open(process.request(10, 50));
    process.startAgain();
    await().until(() -> process.row(passage.id()).outcome() == Outcome.IN_DOUBT);
    await()
        .untilAsserted(
            () -> assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(900));
    assertThat(process.account(ofUser).balance()).isEqualTo(800);
    assertThat(process.account(ofKey).balance()).isEqualTo(1_800);
    assertThat(process.account(ofTenant).balance()).isEqualTo(2_800);
  }

  @Test
  void what_an_earlier_process_had_settled_in_its_log_counts_once() {
    process.giveMoney(1_000_000);
    var limit = process.limit(Scope.TENANT, 20_000);
    List<Passage> passages = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Passage passage = process.open(process.request(10, 20));
      var _ = process.settle(passage, TokenUsage.of(10, 20), 200);
      passages.add(passage);
    }
    process.startAgain();
    passages.forEach(one -> assertThat(process.row(one.id()).cost()).isEqualTo(300));
    assertThat(process.account(limit).balance()).isEqualTo(20_000 - 50 * 300);
  }
}
