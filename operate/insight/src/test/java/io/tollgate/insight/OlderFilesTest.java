package io.tollgate.insight;

import static io.tollgate.insight.Requests.NOON;
import static io.tollgate.insight.Requests.refused;
import static io.tollgate.insight.Requests.served;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.insight.internal.spool.SpoolEntry;
import io.tollgate.insight.internal.spool.SpoolReader;
import io.tollgate.insight.internal.store.DuckStore;
import io.tollgate.insight.internal.store.LogStore;
import io.tollgate.insight.internal.store.StoreException;
import io.tollgate.relay.gateway.LoggedRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the request log that an earlier version made. */
class OlderFilesTest {
  @TempDir private Path home;

  @Test
  void requests_of_a_file_without_marks_are_found_by_the_callers_texts()
      throws StoreException, SQLException {
    LoggedRequest request = served(NOON, 1, "model-1");
    keep(request);
    List<String> older = new ArrayList<>(List.of("DROP VIEW request"));
    for (String table : List.of("recent_request", "sorted_request")) {
      for (String column : List.of("client_mark", "trace_mark")) {
        older.add("ALTER TABLE " + table + " DROP COLUMN " + column);
      }
    }
    change(older);
    for (int opened = 0; opened < 2; opened++) {
      try (LogStore store = open()) {
        assertThat(store.find(by(Optional.empty(), request.traceId()), 10, Optional.empty()))
            .hasSize(1);
        assertThat(
                store.find(by(request.clientRequestId(), Optional.empty()), 10, Optional.empty()))
            .hasSize(1);
        assertThat(store.find(by(Optional.empty(), Optional.of("another")), 10, Optional.empty()))
            .isEmpty();
      }
    }
  }

  @Test
  void a_file_of_before_traces_and_runs_is_read_on_and_requests_are_found_by_their_trace()
      throws StoreException, SQLException {
    try (LogStore _ = open()) {
      // made
    }
    change(
        List.of(
            "DROP VIEW request",
            "DROP TABLE recent_request",
            "ALTER TABLE sorted_request RENAME TO request",
            "ALTER TABLE request DROP COLUMN trace_id",
            "ALTER TABLE request DROP COLUMN elsewhere",
            "ALTER TABLE request DROP COLUMN client_mark",
            "ALTER TABLE request DROP COLUMN trace_mark"));
    LoggedRequest traced = served(NOON, 7, "gpt-4o");
    keep(traced);
    keep(refused(NOON, 401, "INVALID_API_KEY"));
    try (LogStore store = open()) {
      assertThat(store.count(LogFilter.ALL)).isEqualTo(2);
      assertThat(store.find(by(Optional.empty(), traced.traceId()), 10, Optional.empty()))
          .extracting(row -> row.request().id())
          .containsExactly(traced.id());
      assertThat(store.count(by(Optional.empty(), Optional.of("4bf92f3577b34da6a3ce929d0e0effff"))))
          .isZero();
    }
  }

  private void keep(LoggedRequest request) throws StoreException {
    try (LogStore store = open()) {
      store.append(
          new SpoolReader.Batch(List.of(new SpoolEntry(request, 1)), Map.of(), List.of(), false));
    }
  }

  private void change(List<String> statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file());
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        boolean _ = statement.execute(each);
      }
    }
  }

  private static LogFilter by(Optional<String> client, Optional<String> trace) {
    LogFilter all = LogFilter.ALL;
    return new LogFilter(
        all.request(),
        client,
        trace,
        all.tenant(),
        all.user(),
        all.key(),
        all.account(),
        all.model(),
        all.status(),
        all.errorCode(),
        all.booked(),
        all.start(),
        all.end());
  }

  private LogStore open() throws StoreException {
    return DuckStore.open(file(), 256, 1, 100);
  }

  private Path file() {
    return home.resolve("log.duckdb");
  }
}
