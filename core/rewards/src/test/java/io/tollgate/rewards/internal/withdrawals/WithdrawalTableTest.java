package io.tollgate.rewards.internal.withdrawals;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.rewards.FilledTable;
import io.tollgate.rewards.Withdrawals.WithdrawalFilter;
import io.tollgate.rewards.Withdrawals.WithdrawalStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lists of 30,000 withdrawals of 300 users and 4 tenants. */
@Tag("slow")
class WithdrawalTableTest {
  private static final String FILL =
      """
      INSERT INTO rewards.withdrawal (tenant_id, user_id, amount, fee, network, address, address_noted_at, remark,
             status, hold_id, second_needed, audit_admin_id, audited_at, reject_reason, request_hash, created_at)
      SELECT 1 + n % 4, 1 + n % 300, 100, 5, 'TRC20', 'T1', now(), '',
             CASE WHEN n % 100 = 0 THEN 'waiting' ELSE 'rejected' END, uuidv7(), false,
             CASE WHEN n % 100 > 0 THEN 1 END, CASE WHEN n % 100 > 0 THEN now() END,
             CASE WHEN n % 100 > 0 THEN 'no' END, sha256('x'), '2026-11-01'::timestamptz + n * interval '1 minute'
        FROM generate_series(1, 30000) AS n
      """;

  @Test
  void every_list_is_read_from_an_index() throws Exception {
    Optional<TenantId> tenant = Optional.of(new TenantId(3));
    Optional<UserId> user = Optional.of(new UserId(77));
    try (FilledTable table = new FilledTable("withdrawal", FILL)) {
      for (WithdrawalFilter filter :
          List.of(
              filter(Optional.empty(), Optional.empty(), Optional.empty()),
              filter(tenant, Optional.empty(), Optional.empty()),
              filter(tenant, user, Optional.empty()),
              filter(Optional.empty(), Optional.empty(), Optional.of(WithdrawalStatus.WAITING)),
              filter(tenant, Optional.empty(), Optional.of(WithdrawalStatus.WAITING)))) {
        table.assertIndexed((sql, page) -> WithdrawalTable.query(sql, filter, page));
      }
    }
  }

  private static WithdrawalFilter filter(
      Optional<TenantId> tenant, Optional<UserId> user, Optional<WithdrawalStatus> status) {
    return new WithdrawalFilter(tenant, user, status, Optional.empty(), Optional.empty());
  }
}
