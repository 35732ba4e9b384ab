package io.tollgate.billing.internal.charges;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What users have used of services, by day. Changed after the accounts, in one order of rows. */
final class DayTable {
  private static final String ADD =
      """
      INSERT INTO billing.service_day AS d (tenant_id, user_id, service, day, free_count, paid_count,
                                            cost)
      SELECT n.tenant_id, n.user_id, n.service, n.day, n.free_count, n.paid_count, n.cost
        FROM unnest(?::bigint[], ?::bigint[], ?::text[], ?::date[], ?::bigint[], ?::bigint[],
                    ?::bigint[])
          AS n (tenant_id, user_id, service, day, free_count, paid_count, cost)
       ORDER BY n.user_id, n.service, n.day
      ON CONFLICT (user_id, service, day) DO UPDATE
         SET free_count = d.free_count + excluded.free_count,
             paid_count = d.paid_count + excluded.paid_count,
             cost = d.cost + excluded.cost
      """;

  private final Map<Row, Sum> sums = new LinkedHashMap<>();

  void add(NewCharge charge) {
    add(
        charge.ready().tenant().id(),
        charge.ready().user().user(),
        charge.ready().waiting().call.service(),
        charge.day(),
        new Sum(charge.freeCount(), charge.paidCount(), charge.amount().units()));
  }

  /** It was given back. */
  void remove(StoredCharge charge) {
    add(
        charge.tenant(),
        charge.user(),
        charge.service(),
        charge.day(),
        new Sum(
            Math.negateExact(charge.freeCount()),
            Math.negateExact(charge.paidCount()),
            Math.negateExact(charge.amount().units())));
  }

  void write(Connection connection) throws SQLException {
    List<Map.Entry<Row, Sum>> rows = new ArrayList<>(sums.entrySet());
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      var _ =
          new Columns(connection, statement)
              .longs(rows, each -> each.getKey().tenant.value())
              .longs(rows, each -> each.getKey().user.value())
              .of("text", rows, each -> each.getKey().service)
              .of("date", rows, each -> each.getKey().day)
              .longs(rows, each -> each.getValue().free)
              .longs(rows, each -> each.getValue().paid)
              .longs(rows, each -> each.getValue().cost);
      statement.executeUpdate();
    }
  }

  private void add(TenantId tenant, UserId user, String service, LocalDate day, Sum sum) {
    sums.merge(new Row(tenant, user, service, day), sum, Sum::plus);
  }

  private record Row(TenantId tenant, UserId user, String service, LocalDate day) {}

  private record Sum(long free, long paid, long cost) {
    Sum plus(Sum other) {
      return new Sum(
          Math.addExact(free, other.free),
          Math.addExact(paid, other.paid),
          Math.addExact(cost, other.cost));
    }
  }
}
