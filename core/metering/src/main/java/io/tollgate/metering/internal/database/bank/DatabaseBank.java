package io.tollgate.metering.internal.database.bank;

import io.tollgate.data.Notifications;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Ledger;
import io.tollgate.metering.Entitlements;
import io.tollgate.metering.SpendLimits;
import io.tollgate.metering.internal.crash.CrashPoint;
import io.tollgate.metering.internal.crash.CrashPoints;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseDecision;
import io.tollgate.metering.internal.lease.LeaseOperation;
import io.tollgate.metering.internal.shard.BankListener;
import io.tollgate.metering.internal.shard.GrantGathering;
import io.tollgate.metering.internal.shard.ShardBank;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Leases and wallets in PostgreSQL for all shards of one process. What the shards ask while one
 * transaction runs is done together by the next. Answers are given after the commit, on the shards'
 * loops; a transaction that fails is answered by nothing, and the shards ask again.
 */
public final class DatabaseBank implements AutoCloseable {
  private static final int MAX_WAITING = 20_000;
  private static final int MAX_AT_ONCE = 500;
  private static final int MAX_COMPARISONS = 1_000;

  private final Transactions transactions;
  private final CrashPoints crashPoints;
  private final LeaseOperations operations;
  private final LeaseRecalls recalls = new LeaseRecalls(this::tellRecalled);
  private final Map<HolderId, BankSeat> seats = new ConcurrentHashMap<>();
  private final Set<HolderId> forked = ConcurrentHashMap.newKeySet();
  private final BatchWorker<Ask> asks;
  private final BlockedOperations blocked;
  private final BatchWorker<Comparison> comparisons;
  private final WalletReader wallets;
  private final GrantGatherer gatherer;

  /** A bank that goes on whatever step it has reached, of users without spend limits. */
  public DatabaseBank(
      Transactions transactions,
      Ledger ledger,
      Entitlements entitlements,
      Notifications notifications) {
    this(transactions, ledger, entitlements, SpendLimits.NONE, notifications, CrashPoints.NONE);
  }

  /**
   * Starts working at once.
   *
   * @param notifications how other processes tell of recalls and changed accounts
   * @param crashPoints where tests make a process die
   */
  public DatabaseBank(
      Transactions transactions,
      Ledger ledger,
      Entitlements entitlements,
      SpendLimits limits,
      Notifications notifications,
      CrashPoints crashPoints) {
    this.transactions = transactions;
    this.crashPoints = crashPoints;
    this.operations = new LeaseOperations(ledger);
    this.asks = new BatchWorker<>("lease-bank", MAX_WAITING, MAX_AT_ONCE, this::operate);
    this.blocked = new BlockedOperations(MAX_WAITING, MAX_AT_ONCE, this::operateWaiting);
    this.comparisons =
        new BatchWorker<>("lease-comparison", MAX_COMPARISONS, MAX_COMPARISONS, this::compare);
    this.wallets = new WalletReader(transactions, ledger, entitlements, limits);
    this.gatherer = new GrantGatherer(transactions, ledger);
    asks.start();
    blocked.start();
    comparisons.start();
    notifications.subscribe(LeaseRecalls.CHANNEL, recalls);
    AccountChanges changes = new AccountChanges(this::tellAll);
    notifications.subscribe(AccountChanges.CHANNEL, changes);
    notifications.subscribe(Entitlements.CHANNEL, changes);
  }

  /**
   * A shard joins under its log's id, which is in the register already.
   *
   * @param loop runs what the listener hears, one after the other
   */
  public ShardBank join(HolderId holder, Executor loop, BankListener listener) {
    BankSeat seat = new BankSeat(this, holder, loop, listener);
    seats.put(holder, seat);
    return seat;
  }

  /** A shard has ended: nothing is told to it any more. */
  public void leave(HolderId holder) {
    seats.remove(holder);
  }

  void ask(LeaseOperation operation) {
    boolean _ = asks.offer(new Ask.Operate(operation));
  }

  void fork(HolderId holder) {
    forked.add(holder);
    boolean _ = asks.offer(new Ask.Fork(holder));
  }

  void compare(BankSeat seat, long number) {
    boolean _ = comparisons.offer(new Comparison(seat, number));
  }

  void gather(BankSeat seat, GrantGathering.Wish wish) {
    gatherer.ask(seat, wish);
  }

  WalletReader wallets() {
    return wallets;
  }

  /** What can be decided at once; operations on accounts that are locked are put aside. */
  private void operate(List<Ask> batch) {
    List<LeaseOperation> wanted = new ArrayList<>(batch.size());
    for (Ask ask : batch) {
      if (ask instanceof Ask.Operate(LeaseOperation operation) && !blocked.queues(operation)) {
        wanted.add(operation);
      }
    }
    Set<HolderId> twins = Set.copyOf(forked);
    if (wanted.isEmpty() && twins.isEmpty()) {
      return;
    }
    List<Optional<LeaseDecision>> decisions;
    crashPoints.reach(CrashPoint.LEASE_ASKED);
    try {
      decisions = transactions.write(tx -> operate(tx, wanted, twins));
    } catch (RuntimeException e) {
      // a fork is told once only, so it has to be kept
      twins.forEach(twin -> asks.offer(new Ask.Fork(twin)));
      throw e;
    }
    crashPoints.reach(CrashPoint.LEASE_ANSWERED);
    forked.removeAll(twins);
    for (int i = 0; i < decisions.size(); i++) {
      if (decisions.get(i).isEmpty()) {
        blocked.add(wanted.get(i));
      }
    }
    tell(wanted, decisions);
  }

  /** What was put aside: waits for the account of the first, and answers what it has left. */
  private List<LeaseOperation> operateWaiting(List<LeaseOperation> wanted) {
    AccountId first = wanted.getFirst().account();
    Map<Boolean, List<LeaseOperation>> parts =
        wanted.stream().collect(Collectors.partitioningBy(each -> each.account().equals(first)));
    List<LeaseOperation> waiting = parts.getOrDefault(true, List.of());
    List<LeaseOperation> others = parts.getOrDefault(false, List.of());
    List<LeaseOperation> asked = Stream.concat(waiting.stream(), others.stream()).toList();
    crashPoints.reach(CrashPoint.LEASE_ASKED);
    List<Optional<LeaseDecision>> decisions =
        transactions.write(
            tx -> {
              List<Optional<LeaseDecision>> all = new ArrayList<>(asked.size());
              operations.run(tx, waiting).forEach(decision -> all.add(Optional.of(decision)));
              if (!others.isEmpty()) {
                all.addAll(operations.runFree(tx, others));
              }
              return recalling(tx, asked, all);
            });
    crashPoints.reach(CrashPoint.LEASE_ANSWERED);
    tell(asked, decisions);
    return IntStream.range(0, asked.size())
        .filter(i -> decisions.get(i).isEmpty())
        .mapToObj(asked::get)
        .toList();
  }

  private List<Optional<LeaseDecision>> operate(
      Transaction transaction, List<LeaseOperation> wanted, Set<HolderId> twins) {
    if (!twins.isEmpty()) {
      operations.fork(transaction, twins);
    }
    return wanted.isEmpty()
        ? List.of()
        : recalling(transaction, wanted, operations.runFree(transaction, wanted));
  }

  /** Tells, with the commit, holders of other processes whom these decisions recall. */
  private List<Optional<LeaseDecision>> recalling(
      Transaction transaction,
      List<LeaseOperation> wanted,
      List<Optional<LeaseDecision>> decisions) {
    Set<LeaseRecalls.Recall> elsewhere = new LinkedHashSet<>(recalls(wanted, decisions));
    elsewhere.removeIf(recall -> seats.containsKey(recall.holder()));
    LeaseRecalls.send(transaction, elsewhere);
    return decisions;
  }

  private void tell(List<LeaseOperation> wanted, List<Optional<LeaseDecision>> decisions) {
    for (int i = 0; i < decisions.size(); i++) {
      BankSeat asking = seats.get(wanted.get(i).holder());
      if (asking != null) {
        decisions
            .get(i)
            .ifPresent(decision -> asking.tell(listener -> listener.answered(decision.answer())));
      }
    }
    recalls(wanted, decisions).forEach(this::tellRecalled);
  }

  private static Set<LeaseRecalls.Recall> recalls(
      List<LeaseOperation> wanted, List<Optional<LeaseDecision>> decisions) {
    Set<LeaseRecalls.Recall> recalled = new LinkedHashSet<>();
    for (int i = 0; i < decisions.size(); i++) {
      AccountId account = wanted.get(i).account();
      decisions
          .get(i)
          .ifPresent(
              decision ->
                  decision
                      .recalled()
                      .forEach(holder -> recalled.add(new LeaseRecalls.Recall(holder, account))));
    }
    return recalled;
  }

  private void compare(List<Comparison> batch) {
    LeaseComparisons.answer(transactions, batch);
  }

  private void tellRecalled(LeaseRecalls.Recall recall) {
    BankSeat seat = seats.get(recall.holder());
    if (seat != null) {
      seat.tell(listener -> listener.recalled(recall.account()));
    }
  }

  private void tellAll(Consumer<BankListener> what) {
    seats.values().forEach(seat -> seat.tell(what));
  }

  /** Ends after what is under way. */
  @Override
  public void close() {
    asks.close();
    blocked.close();
    comparisons.close();
    wallets.close();
    gatherer.close();
  }

  /** What shards ask about leases. */
  private sealed interface Ask {
    record Operate(LeaseOperation operation) implements Ask {}

    /** Wakes the worker; which holders are forked it knows. */
    record Fork(HolderId holder) implements Ask {}
  }

  /** A shard wants its rows. */
  record Comparison(BankSeat seat, long number) {}
}
