package io.tollgate.metering.internal.database;

import io.tollgate.ground.AccountId;
import io.tollgate.metering.internal.lease.LeaseOperation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Lease operations on accounts that somebody else has locked, such as a batch of charges that is
 * being booked: they wait here, so that those on other accounts need not. As long as one waits, all
 * that come for its account wait behind it, so that who came first is served first.
 */
final class LockedOut implements AutoCloseable {
  private final Map<AccountId, Integer> waiting = new ConcurrentHashMap<>();
  private final Consumer<List<LeaseOperation>> work;
  private final BatchWorker<LeaseOperation> worker;

  /**
   * @param places how many wait at most
   * @param most how many are done at once at most
   * @param work does them, waiting for their accounts
   */
  LockedOut(int places, int most, Consumer<List<LeaseOperation>> work) {
    this.work = work;
    this.worker = new BatchWorker<>("locked-leases", places, most, this::work);
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
    try {
      work.accept(operations);
    } finally {
      operations.forEach(this::forget);
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
