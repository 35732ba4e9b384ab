package io.tollgate.billing.internal.charges;

import static io.tollgate.schema.billing.Tables.QUOTA_NOTICE;

import io.tollgate.data.Transaction;
import java.time.Instant;

/** What users were told of a month's quota. */
final class NoticeTable {
  private NoticeTable() {}

  /** Notes that a user is told; whether they were not before. */
  static boolean first(
      Transaction transaction, ChargeEvents.Used used, String month, String notice, Instant now) {
    return transaction
            .sql()
            .insertInto(QUOTA_NOTICE)
            .set(QUOTA_NOTICE.TENANT_ID, used.first.ready().tenant().id().value())
            .set(QUOTA_NOTICE.USER_ID, used.first.ready().user().user().value())
            .set(QUOTA_NOTICE.SERVICE, used.service())
            .set(QUOTA_NOTICE.MONTH, month)
            .set(QUOTA_NOTICE.NOTICE, notice)
            .set(QUOTA_NOTICE.NOTICED_AT, now)
            .onConflictDoNothing()
            .execute()
        == 1;
  }
}
