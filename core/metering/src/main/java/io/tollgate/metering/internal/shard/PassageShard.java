package io.tollgate.metering.internal.shard;

import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.Passage;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.Passages;
import io.tollgate.metering.internal.crash.CrashPoint;
import io.tollgate.metering.internal.crash.CrashPoints;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseAnswer;
import io.tollgate.metering.internal.lease.LeaseHolder;
import io.tollgate.metering.internal.lease.LeaseSnapshot;
import io.tollgate.metering.internal.lease.LeaseTerms;
import io.tollgate.metering.internal.meterlog.LogStopped;
import io.tollgate.metering.internal.meterlog.LogWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The passages of one event loop: its leases, its wallets, its meter log. All calls are made on the
 * loop; nothing here waits for the database.
 */
public final class PassageShard implements Passages, BankListener {
  private final ShardTerms terms;
  private final LeaseHolder holder;
  private final WalletCache wallets;
  private final GatheringWishes gatherings;
  private final ShardBank bank;
  private final PassageJournal journal;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Runnable onRecorded;
  private final CrashPoints crashPoints;
  private int open;
  private volatile Seen seen = new Seen(0, 0, false);

  /**
   * @param id of the holder and of the log that {@code writer} writes
   * @param joining gives this shard its bank
   * @param random must differ between processes
   * @param nanos monotonic time
   * @param disk a thread that waits for the disk; never interrupted
   * @param onStopped told when the log fails: the process has to end
   * @param crashPoints where tests make a process die
   * @param onRecorded told after each result is in the log; must not block
   */
  public PassageShard(
      HolderId id,
      ShardTerms terms,
      LeaseTerms leaseTerms,
      Function<BankListener, ShardBank> joining,
      LogWriter writer,
      Executor loop,
      Executor disk,
      RandomGenerator random,
      InstantSource clock,
      LongSupplier nanos,
      CrashPoints crashPoints,
      Consumer<LogStopped> onStopped,
      Runnable onRecorded) {
    this.terms = terms;
    this.clock = clock;
    this.nanos = nanos;
    this.onRecorded = onRecorded;
    this.crashPoints = crashPoints;
    bank = joining.apply(this);
    holder = new LeaseHolder(id, bank, random, leaseTerms);
    wallets = new WalletCache(bank, terms.maxWallets());
    gatherings = new GatheringWishes(bank);
    journal = new PassageJournal(writer, terms.durability(), loop, disk, onStopped);
  }

  @Override
  public CompletionStage<Passage> open(PassageRequest request) {
    PassageOpening opening = new PassageOpening(this, request, null);
    start(request, opening);
    return opening.outcome();
  }

  @Override
  public CompletionStage<?> check(PassageRequest request) {
    CompletableFuture<PassageRequest> covered = new CompletableFuture<>();
    start(request, new PassageOpening(this, request, covered));
    return covered;
  }

  private void start(PassageRequest request, PassageOpening opening) {
    if (open >= terms.maxPassages()) {
      opening.turnAway(
          new Refusal(ErrorCode.UNAVAILABLE, "too many requests are under way")
              .withRetryAfter(Duration.ofSeconds(1)));
      return;
    }
    Set<UsageKind> free = request.quote().withoutPrice(request.estimate());
    if (!free.isEmpty()) {
      opening.turnAway(withoutPrice(request.model(), free));
      return;
    }
    open++;
    opening.start();
  }

  private static Refusal withoutPrice(String model, Set<UsageKind> free) {
    return new Refusal(
        ErrorCode.INVALID_REQUEST,
        "model: %s (expected: one with a price for %s)"
            .formatted(
                model, free.stream().map(UsageKind::code).collect(Collectors.joining(" and "))));
  }

  /** Passages under way. */
  public int openPassages() {
    return open;
  }

  /** Whether this shard lets nothing through any more: its leases were shut, or its log failed. */
  public boolean isClosed() {
    return holder.isClosed() || journal.isStopped();
  }

  /**
   * What other threads may know of a shard, as of its last tick.
   *
   * @param open passages under way
   * @param accounts accounts with leases in memory
   * @param closed whether it lets nothing through any more
   */
  public record Seen(int open, int accounts, boolean closed) {}

  /** Safe on any thread. */
  public Seen seen() {
    return seen;
  }

  /** To be called every few milliseconds. */
  public void tick() {
    long now = nanos.getAsLong();
    holder.tick(now);
    wallets.tick(now);
    gatherings.tick(now);
    Seen before = seen;
    if (before.open != open
        || before.accounts != holder.accountCount()
        || before.closed != isClosed()) {
      seen = new Seen(open, holder.accountCount(), isClosed());
    }
  }

  @Override
  public void answered(LeaseAnswer answer) {
    holder.answered(answer, nanos.getAsLong());
  }

  @Override
  public void compared(LeaseSnapshot snapshot) {
    holder.compared(snapshot, nanos.getAsLong());
  }

  @Override
  public void recalled(AccountId account) {
    holder.recalled(account, nanos.getAsLong());
  }

  @Override
  public void wallet(UserWallet.Owner owner, UserWallet wallet) {
    wallets.loaded(owner, wallet, nanos.getAsLong());
  }

  @Override
  public void gathered(GrantGathering.Answer answer) {
    gatherings.answered(answer, nanos.getAsLong());
  }

  @Override
  public void walletFailed(UserWallet.Owner owner, RuntimeException why) {
    wallets.failed(owner, why);
  }

  @Override
  public void walletChanged(UserWallet.Owner owner) {
    wallets.changed(owner);
  }

  @Override
  public void anyWalletChanged() {
    wallets.anyChanged();
  }

  /** Gathers what some of a user's grants have; their wallet is another one then. */
  void gather(
      UserWallet.Owner owner,
      Asset asset,
      List<AccountId> without,
      long units,
      Consumer<GatheringWishes.Found> then) {
    gatherings.ask(
        owner,
        clock.instant(),
        asset,
        without,
        units,
        nanos.getAsLong(),
        found -> {
          wallets.changed(owner);
          then.accept(found);
        });
  }

  LeaseHolder holder() {
    return holder;
  }

  WalletCache wallets() {
    return wallets;
  }

  PassageJournal journal() {
    return journal;
  }

  void reach(CrashPoint point) {
    crashPoints.reach(point);
  }

  InstantSource clock() {
    return clock;
  }

  long now() {
    return nanos.getAsLong();
  }

  /** A passage was refused, or its result is in the log. */
  void ended() {
    open--;
  }

  void recorded() {
    open--;
    onRecorded.run();
  }

  /** What a caller is told when the log or the bank cannot be relied on. */
  static Refusal unavailable(String why) {
    return new Refusal(ErrorCode.UNAVAILABLE, why).withRetryAfter(Duration.ofSeconds(1));
  }
}
