package io.tollgate.rewards.internal.pools;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.rewards.FilledTable;
import io.tollgate.rewards.ProfitPools.PoolFilter;
import io.tollgate.rewards.ProfitPools.PoolState;
import io.tollgate.rewards.Rewards.RewardFilter;
import io.tollgate.rewards.Rewards.RewardType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lists of 30,000 pools and as many rewards of 300 users and 4 tenants. */
@Tag("slow")
class PoolListsTest {
  private static final String CLOSES =
      """
      INSERT INTO rewards.profit_close (tenant_id, user_id, account_id, close_id, profit, shared, rate, charged,
             from_self, from_gift, owed, transfer_id, created_at)
      SELECT 1 + n % 4, 1 + n % 300, 'a', n::text, 10, 10, 0.3, 3, 3, 0, 0, uuidv7(), now()
        FROM generate_series(1, 30000) AS n
      """;

  private static final String POOLS =
      """
      INSERT INTO rewards.pool (tenant_id, close_ref, source_id, amount, opened_by, source_level, inviter_holding,
             node_ids, node_levels, node_rates, state, next_try_at, created_at, distributed_at, transfer_id)
      SELECT 1 + n % 4, n, 1 + n % 300, 3, uuidv7(), 0, 0, '{}', '{}', '{}',
             CASE WHEN n % 100 = 0 THEN 'open' ELSE 'distributed' END, now(),
             '2026-11-01'::timestamptz + n * interval '1 minute', CASE WHEN n % 100 > 0 THEN now() END,
             CASE WHEN n % 100 > 0 THEN uuidv7() END
        FROM generate_series(1, 30000) AS n
      """;

  private static final String REWARDS =
      """
      INSERT INTO rewards.reward_log (tenant_id, user_id, type, amount, before, after, source_id, rate, pool_id,
             transfer_id, remark, created_at)
      SELECT 1 + n % 4, 1 + n % 300, (ARRAY['direct', 'level_diff', 'peer', 'tech_team', 'platform_retain'])[1 + n % 5],
             1, 0, 1, 1 + n % 200, 0, n, uuidv7(), '', '2026-11-01'::timestamptz + n * interval '1 minute'
        FROM generate_series(1, 30000) AS n
      """;

  @Test
  void every_list_of_pools_is_read_from_an_index() throws Exception {
    Optional<TenantId> tenant = Optional.of(new TenantId(3));
    try (FilledTable table =
        new FilledTable("pool", CLOSES, POOLS, "ANALYZE rewards.profit_close")) {
      for (PoolFilter filter :
          List.of(
              filter(Optional.empty(), Optional.empty(), Optional.empty()),
              filter(tenant, Optional.empty(), Optional.empty()),
              filter(Optional.empty(), Optional.of(new UserId(7)), Optional.empty()),
              filter(Optional.empty(), Optional.empty(), Optional.of(PoolState.OPEN)),
              filter(tenant, Optional.empty(), Optional.of(PoolState.DISTRIBUTED)))) {
        table.assertIndexed((sql, page) -> PoolTable.query(sql, filter, page));
      }
    }
  }

  @Test
  void every_list_of_rewards_is_read_from_an_index() throws Exception {
    Optional<TenantId> tenant = Optional.of(new TenantId(3));
    Optional<UserId> user = Optional.of(new UserId(7));
    try (FilledTable table = new FilledTable("reward_log", REWARDS)) {
      for (RewardFilter filter :
          List.of(
              rewards(Optional.empty(), Optional.empty(), Set.of(), Optional.empty()),
              rewards(tenant, Optional.empty(), Set.of(), Optional.empty()),
              rewards(tenant, user, Set.of(), Optional.empty()),
              rewards(tenant, user, RewardType.SHOWN_TO_USERS, Optional.empty()),
              rewards(
                  Optional.empty(), Optional.empty(), Set.of(RewardType.PEER), Optional.empty()),
              rewards(Optional.empty(), Optional.empty(), Set.of(), user))) {
        table.assertIndexed((sql, page) -> RewardLogTable.query(sql, filter, page));
      }
    }
  }

  private static PoolFilter filter(
      Optional<TenantId> tenant, Optional<UserId> source, Optional<PoolState> state) {
    return new PoolFilter(tenant, source, state, Optional.empty(), Optional.empty());
  }

  private static RewardFilter rewards(
      Optional<TenantId> tenant,
      Optional<UserId> user,
      Set<RewardType> types,
      Optional<UserId> source) {
    return new RewardFilter(
        tenant, user, types, source, OptionalLong.empty(), Optional.empty(), Optional.empty());
  }
}
