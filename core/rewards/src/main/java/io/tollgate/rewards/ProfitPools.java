package io.tollgate.rewards;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Profit pools: what self points have paid of profit shares, and how it was distributed. Chain,
 * levels and rates are kept with the pool when it is opened, so that it is distributed alike
 * whenever that is. Safe for use by many threads.
 */
public interface ProfitPools {
  /** Pools under a filter, the newest first. */
  ListPage<Pool> page(Transaction transaction, PoolFilter filter, ListRequest page);

  /** One pool with its parts. */
  Optional<PoolDetail> find(Transaction transaction, long pool);

  PoolStats stats(Transaction transaction, Optional<TenantId> tenant);

  /**
   * Distributes a pool, whole and once; one that was distributed is left as it is. In a transaction
   * of its own; it is also tried by itself every few seconds.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code CONFLICT} when the tenant has no
   *     root user to take what nobody else gets
   */
  PoolDetail retry(Transaction transaction, long pool);

  /** How far a pool is. */
  enum PoolState {
    OPEN,
    DISTRIBUTED
  }

  /** Which pools are listed; what is empty does not filter. */
  record PoolFilter(
      Optional<TenantId> tenant,
      Optional<UserId> source,
      Optional<PoolState> state,
      Optional<Instant> from,
      Optional<Instant> until) {
    public PoolFilter {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(source, "source is null");
      requireNonNull(state, "state is null");
      requireNonNull(from, "from is null");
      requireNonNull(until, "until is null");
    }
  }

  /**
   * A pool.
   *
   * @param source the user whose self points paid
   * @param account and closeId the close whose profit was shared
   * @param profit of the close
   * @param charged share of that profit
   * @param amount what self paid of it into this pool; several pools share a charge where the rest
   *     was owed
   * @param attempts how often its distribution was tried and failed
   * @param lastError why it failed last
   */
  record Pool(
      long id,
      TenantId tenant,
      UserId source,
      String account,
      String closeId,
      Amount profit,
      Amount charged,
      Amount amount,
      PoolState state,
      int attempts,
      Optional<String> lastError,
      Instant createdAt,
      Optional<Instant> distributedAt,
      Optional<UUID> transfer) {
    public Pool {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(source, "source is null");
      requireNonNull(account, "account is null");
      requireNonNull(closeId, "closeId is null");
      requireNonNull(profit, "profit is null");
      requireNonNull(charged, "charged is null");
      requireNonNull(amount, "amount is null");
      requireNonNull(state, "state is null");
      requireNonNull(lastError, "lastError is null");
      requireNonNull(createdAt, "createdAt is null");
      requireNonNull(distributedAt, "distributedAt is null");
      requireNonNull(transfer, "transfer is null");
    }
  }

  /** A pool with its parts, which sum to its amount once it is distributed. */
  record PoolDetail(Pool pool, List<Rewards.RewardRow> parts) {
    public PoolDetail {
      requireNonNull(pool, "pool is null");
      parts = List.copyOf(parts);
    }
  }

  /**
   * Sums over pools.
   *
   * @param waitingAmount in pools that are not distributed
   * @param failed pools that wait after a failure
   */
  record PoolStats(
      long pools,
      Amount amount,
      long waiting,
      Amount waitingAmount,
      long failed,
      Amount paidToUsers) {
    public PoolStats {
      requireNonNull(amount, "amount is null");
      requireNonNull(waitingAmount, "waitingAmount is null");
      requireNonNull(paidToUsers, "paidToUsers is null");
    }
  }
}
