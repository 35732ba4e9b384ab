package io.tollgate.rewards;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.ListRequest;
import io.tollgate.data.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jooq.DSLContext;
import org.jooq.Query;

/** A table with rows enough that reading it whole would show in the plan. */
public final class FilledTable implements AutoCloseable {
  private final TestDatabase database = TestDatabase.create();
  private final String name;

  /** Fills a table of rewards by statements; foreign keys are not looked at. */
  public FilledTable(String name, String... statements) throws SQLException {
    this.name = name;
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      boolean _ = statement.execute("SET session_replication_role = replica");
      for (String sql : statements) {
        boolean _ = statement.execute(sql);
      }
      boolean _ = statement.execute("ANALYZE rewards." + name);
    }
  }

  /** The first part of a list, and a later one, are read from an index. */
  public void assertIndexed(BiFunction<DSLContext, ListRequest, Query> list) {
    ListRequest first = ListRequest.first(10);
    ListRequest later = new ListRequest(1, 10, Optional.of("1795600000000000-9000"), false);
    for (ListRequest part : new ListRequest[] {first, later}) {
      String plan =
          database.transactions().read(tx -> tx.sql().explain(list.apply(tx.sql(), part)).plan());
      assertThat(plan).contains("Index").doesNotContain("Seq Scan on " + name);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
