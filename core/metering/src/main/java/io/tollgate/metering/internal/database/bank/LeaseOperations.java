package io.tollgate.metering.internal.database.bank;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.LockedMeans;
import io.tollgate.metering.internal.database.tables.ArrayColumns;
import io.tollgate.metering.internal.database.tables.LeaseTable;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseAnswer;
import io.tollgate.metering.internal.lease.LeaseBooks;
import io.tollgate.metering.internal.lease.LeaseDecision;
import io.tollgate.metering.internal.lease.LeaseOperation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Lease operations as one transaction: locks the logs against being closed and the accounts against
 * everybody, decides, writes what has changed. Holds no state.
 */
final class LeaseOperations {
  private static final String LOCK_LOGS =
      """
      SELECT id, state = 'open', (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
        FROM metering.meter_log
       WHERE id = ANY (?::uuid[])
       ORDER BY id
         FOR KEY SHARE
      """;

  private static final String TIME =
      "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

  private static final String LOAD =
      """
      SELECT l.holder, l.account_id, l.number, l.token, l.granted, l.settled, l.drained,
             m.state = 'open'
        FROM unnest(?::bigint[]) AS a (id)
        JOIN metering.lease l ON l.account_id = a.id
        JOIN metering.meter_log m ON m.id = l.holder
      """;

  private static final String FORK =
      "UPDATE metering.meter_log SET state = 'forked' WHERE id = ANY (?::uuid[]) AND state ="
          + " 'open'";

  private final Ledger ledger;

  LeaseOperations(Ledger ledger) {
    this.ledger = ledger;
  }

  /** One decision per operation, in their order. Waits for accounts that others have locked. */
  List<LeaseDecision> run(Transaction transaction, List<LeaseOperation> operations) {
    return run(transaction, operations, true).stream().flatMap(Optional::stream).toList();
  }

  /**
   * The same without waiting: no decision on operations whose accounts another transaction has
   * locked at this moment, such as a batch of charges that is being booked. What is decided is
   * decided as safely as with waiting: every account that it reads or changes is locked, in the
   * same order, and an operation that is left out has read and written nothing. It is decided
   * later, as if it had come later.
   */
  List<Optional<LeaseDecision>> runFree(Transaction transaction, List<LeaseOperation> operations) {
    return run(transaction, operations, false);
  }

  private List<Optional<LeaseDecision>> run(
      Transaction transaction, List<LeaseOperation> operations, boolean waits) {
    Map<HolderId, Boolean> open = new HashMap<>();
    long asked = transaction.sql().connectionResult(c -> lockLogs(c, holders(operations), open));
    Set<AccountId> accounts = new LinkedHashSet<>();
    for (LeaseOperation operation : operations) {
      if (open.getOrDefault(operation.holder(), false)) {
        accounts.add(operation.account());
      }
    }
    if (accounts.isEmpty()) {
      return operations.stream().map(LeaseOperations::closed).map(Optional::of).toList();
    }
    LockedMeans locked =
        waits ? ledger.lockMeans(transaction, accounts) : ledger.lockFree(transaction, accounts);
    if (!waits) {
      accounts.retainAll(locked.accounts().keySet());
    }
    // who waits for means is remembered for a fraction of a second, which begins when it is decided
    long now = waits ? transaction.sql().connectionResult(LeaseOperations::time) : asked;
    LeaseBooks books = new LeaseBooks();
    open.forEach(books::admit);
    locked.accounts().forEach((id, account) -> books.fund(id, account.available()));
    if (!accounts.isEmpty()) {
      transaction.sql().connection(connection -> load(connection, accounts, books));
    }
    List<Optional<LeaseDecision>> decisions = new ArrayList<>(operations.size());
    for (LeaseOperation operation : operations) {
      boolean isOpen = open.getOrDefault(operation.holder(), false);
      boolean leftOut = isOpen && !accounts.contains(operation.account());
      decisions.add(leftOut ? Optional.empty() : Optional.of(books.operate(operation, now)));
    }
    write(transaction, locked, books);
    return decisions;
  }

  /** Closes the logs of holders that run twice. */
  void fork(Transaction transaction, Collection<HolderId> holders) {
    transaction.sql().connection(connection -> fork(connection, holders));
  }

  private void write(Transaction transaction, LockedMeans locked, LeaseBooks books) {
    List<Leg> held = new ArrayList<>();
    books.heldChanges().forEach((account, units) -> held.add(new Leg(account, units)));
    if (!held.isEmpty()) {
      ledger.moveHeld(transaction, locked, held);
    }
    transaction
        .sql()
        .connection(
            connection -> {
              LeaseTable.write(connection, books.changedRows());
              WaitingTable.write(connection, books.changedWaiting());
              fork(connection, books.closed());
            });
  }

  private static Set<HolderId> holders(List<LeaseOperation> operations) {
    Set<HolderId> holders = new LinkedHashSet<>();
    operations.forEach(operation -> holders.add(operation.holder()));
    return holders;
  }

  private static LeaseDecision closed(LeaseOperation operation) {
    return new LeaseDecision(new LeaseAnswer.Closed(operation.holder()), List.of());
  }

  /** Answers the database's time, nanoseconds since 1970; 0 when there is none of these logs. */
  private static long lockLogs(
      Connection connection, Set<HolderId> holders, Map<HolderId, Boolean> open)
      throws SQLException {
    long now = 0;
    try (PreparedStatement statement = connection.prepareStatement(LOCK_LOGS)) {
      var unused = new ArrayColumns(statement).uuids(holders, HolderId::value);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          open.put(new HolderId(rows.getObject(1, UUID.class)), rows.getBoolean(2));
          now = rows.getLong(3) * 1_000;
        }
      }
    }
    return now;
  }

  /** The database's time, nanoseconds since 1970. */
  private static long time(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TIME);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1) * 1_000;
    }
  }

  private static void load(Connection connection, Set<AccountId> accounts, LeaseBooks books)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
      var unused = new ArrayColumns(statement).accounts(accounts);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          var row = LeaseTable.standing(rows);
          books.admit(row.holder(), rows.getBoolean(8));
          books.load(row);
        }
      }
    }
    WaitingTable.load(connection, accounts, books);
  }

  private static void fork(Connection connection, Collection<HolderId> holders)
      throws SQLException {
    if (holders.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(FORK)) {
      var unused = new ArrayColumns(statement).uuids(holders, HolderId::value);
      statement.executeUpdate();
    }
  }
}
