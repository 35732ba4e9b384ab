package io.tollgate.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.AccountKind;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that come faster than they are booked. */
class UnbookedRequestsTest {
  private static final String LOCK_LOGS =
      "SELECT id FROM metering.meter_log WHERE state = 'open' FOR NO KEY UPDATE";
  private static final int MAX_RECORDS = 20;

  @TempDir Path folder;

  @Test
  void too_many_that_wait_are_refused_until_they_are_booked() throws SQLException {
    try (MeteredProcess process = MeteredProcess.start(folder, MAX_RECORDS)) {
      process.giveMoney(1_000_000);
      int served = 0;
      try (var held = process.database().application().getConnection();
          var statement = held.createStatement()) {
        held.setAutoCommit(false);
        statement.execute(LOCK_LOGS);
        while (serves(process)) {
          served++;
          assertThat(served).isLessThan(10_000);
        }
        assertThat(process.metering().closedBy()).isPresent();
        assertThat(2 * served).isGreaterThanOrEqualTo(MAX_RECORDS);
        assertThatThrownBy(() -> process.open(process.request(10, 50)))
            .isInstanceOfSatisfying(
                Refusal.class,
                refusal -> {
                  assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                  assertThat(refusal.retryAfter()).isPresent();
                });
        held.rollback();
      }
      await().until(() -> process.metering().closedBy().isEmpty());
      var _ = process.settle(process.open(process.request(10, 50)), TokenUsage.of(1, 2), 200);
      long left = 1_000_000 - 30L * (served + 1);
      await()
          .untilAsserted(
              () -> assertThat(process.account(AccountKind.BALANCE).balance()).isEqualTo(left));
    }
  }

  /** False when it was refused, as what waits is counted beside the requests. */
  private static boolean serves(MeteredProcess process) {
    Passage passage;
    try {
      passage = process.open(process.request(10, 50));
    } catch (Refusal refusal) {
      return false;
    }
    var _ = process.settle(passage, TokenUsage.of(1, 2), 200);
    return true;
  }
}
