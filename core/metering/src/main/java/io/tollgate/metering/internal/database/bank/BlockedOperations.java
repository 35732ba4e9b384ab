package io.tollgate.metering.internal.database.bank;

import io.tollgate.ground.AccountId;
import io.tollgate.metering.internal.lease.LeaseOperation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Lease operations on accounts that somebody else has locked, such as a batch of charges that is
 * being booked: they wait here, so that those on other accounts need not. As long as one waits, all
 * that come for its account wait behind it, so that who came first is served first. Only the
 * account of the first is waited for, and nothing is locked meanwhile; of the others those are done
 * which are free by then. To wait for one while holding another would have the next batch of
 * charges wait for both, and whoever comes after it.
 */
final class BlockedOperations implements AutoCloseable {
  private final Map<AccountId, Integer> waiting = new ConcurrentHashMap<>();
  private final UnaryOperator<List<LeaseOperation>> work;
  private final BatchWorker<LeaseOperation> worker;

  /**
   * @param places how many wait at most
   * @param max how many are done at once at most
   * @param work does some of them, waiting for the account of the first, and answers those that it
   *     has left
   */
  BlockedOperations(int places, int max, UnaryOperator<List<LeaseOperation>> work) {
    this.work = work;
    this.worker = new BatchWorker<>("locked-leases", places, max, this::work);
  }

  void start() {
    worker.start();
  }

  /** Takes it if others wait for its account. */
  boolean queues(LeaseOperation operation) {
    if (!waiting.containsKey(operation.account())) {
      return false;
    }
    add(operation);
    return true;
  }

  /** Where there is no room it is forgotten: whoever asked asks again. */
  void add(LeaseOperation operation) {
    waiting.merge(operation.account(), 1, Integer::sum);
    if (!worker.offer(operation)) {
      forget(operation);
    }
  }

  private void work(List<LeaseOperation> operations) {
    List<LeaseOperation> left = new ArrayList<>(operations);
    try {
      while (!left.isEmpty()) {
        Set<LeaseOperation> still = new HashSet<>(work.apply(List.copyOf(left)));
        left.stream().filter(operation -> !still.contains(operation)).forEach(this::forget);
        left.retainAll(still);
        worker.more(left);
      }
    } finally {
      left.forEach(this::forget);
    }
  }

  private void forget(LeaseOperation operation) {
    waiting.computeIfPresent(
        operation.account(), (account, count) -> count == 1 ? null : count - 1);
  }

  @Override
  public void close() {
    worker.close();
  }
}
