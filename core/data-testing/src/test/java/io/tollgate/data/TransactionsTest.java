package io.tollgate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.TenantId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransactionsTest {
  private final TestDatabase database = TestDatabase.create();
  private final Transactions transactions = database.transactions();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void what_is_written_is_there_after_commit() {
    transactions.write(
        transaction -> {
          transaction.publish(new OutboxEvent(new TenantId(1), "billing.7", "x.y", "{\"a\":1}"));
          return 0;
        });
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void a_body_that_fails_leaves_nothing() {
    assertThatThrownBy(
            () ->
                transactions.write(
                    transaction -> {
                      transaction.publish(new OutboxEvent(new TenantId(1), "s", "t", "{}"));
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(count()).isZero();
  }

  private int count() {
    return transactions.read(
        transaction ->
            transaction.sql().fetchSingle("SELECT count(*) FROM data.outbox").get(0, int.class));
  }
}
