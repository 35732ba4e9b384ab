package io.tollgate.identity.internal.mail;

import static io.tollgate.schema.identity.Tables.MAIL;

import io.tollgate.data.Transaction;
import io.tollgate.identity.internal.mail.MailOrder.Purpose;
import io.tollgate.schema.identity.tables.records.MailRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The table of mails that are wanted and of those that were sent lately. */
public final class MailTable {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int LONGEST_ERROR = 200;

  private MailTable() {}

  /**
   * Puts a mail into the table, to be sent when the transaction commits; with too many to its
   * address within the hour it is left out. Mails to one address wait for each other here.
   */
  public static void order(Transaction transaction, MailOrder order, int hourMax, Instant now) {
    String recipient = order.recipient().value();
    var _ =
        transaction
            .sql()
            .fetch("select pg_advisory_xact_lock(hashtextextended({0}, 1836345708))", recipient);
    boolean tells = order.purpose() == Purpose.PASSWORD_CHANGED;
    int before =
        transaction
            .sql()
            .fetchCount(
                MAIL, MAIL.RECIPIENT.eq(recipient).and(MAIL.CREATED_AT.gt(now.minus(HOUR))));
    if (before >= hourMax && !tells) {
      return;
    }
    int _ =
        transaction
            .sql()
            .insertInto(MAIL)
            .set(MAIL.TENANT_ID, order.tenant().value())
            .set(MAIL.PURPOSE, order.purpose().code())
            .set(MAIL.RECIPIENT, recipient)
            .set(MAIL.LANGUAGE, order.language().code())
            .set(MAIL.PASSWORD_HASH, order.passwordHash().orElse(null))
            .set(MAIL.INVITER_ID, order.inviter().isPresent() ? order.inviter().getAsLong() : null)
            .set(MAIL.DETAIL, order.detail().orElse(null))
            .set(MAIL.CREATED_AT, now)
            .set(MAIL.NEXT_TRY_AT, now)
            .execute();
  }

  static List<MailRecord> due(Transaction transaction, Instant now, int max) {
    return transaction
        .sql()
        .selectFrom(MAIL)
        .where(MAIL.STATE.eq("waiting"))
        .and(MAIL.NEXT_TRY_AT.le(now))
        .orderBy(MAIL.NEXT_TRY_AT, MAIL.ID)
        .limit(max)
        .fetch();
  }

  static void finish(Transaction transaction, long mail, String state, String error, Instant now) {
    int _ =
        transaction
            .sql()
            .update(MAIL)
            .set(MAIL.STATE, state)
            .set(MAIL.TRIES, MAIL.TRIES.plus(1))
            .set(MAIL.FINISHED_AT, now)
            .set(MAIL.LAST_ERROR, error.isEmpty() ? null : cut(error))
            .setNull(MAIL.PASSWORD_HASH)
            .where(MAIL.ID.eq(mail))
            .and(MAIL.STATE.eq("waiting"))
            .execute();
  }

  static void later(Transaction transaction, long mail, Instant when, String error) {
    int _ =
        transaction
            .sql()
            .update(MAIL)
            .set(MAIL.TRIES, MAIL.TRIES.plus(1))
            .set(MAIL.NEXT_TRY_AT, when)
            .set(MAIL.LAST_ERROR, cut(error))
            .where(MAIL.ID.eq(mail))
            .execute();
  }

  /** Removes mails that were finished before a time; how many. */
  static int purge(Transaction transaction, Instant before, int max) {
    return transaction
        .sql()
        .deleteFrom(MAIL)
        .where(
            MAIL.ID.in(
                transaction
                    .sql()
                    .select(MAIL.ID)
                    .from(MAIL)
                    .where(MAIL.FINISHED_AT.le(before))
                    .orderBy(MAIL.FINISHED_AT)
                    .limit(max)
                    .forUpdate()
                    .skipLocked()))
        .execute();
  }

  private static String cut(String error) {
    return error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) : error;
  }
}
