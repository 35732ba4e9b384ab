package io.tollgate.insight;

import static io.tollgate.insight.Requests.NOON;
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
    try (LogStore store = open()) {
      store.append(
          new SpoolReader.Batch(List.of(new SpoolEntry(request, 1)), Map.of(), List.of(), false));
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file());
        Statement statement = connection.createStatement()) {
      boolean _ = statement.execute("DROP VIEW request");
      for (String table : List.of("recent_request", "sorted_request")) {
        for (String column : List.of("client_mark", "trace_mark")) {
          boolean _ = statement.execute("ALTER TABLE " + table + " DROP COLUMN " + column);
        }
      }
    }
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
