package io.tollgate.metering.internal.database.bank;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.metering.internal.database.bank.DatabaseBank.Comparison;
import io.tollgate.metering.internal.database.tables.ArrayColumns;
import io.tollgate.metering.internal.database.tables.LeaseTable;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseAnswer;
import io.tollgate.metering.internal.lease.LeaseSnapshot;
import io.tollgate.metering.internal.lease.LeaseStanding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Shows shards their lease rows as the last commit left them. */
final class LeaseComparisons {
  private static final String OPEN =
      "SELECT id FROM metering.meter_log WHERE id = ANY (?::uuid[]) AND state = 'open'";

  private LeaseComparisons() {}

  /** Answers each shard once, with the last number it asked with. */
  static void answer(Transactions transactions, List<Comparison> asked) {
    Map<HolderId, Comparison> last = new LinkedHashMap<>();
    asked.forEach(comparison -> last.put(comparison.seat().holder(), comparison));
    Map<HolderId, List<LeaseAnswer.Granted>> rows = new HashMap<>();
    // the state is read after the rows: rows that were taken away are not shown as of an open log
    Set<HolderId> open =
        transactions.read(
            transaction -> {
              read(transaction, last.keySet())
                  .forEach(
                      row ->
                          rows.computeIfAbsent(row.holder(), id -> new ArrayList<>())
                              .add(seen(row)));
              return transaction.sql().connectionResult(c -> open(c, last.keySet()));
            });
    last.forEach(
        (holder, comparison) -> {
          LeaseSnapshot snapshot =
              new LeaseSnapshot(
                  holder,
                  comparison.number(),
                  open.contains(holder),
                  rows.getOrDefault(holder, List.of()));
          comparison.seat().tell(listener -> listener.compared(snapshot));
        });
  }

  private static List<LeaseStanding> read(Transaction transaction, Set<HolderId> holders) {
    return transaction.sql().connectionResult(c -> LeaseTable.of(c, holders));
  }

  private static LeaseAnswer.Granted seen(LeaseStanding row) {
    return new LeaseAnswer.Granted(
        row.holder(), row.account(), row.number(), row.token(), row.granted(), 0);
  }

  private static Set<HolderId> open(Connection connection, Set<HolderId> holders)
      throws SQLException {
    Set<HolderId> open = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
      var unused = new ArrayColumns(statement).uuids(holders, HolderId::value);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          open.add(new HolderId(found.getObject(1, UUID.class)));
        }
      }
    }
    return open;
  }
}
