package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.TEAM;
import static io.tollgate.schema.identity.Tables.TENANT_USER;
import static org.jooq.impl.DSL.any;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.InvitationTree;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jooq.Cursor;
import org.jooq.Record2;

/** Invitations in PostgreSQL, which counts teams itself. */
public final class StoredInvitationTree implements InvitationTree {
  private static final int ROWS_AT_ONCE = 10_000;

  // "union": ends also where a circle was written by hand
  private static final String ABOVE =
      """
      WITH RECURSIVE up (id, inviter_id) AS (
        SELECT u.id, u.inviter_id FROM identity.tenant_user u
         WHERE u.id = ANY (?) AND u.inviter_id IS NOT NULL
        UNION
        SELECT u.id, u.inviter_id FROM up
          JOIN identity.tenant_user u ON u.id = up.inviter_id
         WHERE u.inviter_id IS NOT NULL)
      SELECT id, inviter_id FROM up
      """;

  @Override
  public Map<UserId, UserId> inviters(Transaction transaction, Collection<UserId> users) {
    Map<UserId, UserId> inviters = new HashMap<>();
    transaction
        .sql()
        .fetch(ABOVE, (Object) numbers(users))
        .forEach(
            row ->
                inviters.put(
                    new UserId(row.get("id", Long.class)),
                    new UserId(row.get("inviter_id", Long.class))));
    return inviters;
  }

  @Override
  public Map<UserId, TeamSize> sizes(Transaction transaction, Collection<UserId> users) {
    Map<UserId, TeamSize> sizes = new HashMap<>();
    users.forEach(user -> sizes.put(user, TeamSize.NONE));
    transaction
        .sql()
        .select(TEAM.USER_ID, TEAM.DIRECT_COUNT, TEAM.TOTAL_COUNT)
        .from(TEAM)
        .where(TEAM.USER_ID.eq(any(numbers(users))))
        .forEach(
            row -> sizes.put(new UserId(row.value1()), new TeamSize(row.value2(), row.value3())));
    return sizes;
  }

  @Override
  public void each(Transaction transaction, TenantId tenant, Invited told) {
    try (Cursor<Record2<Long, Long>> rows =
        transaction
            .sql()
            .select(TENANT_USER.ID, TENANT_USER.INVITER_ID)
            .from(TENANT_USER)
            .where(TENANT_USER.TENANT_ID.eq(tenant.value()))
            .and(TENANT_USER.INVITER_ID.isNotNull())
            .fetchSize(ROWS_AT_ONCE)
            .fetchLazy()) {
      rows.forEach(row -> told.by(row.value1(), row.value2()));
    }
  }

  private static Long[] numbers(Collection<UserId> users) {
    return users.stream().map(UserId::value).toArray(Long[]::new);
  }
}
