package io.tollgate.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.AccountKind;
import io.tollgate.metering.DeferredCharges.Item;
import io.tollgate.metering.SpendLimit.Scope;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests whose result comes long after they were answered, on the real ledger beside leases. */
class DeferredChargesTest {
  @TempDir Path folder;
  private MeteredProcess process;

  @BeforeEach
  void start() {
    process = MeteredProcess.start(folder);
  }

  /** The books are clean then, and nothing is held. */
  @AfterEach
  void close() {
    process.close();
  }

  @Test
  void what_it_may_cost_is_held_and_what_it_cost_is_charged_once() {
    process.giveMoney(1_000);
    PassageRequest request = open(10, 20);
    assertThat(process.account(AccountKind.BALANCE).held()).isEqualTo(300);
    assertThat(settle(request, TokenUsage.of(10, 10)))
        .contains(List.of(new Charge(request.charge(), 0, 200, 0)));
    assertThat(process.account(AccountKind.BALANCE).held()).isZero();
    assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(800);
    assertThat(process.row(request.charge()).cost()).isEqualTo(200);
    assertThat(settle(request, TokenUsage.of(10, 10))).isEmpty();
    assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(800);
  }

  @Test
  void it_outlives_its_process() {
    process.giveMoney(1_000);
    PassageRequest request = open(10, 20);
    process.stop();
    process.startAgain();
    assertThat(process.account(AccountKind.BALANCE).held()).isEqualTo(300);
    assertThat(settle(request, TokenUsage.of(10, 10))).isPresent();
    assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(800);
  }

  @Test
  void of_many_who_settle_at_once_one_does() throws Exception {
    process.giveMoney(1_000);
    PassageRequest request = open(10, 20);
    Callable<Boolean> settling = () -> settle(request, TokenUsage.of(10, 10)).isPresent();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long done = 0;
      for (var each : threads.invokeAll(Collections.nCopies(8, settling))) {
        done += each.get() ? 1 : 0;
      }
      assertThat(done).isOne();
    }
    assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(800);
  }

  @Test
  void means_that_lie_idle_in_leases_are_called_back() {
    process.giveMoney(1_000);
    Charge _ = process.settle(process.open(process.request(10, 20)), TokenUsage.of(10, 10), 200);
    PassageRequest request = open(10, 70);
    assertThat(settle(request, TokenUsage.NONE)).isPresent();
  }

  @Test
  void what_the_means_do_not_cover_is_refused_and_nothing_is_held() {
    process.giveMoney(299);
    assertThatThrownBy(() -> open(10, 20))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INSUFFICIENT_MEANS));
    assertThat(process.account(AccountKind.BALANCE).held()).isZero();
  }

  @Test
  void what_was_used_beyond_all_means_is_owed() {
    process.giveMoney(300);
    PassageRequest request = open(10, 20);
    assertThat(settle(request, TokenUsage.of(10, 40)))
        .contains(List.of(new Charge(request.charge(), 0, 300, 200)));
    assertThatThrownBy(() -> open(1, 1))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INSUFFICIENT_MEANS));
  }

  @Test
  void parts_are_paid_one_after_the_other_quota_first_and_each_has_its_record() {
    process.giveTokens(25);
    process.giveMoney(1_000);
    PassageRequest request = process.request(20, 40);
    process
        .metering()
        .deferred()
        .open(request, List.of(TokenUsage.of(10, 20), TokenUsage.of(10, 20)));
    assertThat(process.account(AccountKind.BALANCE).held()).isEqualTo(350);
    ChargeId first = new ChargeId(UUID.randomUUID());
    ChargeId second = new ChargeId(UUID.randomUUID());
    assertThat(
            settle(
                request,
                List.of(item(first, TokenUsage.of(10, 10)), item(second, TokenUsage.of(10, 10)))))
        .contains(List.of(new Charge(first, 20, 0, 0), new Charge(second, 5, 150, 0)));
    assertThat(process.row(first).quotaTokens()).isEqualTo(20);
    assertThat(process.row(second).cost()).isEqualTo(150);
    assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(850);
  }

  @Test
  void spend_limits_are_held_and_count_what_was_charged() {
    process.giveMoney(1_000);
    var limit = process.limit(Scope.USER, 500);
    PassageRequest request = open(10, 20);
    assertThat(process.account(limit).held()).isEqualTo(300);
    assertThatThrownBy(() -> open(10, 20))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal).hasMessageContaining("spend limit"));
    assertThat(settle(request, TokenUsage.of(10, 10))).isPresent();
    assertThat(process.account(limit).balance()).isEqualTo(300);
  }

  @Test
  void what_nobody_can_tell_the_end_of_is_charged_by_its_tenants_rule() {
    process.giveMoney(1_000);
    PassageRequest request = open(10, 20);
    boolean open =
        process
            .database()
            .transactions()
            .write(tx -> process.metering().deferred().giveUp(tx, request.charge()));
    assertThat(open).isTrue();
    assertThat(process.row(request.charge()).cost()).isEqualTo(100);
    assertThat(settle(request, TokenUsage.of(10, 10))).isEmpty();
  }

  private PassageRequest open(long input, long output) {
    PassageRequest request = process.request(input, output);
    process.metering().deferred().open(request, List.of(request.estimate()));
    return request;
  }

  private Optional<List<Charge>> settle(PassageRequest request, TokenUsage usage) {
    return settle(request, List.of(item(request.charge(), usage)));
  }

  private Optional<List<Charge>> settle(PassageRequest request, List<Item> items) {
    return process
        .database()
        .transactions()
        .write(tx -> process.metering().deferred().settle(tx, request.charge(), items));
  }

  private static Item item(ChargeId charge, TokenUsage usage) {
    return new Item(
        charge,
        Optional.of("mine"),
        new PassageResult(
            usage,
            true,
            200,
            Optional.empty(),
            OptionalLong.of(1),
            "m",
            1,
            12,
            OptionalLong.empty()));
  }
}
