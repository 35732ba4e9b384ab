package io.tollgate.ledger.internal.audit;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Runs checks in one or two transactions that see one snapshot; each takes the next check that
 * nobody has taken. For one audit.
 */
final class AuditLanes {
  /** Replaying a chain sorts all its entries: in memory if they fit into this. */
  private static final String MEMORY = "SET LOCAL work_mem = '64MB'";

  private final List<AuditCheck> checks;
  private final AuditScope scope;
  private final AtomicInteger next = new AtomicInteger();
  private final Map<Integer, Checked> done = new ConcurrentHashMap<>();

  AuditLanes(List<AuditCheck> checks, AuditScope scope) {
    this.checks = checks;
    this.scope = scope;
  }

  /** Runs what nobody has taken yet on this transaction. */
  void run(Transaction snapshot) {
    try {
      var unused = snapshot.sql().execute(MEMORY);
      for (int i = next.getAndIncrement(); i < checks.size(); i = next.getAndIncrement()) {
        AuditCheck check = checks.get(i);
        done.put(i, new Checked(check.run(snapshot, scope), check.notes(snapshot, scope)));
      }
    } finally {
      // after a failure the other one need not go on
      next.set(checks.size());
    }
  }

  /**
   * Runs all checks, half of them in a second transaction. It is not missed where it does not get
   * as far as the snapshot, because no connection is free or the first has done everything.
   *
   * @param before what else is to be read from the snapshot
   */
  <T> T run(Transactions transactions, Function<Transaction, T> before) {
    List<Future<?>> second = new ArrayList<>(1);
    T read;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      read =
          transactions.snapshot(
              snapshot -> {
                T answer = before.apply(snapshot);
                String exported =
                    snapshot.sql().fetchSingle("SELECT pg_export_snapshot()").get(0, String.class);
                second.add(threads.submit(() -> follow(transactions, exported)));
                run(snapshot);
                return answer;
              });
    }
    if (done.size() < checks.size()) {
      throw failure(second.getFirst());
    }
    return read;
  }

  /** In the order of the checks, whoever ran them. */
  List<Checked> results() {
    return IntStream.range(0, checks.size()).mapToObj(done::get).toList();
  }

  private void follow(Transactions transactions, String exported) {
    var unused =
        transactions.snapshot(
            snapshot -> {
              var imported = snapshot.sql().execute("SET TRANSACTION SNAPSHOT '" + exported + "'");
              run(snapshot);
              return imported;
            });
  }

  private static RuntimeException failure(Future<?> second) {
    return second.state() == Future.State.FAILED
            && second.exceptionNow() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException("the audit did not end", second.exceptionNow());
  }

  /** What a check found. */
  record Checked(List<AuditFinding> findings, List<String> notes) {}
}
