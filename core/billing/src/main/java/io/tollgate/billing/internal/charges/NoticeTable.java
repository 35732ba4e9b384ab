package io.tollgate.billing.internal.charges;

import static io.tollgate.schema.billing.Tables.QUOTA_NOTICE;

import io.tollgate.data.Transaction;
import io.tollgate.ledger.UserOfTenant;
import java.time.Instant;

/** What users were told of a month's quota. */
public final class NoticeTable {
  private NoticeTable() {}

  /**
   * Notes that a user is told; whether they were not before.
   *
   * @param service empty for the quota of the relay
   */
  public static boolean first(
      Transaction transaction,
      UserOfTenant user,
      String service,
      String month,
      String notice,
      Instant now) {
    return transaction
            .sql()
            .insertInto(QUOTA_NOTICE)
            .set(QUOTA_NOTICE.TENANT_ID, user.tenant().value())
            .set(QUOTA_NOTICE.USER_ID, user.user().value())
            .set(QUOTA_NOTICE.SERVICE, service)
            .set(QUOTA_NOTICE.MONTH, month)
            .set(QUOTA_NOTICE.NOTICE, notice)
            .set(QUOTA_NOTICE.NOTICED_AT, now)
            .onConflictDoNothing()
            .execute()
        == 1;
  }
}
