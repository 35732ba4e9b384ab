package io.tollgate.rewards.internal.cards;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.rewards.FilledTable;
import io.tollgate.rewards.PointLogs.ChangeType;
import io.tollgate.rewards.PointLogs.Owner;
import io.tollgate.rewards.PointLogs.PointLogFilter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The log of 30,000 movements of 300 users and 4 tenants. */
@Tag("slow")
class PointLogTableTest {
  private static final String FILL =
      """
      INSERT INTO rewards.point_log (tenant_id, user_id, change_type, card_type, amount, before_self,
             after_self, before_gift, after_gift, before_owed, after_owed, transfer_id, cause, remark, created_at)
      SELECT 1 + n % 4, CASE WHEN n % 10 > 0 THEN 1 + n % 300 END,
             (ARRAY['recharge', 'gift', 'out', 'in', 'profit_charge'])[1 + n % 5], 'self', 1, 0, 1, 0, 0, 0, 0,
             uuidv7(), uuidv7(), '', '2026-11-01'::timestamptz + n * interval '1 minute'
        FROM generate_series(1, 30000) AS n
      """;

  @Test
  void every_list_is_read_from_an_index() throws Exception {
    Optional<TenantId> tenant = Optional.of(new TenantId(3));
    Optional<UserId> user = Optional.of(new UserId(77));
    try (FilledTable table = new FilledTable("point_log", FILL)) {
      for (PointLogFilter filter :
          List.of(
              filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
              filter(tenant, Optional.empty(), Optional.empty(), Optional.empty()),
              filter(tenant, Optional.of(Owner.TENANTS), Optional.empty(), Optional.empty()),
              filter(tenant, Optional.of(Owner.USERS), user, Optional.empty()),
              filter(Optional.empty(), Optional.empty(), user, Optional.empty()),
              filter(tenant, Optional.empty(), Optional.empty(), Optional.of(ChangeType.IN)))) {
        table.assertIndexed((sql, page) -> PointLogTable.query(sql, filter, page));
      }
    }
  }

  private static PointLogFilter filter(
      Optional<TenantId> tenant,
      Optional<Owner> owner,
      Optional<UserId> user,
      Optional<ChangeType> type) {
    return new PointLogFilter(
        tenant,
        owner,
        user,
        type,
        Optional.of(Instant.parse("2026-11-05T00:00:00Z")),
        Optional.empty());
  }
}
