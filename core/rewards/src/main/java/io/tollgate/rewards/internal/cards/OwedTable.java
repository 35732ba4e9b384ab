package io.tollgate.rewards.internal.cards;

import static io.tollgate.schema.rewards.Tables.OWED_PAYMENT;
import static io.tollgate.schema.rewards.Tables.PROFIT_CLOSE;

import io.tollgate.data.Transaction;
import io.tollgate.ground.UserId;
import io.tollgate.rewards.CardType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What of charges is owed, and what of it was paid. */
final class OwedTable {
  private static final int AT_ONCE = 100;

  private OwedTable() {}

  /**
   * A part of a charge that is paid now.
   *
   * @param close the charge
   */
  record Due(long close, long units) {}

  /**
   * What a payment of the user goes to, the oldest charges first; their card is locked.
   *
   * @param units at most what is owed
   * @throws IllegalStateException when the charges owe less
   */
  static List<Due> oldest(Transaction transaction, UserId user, long units) {
    List<Due> due = new ArrayList<>();
    long left = units;
    long behind = 0;
    while (left > 0) {
      var rows =
          transaction
              .sql()
              .select(PROFIT_CLOSE.ID, PROFIT_CLOSE.OWED, PROFIT_CLOSE.OWED_PAID)
              .from(PROFIT_CLOSE)
              .where(PROFIT_CLOSE.USER_ID.eq(user.value()))
              .and(PROFIT_CLOSE.OWED_PAID.lt(PROFIT_CLOSE.OWED))
              .and(PROFIT_CLOSE.ID.gt(behind))
              .orderBy(PROFIT_CLOSE.ID)
              .limit(AT_ONCE)
              .fetch();
      if (rows.isEmpty()) {
        throw new IllegalStateException(
            "user " + user + " owes " + left + " units more than their charges (expected: alike)");
      }
      for (var row : rows) {
        behind = row.value1();
        long part = Math.min(left, row.value2() - row.value3());
        if (part > 0) {
          due.add(new Due(behind, part));
          left -= part;
        }
      }
    }
    return due;
  }

  static void pay(Transaction transaction, Due due, CardType type, UUID transfer, Instant now) {
    var _ =
        transaction
            .sql()
            .update(PROFIT_CLOSE)
            .set(PROFIT_CLOSE.OWED_PAID, PROFIT_CLOSE.OWED_PAID.plus(due.units()))
            .where(PROFIT_CLOSE.ID.eq(due.close()))
            .execute();
    var _ =
        transaction
            .sql()
            .insertInto(OWED_PAYMENT)
            .set(OWED_PAYMENT.CLOSE_REF, due.close())
            .set(OWED_PAYMENT.CARD_TYPE, type.code())
            .set(OWED_PAYMENT.AMOUNT, due.units())
            .set(OWED_PAYMENT.TRANSFER_ID, transfer)
            .set(OWED_PAYMENT.CREATED_AT, now)
            .execute();
  }
}
