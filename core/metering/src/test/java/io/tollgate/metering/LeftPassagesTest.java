package io.tollgate.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ChargeId;
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

/** What a process left behind, and what the next one on its directory makes of it. */
class LeftPassagesTest {
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
  void what_an_earlier_process_left_open_is_in_doubt_and_charged_by_its_input_and_progress() {
    process.giveMoney(1_000);
    Passage passage = process.open(process.request(10, 50));
    var _ =
        process.onLoop(
            () -> {
              passage.progress(TokenUsage.of(10, 3));
              return CompletableFuture.completedFuture(true);
            });
    process.startAgain();
    assertThat(process.metering().recovered()).isEqualTo(1);
    await().until(() -> process.row(passage.id()).outcome() == Outcome.IN_DOUBT);
    await()
        .untilAsserted(
            () -> assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(870));
    process.stop();
    process.startAgain();
    assertThat(process.metering().recovered()).isZero();
  }

  @Test
  void what_an_earlier_process_had_settled_in_its_log_is_booked_by_the_next() {
    process.giveMoney(1_000_000);
    List<ChargeId> charges = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Passage passage = process.open(process.request(10, 50));
      var _ = process.settle(passage, TokenUsage.of(10, 20), 200);
      charges.add(passage.id());
    }
    process.startAgain();
    charges.forEach(charge -> assertThat(process.row(charge).cost()).isEqualTo(300));
    assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(1_000_000 - 50 * 300);
  }

  @Test
  void a_tenant_who_decides_by_hand_keeps_it_held_and_in_sight() {
    process.rule(InDoubtRule.MANUAL);
    process.giveMoney(1_000);
    Passage passage = process.open(process.request(10, 50));
    process.startAgain();
    assertThat(process.metering().recovered()).isEqualTo(1);
    await().until(() -> process.row(passage.id()).outcome() == Outcome.IN_DOUBT);
    await()
        .untilAsserted(
            () -> assertThat(process.account(AccountKind.BALANCE).held()).isEqualTo(600));
    await().untilAsserted(() -> assertThat(process.metering().inDoubtRequests()).isEqualTo(1));
    assertThat(process.metering().oldestInDoubt()).isPositive();
  }
}
