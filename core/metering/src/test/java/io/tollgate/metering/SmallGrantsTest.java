package io.tollgate.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.AccountKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Users with more grants than one record names: all of them pay, in the order in which they end.
 */
class SmallGrantsTest {
  private static final Asset USD = Asset.money("USD");

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
  void eight_expiring_credits_pay_before_the_balance_and_nothing_is_refused() {
    List<AccountId> credits = process.giveGrants(8, USD, 100_000);
    process.giveMoney(1_060_000_000);
    Passage passage = process.open(process.request(10, 200_000));
    assertThat(process.settle(passage, TokenUsage.of(10, 100_000), 200))
        .isEqualTo(new Charge(passage.id(), 0, 1_000_100, 0));
    assertThat(process.row(passage.id()).cost()).isEqualTo(1_000_100);
    assertThat(process.balances(credits)).containsOnly(0L);
    assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(1_060_000_000 - 200_100);
  }

  @Test
  void nine_grants_of_tokens_pay_for_one_request_and_money_stays() {
    List<AccountId> grants = process.giveGrants(9, Asset.TOKEN, 50);
    process.giveMoney(1_000_000);
    Passage passage = process.open(process.request(10, 430));
    assertThat(process.settle(passage, TokenUsage.of(10, 430), 200))
        .isEqualTo(new Charge(passage.id(), 440, 0, 0));
    assertThat(process.row(passage.id()).quotaTokens()).isEqualTo(440);
    assertThat(process.balances(grants)).containsExactly(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 10L);
    assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(1_000_000);
  }

  @Test
  void thousands_of_small_grants_without_any_money_pay_to_the_last_token() {
    List<AccountId> grants = process.giveGrants(1_970, Asset.TOKEN, 5);
    Passage first = process.open(process.request(10, 4_990));
    assertThat(process.settle(first, TokenUsage.of(10, 4_990), 200).quotaTokens()).isEqualTo(5_000);
    Passage rest = process.open(process.request(10, 4_840));
    assertThat(process.settle(rest, TokenUsage.of(10, 4_840), 200).quotaTokens()).isEqualTo(4_850);
    process.row(first.id());
    process.row(rest.id());
    assertThat(process.balances(grants)).containsOnly(0L);
    assertThatThrownBy(() -> process.open(process.request(0, 1))).isInstanceOf(Refusal.class);
  }

  @Test
  void small_grants_pay_for_use_beyond_the_reservation_too() {
    process.giveGrants(200, Asset.TOKEN, 50);
    process.giveMoney(1_000_000);
    Passage passage = process.open(process.request(8, 16));
    assertThat(process.settle(passage, TokenUsage.of(8, 9_000), 200))
        .isEqualTo(new Charge(passage.id(), 9_008, 0, 0));
    assertThat(process.row(passage.id()).cost()).isZero();
  }

  @Test
  void small_credits_pay_for_use_beyond_the_reservation_before_the_balance() {
    List<AccountId> credits = process.giveGrants(200, USD, 100);
    process.giveMoney(1_000_000);
    Passage passage = process.open(process.request(8, 16));
    assertThat(process.settle(passage, TokenUsage.of(8, 2_992), 200).paid()).isEqualTo(30_000);
    process.row(passage.id());
    assertThat(process.balances(credits)).containsOnly(0L);
    assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(1_000_000 - 10_000);
  }

  @Test
  void a_stream_is_extended_step_by_step_over_many_small_grants() {
    process.giveGrants(400, Asset.TOKEN, 25);
    Passage passage = process.open(process.request(10, 9_990, TokenUsage.of(10, 20)));
    for (int output = 100; output <= 9_900; output += 700) {
      TokenUsage soFar = TokenUsage.of(10, output);
      assertThat(process.onLoop(() -> passage.extend(soFar))).as("output " + output).isTrue();
    }
    assertThat(process.settle(passage, TokenUsage.of(10, 9_900), 200).quotaTokens())
        .isEqualTo(9_910);
    process.row(passage.id());
  }

  @Test
  void grants_that_suffice_by_themselves_are_left_as_they_are() {
    List<AccountId> packs = process.giveGrants(30, Asset.TOKEN, 1_000_000);
    Passage passage = process.open(process.request(10, 50_000));
    assertThat(process.settle(passage, TokenUsage.of(10, 20_000), 200).quotaTokens())
        .isEqualTo(20_010);
    process.row(passage.id());
    assertThat(process.balances(packs).getFirst()).isEqualTo(1_000_000 - 20_010);
    assertThat(process.balances(packs.subList(1, 30))).containsOnly(1_000_000L);
    assertThat(process.gatherings()).isZero();
  }

  @Test
  void many_requests_at_once_share_small_grants_and_no_money_is_taken() {
    process.giveGrants(300, Asset.TOKEN, 50);
    process.giveMoney(10_000_000);
    List<CompletableFuture<Charge>> running = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      running.add(
          CompletableFuture.supplyAsync(
              () ->
                  process.settle(
                      process.open(process.request(10, 690)), TokenUsage.of(10, 690), 200)));
    }
    List<Charge> charges = running.stream().map(CompletableFuture::join).toList();
    assertThat(charges)
        .allSatisfy(charge -> assertThat(charge.paid()).isZero())
        .allSatisfy(charge -> assertThat(charge.quotaTokens()).isEqualTo(700));
    charges.forEach(charge -> process.row(charge.id()));
    assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(10_000_000);
  }
}
