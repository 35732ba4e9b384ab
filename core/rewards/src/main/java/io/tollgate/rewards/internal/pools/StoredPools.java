package io.tollgate.rewards.internal.pools;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.ProfitPools;
import io.tollgate.rewards.internal.PointEvents;
import io.tollgate.rewards.internal.RewardMeters;
import io.tollgate.rewards.internal.crash.RewardStep;
import io.tollgate.rewards.internal.crash.RewardSteps;
import io.tollgate.rewards.internal.pools.PoolParts.Part;
import io.tollgate.rewards.internal.pools.PoolTable.LockedPool;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Distributes pools: the pool's row is locked first, then the receivers' accounts; everything of a
 * pool is one posting, and one transaction. What fails is tried again by a job, later each time.
 */
public final class StoredPools implements ProfitPools {
  static final String OPERATION = "rewards.pool";

  private static final Logger LOG = LoggerFactory.getLogger(StoredPools.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final int AT_ONCE = 100;

  /** How long a pool waits that was just opened: whoever opened it is about to distribute it. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final int LONGEST_WAIT_POWER = 10;

  private final Transactions transactions;
  private final Ledger ledger;
  private final RewardAccounts accounts;
  private final RootUsers roots;
  private final RewardMeters meters;
  private final RewardSteps steps;
  private final InstantSource clock;

  public StoredPools(
      Transactions transactions,
      Ledger ledger,
      RootUsers roots,
      RewardMeters meters,
      RewardSteps steps,
      InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.accounts = new RewardAccounts(ledger);
    this.roots = requireNonNull(roots, "roots is null");
    this.meters = requireNonNull(meters, "meters is null");
    this.steps = requireNonNull(steps, "steps is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public ListPage<Pool> page(Transaction transaction, PoolFilter filter, ListRequest page) {
    return PoolTable.page(transaction, filter, page);
  }

  @Override
  public Optional<PoolDetail> find(Transaction transaction, long pool) {
    return PoolTable.find(transaction, pool)
        .map(found -> new PoolDetail(found, RewardLogTable.ofPool(transaction, pool)));
  }

  @Override
  public PoolStats stats(Transaction transaction, Optional<TenantId> tenant) {
    return PoolTable.stats(transaction, tenant);
  }

  @Override
  public PoolDetail retry(Transaction transaction, long pool) {
    distribute(transaction, pool);
    return find(transaction, pool).orElseThrow(() -> missing(pool));
  }

  /** Distributes a pool now; what fails is noted, and left to the job. */
  public void now(long pool) {
    steps.reach(RewardStep.PROFIT_BOOKED);
    try {
      boolean _ =
          transactions.write(
              transaction -> {
                distribute(transaction, pool);
                return true;
              });
      steps.reach(RewardStep.POOL_BOOKED);
    } catch (RuntimeException e) {
      meters.poolFailed();
      LOG.atWarn()
          .addKeyValue("pool", pool)
          .setCause(e)
          .log("a profit pool could not be distributed; it is tried again");
      noteFailure(pool, e);
    }
  }

  /** Distributes what waits. */
  public RecurringJob job() {
    return new RecurringJob("rewards.pools", EVERY, this::distributeDue);
  }

  private void distributeDue() {
    Instant before = clock.instant().minus(GRACE);
    List<Long> due = transactions.read(transaction -> PoolTable.due(transaction, before, AT_ONCE));
    due.forEach(this::now);
  }

  private void noteFailure(long pool, RuntimeException failure) {
    String why =
        failure instanceof Refusal refusal
            ? refusal.sentence()
            : failure.getClass().getSimpleName();
    try {
      boolean _ =
          transactions.write(
              transaction -> {
                int power = Math.min(PoolTable.attempts(transaction, pool), LONGEST_WAIT_POWER);
                PoolTable.failed(
                    transaction, pool, why, clock.instant().plus(EVERY.multipliedBy(1L << power)));
                return true;
              });
    } catch (RuntimeException e) {
      LOG.warn("the failure of a profit pool could not be noted", e);
    }
  }

  private void distribute(Transaction transaction, long id) {
    LockedPool pool = PoolTable.lock(transaction, id).orElseThrow(() -> missing(id));
    if (pool.distributed()) {
      return;
    }
    List<Part> parts =
        PoolParts.of(pool.amount(), pool.chain(), roots.of(transaction, pool.tenant()));
    Map<UserId, Account> receivers =
        accounts.lock(
            transaction, pool.tenant(), parts.stream().map(Part::receiver).distinct().toList());
    Posting posting = post(transaction, pool, parts, receivers);
    steps.reach(RewardStep.POOL_BOOKING);
    Instant now = clock.instant();
    Map<UserId, Long> available = new HashMap<>();
    receivers.forEach((user, account) -> available.put(user, account.available()));
    List<RewardLogTable.Entry> entries = new ArrayList<>();
    for (Part part : parts) {
      long before = requireNonNull(available.get(part.receiver()));
      available.put(part.receiver(), Math.addExact(before, part.units()));
      entries.add(
          new RewardLogTable.Entry(
              pool.tenant(),
              part.receiver(),
              part.type(),
              part.units(),
              before,
              Optional.of(pool.chain().source()),
              part.rate(),
              OptionalLong.of(id),
              OptionalLong.empty(),
              Optional.of(posting.transfer()),
              ""));
    }
    RewardLogTable.write(transaction, entries, now);
    PoolTable.distributed(transaction, id, posting.transfer(), now);
    receivers.forEach(
        (user, account) -> {
          long after = requireNonNull(available.get(user));
          RewardLogTable.earned(transaction, pool.tenant(), user, after - account.available());
          PointEvents.reward(
              transaction,
              pool.tenant(),
              user,
              new Amount(Points.ASSET, account.available()),
              new Amount(Points.ASSET, after),
              PointEvents.Reason.REWARD,
              Long.toString(id));
        });
    transaction.afterCommit(() -> meters.poolDistributed(parts));
  }

  private Posting post(
      Transaction transaction, LockedPool pool, List<Part> parts, Map<UserId, Account> receivers) {
    AccountId pools =
        ledger.open(
            transaction,
            AccountKey.ofTenant(pool.tenant(), AccountKind.PROFIT_POOL, Points.ASSET),
            AccountTerms.PLAIN);
    List<Leg> legs = new ArrayList<>();
    legs.add(new Leg(pools, -pool.amount()));
    for (Part part : parts) {
      legs.add(new Leg(requireNonNull(receivers.get(part.receiver())).id(), part.units()));
    }
    String key = Long.toString(pool.id());
    return ledger.post(
        transaction,
        new TransferRequest(
            "pool_distribution",
            pool.tenant(),
            OPERATION,
            key,
            RequestHash.of(OPERATION, key),
            "pool:" + key,
            clock.instant(),
            legs,
            List.of()));
  }

  private static Refusal missing(long pool) {
    return new Refusal(ErrorCode.NOT_FOUND, "there is no profit pool " + pool);
  }
}
