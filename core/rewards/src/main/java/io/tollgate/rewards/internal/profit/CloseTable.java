package io.tollgate.rewards.internal.profit;

import static io.tollgate.schema.rewards.Tables.POOL;
import static io.tollgate.schema.rewards.Tables.PROFIT_CLOSE;
import static io.tollgate.schema.rewards.Tables.PROFIT_MARK;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.ProfitShare.ProfitCharge;
import io.tollgate.rewards.ProfitShare.ProfitClose;
import io.tollgate.schema.rewards.tables.records.ProfitCloseRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The tables of closes that were told, and of how far accounts' profits have come. */
final class CloseTable {
  private CloseTable() {}

  /**
   * What a close is charged, in units of points.
   *
   * @param shared what the rate was applied to
   */
  record Shared(long shared, BigDecimal rate, long charged, long self, long gift, long owed) {
    Shared {
      requireNonNull(rate, "rate is null");
    }
  }

  /**
   * A mark.
   *
   * @param number the tenant's switch that it counts from
   */
  record Mark(int number, long cumulative, long highest) {
    /**
     * The mark after another profit; how much of it is above what was highest is the difference of
     * both.
     *
     * @throws Refusal {@code CONFLICT} when the account's profits come to more than is counted to
     */
    Mark after(long profit) {
      try {
        long now = Math.addExact(cumulative, profit);
        return new Mark(number, now, Math.max(highest, now));
      } catch (ArithmeticException e) {
        throw new Refusal(
            ErrorCode.CONFLICT,
            "profit: with "
                + points(cumulative).toPlainString()
                + " before it comes to more than is counted to (expected: at most "
                + points(Long.MAX_VALUE).toPlainString()
                + " together)",
            e);
      }
    }
  }

  /** The first answer to a close that was told before. */
  static Optional<ProfitCharge> find(Transaction transaction, ProfitClose close) {
    return transaction
        .sql()
        .selectFrom(PROFIT_CLOSE)
        .where(PROFIT_CLOSE.TENANT_ID.eq(close.tenant().value()))
        .and(PROFIT_CLOSE.ACCOUNT_ID.eq(close.account()))
        .and(PROFIT_CLOSE.CLOSE_ID.eq(close.closeId()))
        .fetchOptional()
        .map(row -> repeated(transaction, row, close));
  }

  private static ProfitCharge repeated(
      Transaction transaction, ProfitCloseRecord row, ProfitClose close) {
    if (row.getUserId() != close.user().value()) {
      throw told(close, "of another user");
    }
    if (row.getProfit() != close.profit().units()) {
      throw told(close, "with a profit of " + points(row.getProfit()).toPlainString());
    }
    UUID transfer = row.getTransferId();
    OptionalLong pool =
        transfer == null
            ? OptionalLong.empty()
            : transaction
                .sql()
                .select(POOL.ID)
                .from(POOL)
                .where(POOL.CLOSE_REF.eq(row.getId()))
                .and(POOL.OPENED_BY.eq(transfer))
                .fetchOptional(POOL.ID)
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    return new ProfitCharge(
        points(row.getCharged()),
        points(row.getFromSelf()),
        points(row.getFromGift()),
        points(row.getOwed()),
        pool,
        true);
  }

  /**
   * Keeps a close.
   *
   * @throws Refusal {@code CONFLICT} when it is told of another user at the same time
   */
  static long insert(
      Transaction transaction,
      ProfitClose close,
      Shared shared,
      Optional<UUID> transfer,
      Instant now) {
    return transaction
        .sql()
        .insertInto(PROFIT_CLOSE)
        .set(PROFIT_CLOSE.TENANT_ID, close.tenant().value())
        .set(PROFIT_CLOSE.USER_ID, close.user().value())
        .set(PROFIT_CLOSE.ACCOUNT_ID, close.account())
        .set(PROFIT_CLOSE.CLOSE_ID, close.closeId())
        .set(PROFIT_CLOSE.PROFIT, close.profit().units())
        .set(PROFIT_CLOSE.SHARED, shared.shared())
        .set(PROFIT_CLOSE.RATE, shared.rate())
        .set(PROFIT_CLOSE.CHARGED, shared.charged())
        .set(PROFIT_CLOSE.FROM_SELF, shared.self())
        .set(PROFIT_CLOSE.FROM_GIFT, shared.gift())
        .set(PROFIT_CLOSE.OWED, shared.owed())
        .set(PROFIT_CLOSE.TRANSFER_ID, transfer.orElse(null))
        .set(PROFIT_CLOSE.CREATED_AT, now)
        .onConflictDoNothing()
        .returning(PROFIT_CLOSE.ID)
        .fetchOptional(PROFIT_CLOSE.ID)
        .orElseThrow(() -> told(close, "of another user"));
  }

  /** Where an account's profits have come to since a switch; locked, begun at 0 where need be. */
  static Mark lockMark(Transaction transaction, TenantId tenant, String account, int number) {
    var _ =
        transaction
            .sql()
            .insertInto(PROFIT_MARK)
            .set(PROFIT_MARK.TENANT_ID, tenant.value())
            .set(PROFIT_MARK.ACCOUNT_ID, account)
            .set(PROFIT_MARK.SWITCH, number)
            .set(PROFIT_MARK.CUMULATIVE, 0L)
            .set(PROFIT_MARK.HIGHEST, 0L)
            .onConflictDoNothing()
            .execute();
    return transaction
        .sql()
        .selectFrom(PROFIT_MARK)
        .where(PROFIT_MARK.TENANT_ID.eq(tenant.value()))
        .and(PROFIT_MARK.ACCOUNT_ID.eq(account))
        .forUpdate()
        .fetchSingle(
            row ->
                row.getSwitch() == number
                    ? new Mark(number, row.getCumulative(), row.getHighest())
                    : new Mark(number, 0, 0));
  }

  static void write(Transaction transaction, TenantId tenant, String account, Mark mark) {
    var _ =
        transaction
            .sql()
            .update(PROFIT_MARK)
            .set(PROFIT_MARK.SWITCH, mark.number())
            .set(PROFIT_MARK.CUMULATIVE, mark.cumulative())
            .set(PROFIT_MARK.HIGHEST, mark.highest())
            .where(PROFIT_MARK.TENANT_ID.eq(tenant.value()))
            .and(PROFIT_MARK.ACCOUNT_ID.eq(account))
            .execute();
  }

  private static Refusal told(ProfitClose close, String how) {
    return new Refusal(
        ErrorCode.CONFLICT,
        "close "
            + GivenText.shown(close.closeId())
            + " of account "
            + GivenText.shown(close.account())
            + " was told before "
            + how
            + " (expected: the same)");
  }

  private static Amount points(long units) {
    return new Amount(Points.ASSET, units);
  }
}
