package io.tollgate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tollgate.data.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is notified by a transaction is heard after its commit, and gaps are told. */
class NotificationsTest {
  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void what_a_committed_transaction_notified_is_heard_by_those_who_listen_to_the_channel() {
    Heard here = subscribe("test_here");
    Heard there = subscribe("test_there");
    send("test_here", "one");
    send("test_there", "two");
    await().until(() -> here.payloads.size() + there.payloads.size() == 2);
    assertThat(here.payloads).containsExactly("one");
    assertThat(there.payloads).containsExactly("two");
  }

  @Test
  void a_connection_that_breaks_is_made_again_and_the_gap_is_told() throws SQLException {
    Heard heard = subscribe("test_here");
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE query LIKE 'LISTEN%' AND datname = current_database()");
    }
    await().until(() -> heard.gaps.get() == 2);
    send("test_here", "after");
    await().until(() -> heard.payloads.contains("after"));
  }

  @Test
  void a_listener_that_fails_does_not_silence_the_others() {
    database
        .database()
        .notifications()
        .subscribe(
            "test_here",
            new Notifications.Listener() {
              @Override
              public void notified(String payload) {
                throw new IllegalStateException("a listener that fails");
              }

              @Override
              public void missed() {}
            });
    Heard heard = subscribe("test_here");
    send("test_here", "one");
    await().until(() -> heard.payloads.equals(List.of("one")));
  }

  @Test
  void a_channel_is_named_by_lower_case_letters_only() {
    assertThatThrownBy(() -> subscribe("x; DROP TABLE y"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: lower case");
  }

  private Heard subscribe(String channel) {
    Heard heard = new Heard();
    database.database().notifications().subscribe(channel, heard);
    await().until(() -> heard.gaps.get() == 1);
    return heard;
  }

  private void send(String channel, String payload) {
    int _ =
        database
            .transactions()
            .write(tx -> tx.sql().execute("SELECT pg_notify(?, ?)", channel, payload));
  }

  private static final class Heard implements Notifications.Listener {
    final List<String> payloads = new CopyOnWriteArrayList<>();
    final AtomicInteger gaps = new AtomicInteger();

    @Override
    public void notified(String payload) {
      payloads.add(payload);
    }

    @Override
    public void missed() {
      gaps.incrementAndGet();
    }
  }
}
