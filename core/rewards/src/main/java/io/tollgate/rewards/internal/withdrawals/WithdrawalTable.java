package io.tollgate.rewards.internal.withdrawals;

import static io.tollgate.schema.rewards.Tables.WITHDRAWAL;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.Withdrawals.StatusSum;
import io.tollgate.rewards.Withdrawals.Step;
import io.tollgate.rewards.Withdrawals.Withdrawal;
import io.tollgate.rewards.Withdrawals.WithdrawalFilter;
import io.tollgate.rewards.Withdrawals.WithdrawalOrder;
import io.tollgate.rewards.Withdrawals.WithdrawalStats;
import io.tollgate.rewards.Withdrawals.WithdrawalStatus;
import io.tollgate.rewards.internal.TimedList;
import io.tollgate.schema.rewards.tables.records.WithdrawalRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The table of withdrawals. */
final class WithdrawalTable {
  private static final TimedList LIST = new TimedList(WITHDRAWAL.CREATED_AT, WITHDRAWAL.ID);

  private WithdrawalTable() {}

  /**
   * A row, locked.
   *
   * @param hold what it holds in the ledger
   */
  record Locked(Withdrawal withdrawal, UUID hold) {
    Locked {
      requireNonNull(withdrawal, "withdrawal is null");
      requireNonNull(hold, "hold is null");
    }
  }

  /** A withdrawal under a key, with the hash of what was asked for. */
  record Keyed(Withdrawal withdrawal, byte[] hash) {
    Keyed {
      hash = hash.clone();
    }

    @Override
    public byte[] hash() {
      return hash.clone();
    }
  }

  /** Keeps one; nothing when its key was used at the same time. */
  static Optional<Withdrawal> insert(
      Transaction transaction,
      WithdrawalOrder order,
      Amount fee,
      UUID hold,
      boolean secondNeeded,
      Instant addressNotedAt,
      byte[] hash,
      Instant now) {
    return transaction
        .sql()
        .insertInto(WITHDRAWAL)
        .set(WITHDRAWAL.TENANT_ID, order.tenant().value())
        .set(WITHDRAWAL.USER_ID, order.user().value())
        .set(WITHDRAWAL.AMOUNT, order.amount().units())
        .set(WITHDRAWAL.FEE, fee.units())
        .set(WITHDRAWAL.NETWORK, order.network())
        .set(WITHDRAWAL.ADDRESS, order.address())
        .set(WITHDRAWAL.ADDRESS_NOTED_AT, addressNotedAt)
        .set(WITHDRAWAL.REMARK, order.remark())
        .set(WITHDRAWAL.HOLD_ID, hold)
        .set(WITHDRAWAL.SECOND_NEEDED, secondNeeded)
        .set(WITHDRAWAL.IDEMPOTENCY_KEY, order.key().orElse(null))
        .set(WITHDRAWAL.REQUEST_HASH, hash)
        .set(WITHDRAWAL.CREATED_AT, now)
        .onConflictDoNothing()
        .returning()
        .fetchOptional(WithdrawalTable::withdrawal);
  }

  static Optional<Keyed> find(Transaction transaction, TenantId tenant, String key) {
    return transaction
        .sql()
        .selectFrom(WITHDRAWAL)
        .where(WITHDRAWAL.TENANT_ID.eq(tenant.value()))
        .and(WITHDRAWAL.IDEMPOTENCY_KEY.eq(key))
        .fetchOptional(row -> new Keyed(withdrawal(row), row.getRequestHash()));
  }

  static Optional<Withdrawal> find(Transaction transaction, long id) {
    return transaction
        .sql()
        .selectFrom(WITHDRAWAL)
        .where(WITHDRAWAL.ID.eq(id))
        .fetchOptional(WithdrawalTable::withdrawal);
  }

  static Optional<Locked> lock(Transaction transaction, long id) {
    return transaction
        .sql()
        .selectFrom(WITHDRAWAL)
        .where(WITHDRAWAL.ID.eq(id))
        .forUpdate()
        .fetchOptional(row -> new Locked(withdrawal(row), row.getHoldId()));
  }

  /** What a user has asked for since, but for what was rejected. */
  static long asked(Transaction transaction, UserId user, Instant since) {
    BigDecimal sum =
        transaction
            .sql()
            .select(DSL.sum(WITHDRAWAL.AMOUNT))
            .from(WITHDRAWAL)
            .where(WITHDRAWAL.USER_ID.eq(user.value()))
            .and(WITHDRAWAL.CREATED_AT.ge(since))
            .and(WITHDRAWAL.STATUS.ne(WithdrawalStatus.REJECTED.code()))
            .fetchOne(0, BigDecimal.class);
    return sum == null ? 0 : sum.longValueExact();
  }

  static Withdrawal firstApproval(Transaction transaction, long id, AdminId admin, Instant now) {
    return transaction
        .sql()
        .update(WITHDRAWAL)
        .set(WITHDRAWAL.FIRST_ADMIN_ID, admin.value())
        .set(WITHDRAWAL.FIRST_AT, now)
        .where(WITHDRAWAL.ID.eq(id))
        .returning()
        .fetchSingle(WithdrawalTable::withdrawal);
  }

  static Withdrawal approved(Transaction transaction, long id, AdminId admin, Instant now) {
    return transaction
        .sql()
        .update(WITHDRAWAL)
        .set(WITHDRAWAL.STATUS, WithdrawalStatus.APPROVED.code())
        .set(WITHDRAWAL.AUDIT_ADMIN_ID, admin.value())
        .set(WITHDRAWAL.AUDITED_AT, now)
        .where(WITHDRAWAL.ID.eq(id))
        .returning()
        .fetchSingle(WithdrawalTable::withdrawal);
  }

  static Withdrawal rejected(
      Transaction transaction, long id, AdminId admin, String reason, Instant now) {
    return transaction
        .sql()
        .update(WITHDRAWAL)
        .set(WITHDRAWAL.STATUS, WithdrawalStatus.REJECTED.code())
        .set(WITHDRAWAL.AUDIT_ADMIN_ID, admin.value())
        .set(WITHDRAWAL.AUDITED_AT, now)
        .set(WITHDRAWAL.REJECT_REASON, reason)
        .where(WITHDRAWAL.ID.eq(id))
        .returning()
        .fetchSingle(WithdrawalTable::withdrawal);
  }

  static Withdrawal done(
      Transaction transaction, long id, AdminId admin, String txHash, UUID transfer, Instant now) {
    return transaction
        .sql()
        .update(WITHDRAWAL)
        .set(WITHDRAWAL.STATUS, WithdrawalStatus.DONE.code())
        .set(WITHDRAWAL.PAY_ADMIN_ID, admin.value())
        .set(WITHDRAWAL.COMPLETED_AT, now)
        .set(WITHDRAWAL.TX_HASH, txHash)
        .set(WITHDRAWAL.TRANSFER_ID, transfer)
        .where(WITHDRAWAL.ID.eq(id))
        .returning()
        .fetchSingle(WithdrawalTable::withdrawal);
  }

  static ListPage<Withdrawal> page(
      Transaction transaction, WithdrawalFilter filter, ListRequest page) {
    return ListPage.of(
        query(transaction.sql(), filter, page).fetch(WithdrawalTable::withdrawal),
        page,
        row -> TimedList.cursor(row.createdAt(), row.id()),
        () -> transaction.sql().fetchCount(WITHDRAWAL, condition(filter)));
  }

  static ResultQuery<WithdrawalRecord> query(
      DSLContext sql, WithdrawalFilter filter, ListRequest page) {
    return LIST.part(sql.selectFrom(WITHDRAWAL).where(condition(filter)), page);
  }

  static WithdrawalStats stats(Transaction transaction, Optional<TenantId> tenant) {
    Map<WithdrawalStatus, StatusSum> sums = new EnumMap<>(WithdrawalStatus.class);
    long fees = 0;
    for (var row :
        transaction
            .sql()
            .select(
                WITHDRAWAL.STATUS, DSL.count(), DSL.sum(WITHDRAWAL.AMOUNT), DSL.sum(WITHDRAWAL.FEE))
            .from(WITHDRAWAL)
            .where(TimedList.is(WITHDRAWAL.TENANT_ID, tenant.map(TenantId::value)))
            .groupBy(WITHDRAWAL.STATUS)
            .fetch()) {
      WithdrawalStatus status = status(row.value1());
      sums.put(status, new StatusSum(row.value2(), points(row.value3().longValueExact())));
      if (status == WithdrawalStatus.DONE) {
        fees = row.value4().longValueExact();
      }
    }
    return new WithdrawalStats(
        sum(sums, WithdrawalStatus.WAITING),
        sum(sums, WithdrawalStatus.APPROVED),
        sum(sums, WithdrawalStatus.REJECTED),
        sum(sums, WithdrawalStatus.DONE),
        points(fees));
  }

  private static StatusSum sum(Map<WithdrawalStatus, StatusSum> sums, WithdrawalStatus status) {
    return sums.getOrDefault(status, new StatusSum(0, Points.ZERO));
  }

  private static Condition condition(WithdrawalFilter filter) {
    return TimedList.is(WITHDRAWAL.TENANT_ID, filter.tenant().map(TenantId::value))
        .and(TimedList.is(WITHDRAWAL.USER_ID, filter.user().map(UserId::value)))
        .and(TimedList.is(WITHDRAWAL.STATUS, filter.status().map(WithdrawalStatus::code)))
        .and(LIST.between(filter.from(), filter.until()));
  }

  private static Withdrawal withdrawal(WithdrawalRecord row) {
    return new Withdrawal(
        row.getId(),
        new TenantId(row.getTenantId()),
        new UserId(row.getUserId()),
        points(row.getAmount()),
        points(row.getFee()),
        row.getNetwork(),
        row.getAddress(),
        row.getRemark(),
        status(row.getStatus()),
        row.getSecondNeeded(),
        step(row.getFirstAdminId(), row.getFirstAt()),
        step(row.getAuditAdminId(), row.getAuditedAt()),
        step(row.getPayAdminId(), row.getCompletedAt()),
        Optional.ofNullable(row.getRejectReason()),
        Optional.ofNullable(row.getTxHash()),
        row.getAddressNotedAt(),
        row.getCreatedAt());
  }

  private static WithdrawalStatus status(String code) {
    return WithdrawalStatus.valueOf(code.toUpperCase(Locale.ROOT));
  }

  private static Optional<Step> step(@Nullable Long admin, @Nullable Instant at) {
    return admin == null || at == null
        ? Optional.empty()
        : Optional.of(new Step(new AdminId(admin), at));
  }

  private static Amount points(long units) {
    return new Amount(Points.ASSET, units);
  }
}
