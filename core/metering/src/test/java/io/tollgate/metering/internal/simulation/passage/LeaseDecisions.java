package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.ground.AccountId;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseAnswer;
import io.tollgate.metering.internal.lease.LeaseBooks;
import io.tollgate.metering.internal.lease.LeaseDecision;
import io.tollgate.metering.internal.lease.LeaseOperation;
import io.tollgate.metering.internal.lease.LeaseSnapshot;
import io.tollgate.metering.internal.lease.LeaseStanding;
import io.tollgate.metering.internal.settlement.LogState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lease operations on the model database, by the rules of production: load, decide, write. */
final class LeaseDecisions {
  private LeaseDecisions() {}

  /**
   * @param forks whether a log is forked by what its holder's operations show
   */
  static LeaseDecision operate(
      Database database, LeaseOperation operation, long now, boolean forks) {
    if (!isOpen(database, operation.holder())) {
      return new LeaseDecision(new LeaseAnswer.Closed(operation.holder()), List.of());
    }
    AccountId account = operation.account();
    Amounts amounts = database.account(account);
    LeaseBooks books = new LeaseBooks();
    books.admit(operation.holder(), true);
    books.fund(account, amounts.available);
    for (Map.Entry<HolderId, Map<AccountId, LeaseStanding>> each : database.leases.entrySet()) {
      LeaseStanding row = each.getValue().get(account);
      if (row != null) {
        books.admit(each.getKey(), isOpen(database, each.getKey()));
        books.load(row);
      }
    }
    database.waiting.getOrDefault(account, List.of()).forEach(books::load);
    LeaseDecision decision = books.operate(operation, now);
    books.heldChanges().forEach((id, units) -> database.account(id).hold(units));
    books.changedRows().forEach(row -> database.leases(row.holder()).put(row.account(), row));
    database.waiting.putAll(books.changedWaiting());
    if (forks) {
      books.closed().forEach(holder -> fork(database, holder));
    }
    return decision;
  }

  static LeaseSnapshot compare(Database database, HolderId holder, long number) {
    if (!isOpen(database, holder)) {
      return new LeaseSnapshot(holder, number, false, List.of());
    }
    List<LeaseAnswer.Granted> rows = new ArrayList<>();
    database
        .leases(holder)
        .forEach(
            (account, row) ->
                rows.add(
                    new LeaseAnswer.Granted(
                        holder, account, row.number(), row.token(), row.granted(), 0)));
    return new LeaseSnapshot(holder, number, true, rows);
  }

  static void fork(Database database, HolderId holder) {
    database.logs.computeIfPresent(
        holder.value(), (_, row) -> row.state() == LogState.OPEN ? row.in(LogState.FORKED) : row);
  }

  private static boolean isOpen(Database database, HolderId holder) {
    LogRow row = database.logs.get(holder.value());
    return row != null && row.state() == LogState.OPEN;
  }
}
