package io.tollgate.billing.internal.codes;

import static io.tollgate.schema.billing.Tables.CODE_BATCH;
import static io.tollgate.schema.billing.Tables.REDEMPTION_CODE;

import io.tollgate.billing.CodeBatch;
import io.tollgate.billing.RedemptionCodes.FoundCode;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/** The tables of batches and of codes. */
final class CodeTable {
  private static final Field<Integer> USED =
      DSL.field(
          DSL.selectCount()
              .from(REDEMPTION_CODE)
              .where(REDEMPTION_CODE.BATCH_ID.eq(CODE_BATCH.ID))
              .and(REDEMPTION_CODE.USER_ID.isNotNull()));

  private CodeTable() {}

  /** A code's row, locked. */
  record Code(long batch, Optional<UserId> user) {}

  /** A batch to be inserted. */
  record NewBatch(
      TenantId tenant,
      String name,
      Amount amount,
      int codes,
      Optional<Instant> expiresAt,
      OptionalInt lastsDays,
      AdminId admin) {}

  static long insert(Transaction transaction, NewBatch batch, Instant now) {
    return transaction
        .sql()
        .insertInto(CODE_BATCH)
        .set(CODE_BATCH.TENANT_ID, batch.tenant().value())
        .set(CODE_BATCH.NAME, batch.name())
        .set(CODE_BATCH.ASSET, batch.amount().asset().code())
        .set(CODE_BATCH.SCALE, batch.amount().asset().scale())
        .set(CODE_BATCH.AMOUNT, batch.amount().units())
        .set(CODE_BATCH.CODES, batch.codes())
        .set(CODE_BATCH.EXPIRES_AT, batch.expiresAt().orElse(null))
        .set(
            CODE_BATCH.LASTS_DAYS,
            batch.lastsDays().isPresent() ? batch.lastsDays().getAsInt() : null)
        .set(CODE_BATCH.ACTIVE, true)
        .set(CODE_BATCH.ADMIN_ID, batch.admin().value())
        .set(CODE_BATCH.CREATED_AT, now)
        .returning(CODE_BATCH.ID)
        .fetchSingle()
        .getId();
  }

  /** Notes that a batch is exported; false where it was. */
  static boolean exported(Transaction transaction, long batch, Instant now) {
    return transaction
            .sql()
            .update(CODE_BATCH)
            .set(CODE_BATCH.EXPORTED_AT, now)
            .where(CODE_BATCH.ID.eq(batch))
            .and(CODE_BATCH.EXPORTED_AT.isNull())
            .execute()
        == 1;
  }

  static void insert(Transaction transaction, long batch, List<byte[]> hashes) {
    int _ =
        transaction
            .sql()
            .execute(
                "INSERT INTO billing.redemption_code (hash, batch_id)"
                    + " SELECT h, ? FROM unnest(?::bytea[]) AS h",
                batch,
                hashes.toArray(byte[][]::new));
  }

  static void activate(Transaction transaction, long batch, boolean active) {
    int _ =
        transaction
            .sql()
            .update(CODE_BATCH)
            .set(CODE_BATCH.ACTIVE, active)
            .where(CODE_BATCH.ID.eq(batch))
            .execute();
  }

  /** What has become of a code. */
  static Optional<FoundCode> look(Transaction transaction, byte[] hash) {
    return transaction
        .sql()
        .select(
            CODE_BATCH.ID,
            CODE_BATCH.TENANT_ID,
            CODE_BATCH.NAME,
            REDEMPTION_CODE.USER_ID,
            REDEMPTION_CODE.USED_AT)
        .from(REDEMPTION_CODE)
        .join(CODE_BATCH)
        .on(CODE_BATCH.ID.eq(REDEMPTION_CODE.BATCH_ID))
        .where(REDEMPTION_CODE.HASH.eq(hash))
        .fetchOptional(
            row ->
                new FoundCode(
                    row.value1(),
                    new TenantId(row.value2()),
                    row.value3(),
                    Optional.ofNullable(row.value4()).map(UserId::new),
                    Optional.ofNullable(row.value5())));
  }

  static Optional<Code> lock(Transaction transaction, byte[] hash) {
    return transaction
        .sql()
        .select(REDEMPTION_CODE.BATCH_ID, REDEMPTION_CODE.USER_ID)
        .from(REDEMPTION_CODE)
        .where(REDEMPTION_CODE.HASH.eq(hash))
        .forUpdate()
        .fetchOptional(
            row -> new Code(row.value1(), Optional.ofNullable(row.value2()).map(UserId::new)));
  }

  static void use(Transaction transaction, byte[] hash, UserId user, UUID transfer, Instant now) {
    int _ =
        transaction
            .sql()
            .update(REDEMPTION_CODE)
            .set(REDEMPTION_CODE.USER_ID, user.value())
            .set(REDEMPTION_CODE.TRANSFER_ID, transfer)
            .set(REDEMPTION_CODE.USED_AT, now)
            .where(REDEMPTION_CODE.HASH.eq(hash))
            .execute();
  }

  static Optional<CodeBatch> find(Transaction transaction, long id) {
    return transaction
        .sql()
        .select(CODE_BATCH.fields())
        .select(USED)
        .from(CODE_BATCH)
        .where(CODE_BATCH.ID.eq(id))
        .fetchOptional(CodeTable::read);
  }

  static ListPage<CodeBatch> page(
      Transaction transaction, Optional<TenantId> tenant, ListRequest page) {
    return ListPage.of(
        query(transaction.sql(), tenant, page).fetch(CodeTable::read),
        page,
        batch -> Long.toString(batch.id()),
        () -> transaction.sql().fetchCount(CODE_BATCH, condition(tenant)));
  }

  static ResultQuery<? extends Record> query(
      DSLContext sql, Optional<TenantId> tenant, ListRequest page) {
    Condition condition = condition(tenant);
    if (page.cursor().isPresent()) {
      condition = condition.and(CODE_BATCH.ID.gt(number(page.cursor().get())));
    }
    return sql.select(CODE_BATCH.fields())
        .select(USED)
        .from(CODE_BATCH)
        .where(condition)
        .orderBy(CODE_BATCH.ID)
        .offset(page.offset())
        .limit(page.limit());
  }

  private static Condition condition(Optional<TenantId> tenant) {
    return tenant.map(TenantId::value).map(CODE_BATCH.TENANT_ID::eq).orElseGet(DSL::noCondition);
  }

  private static long number(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", e);
    }
  }

  private static CodeBatch read(Record row) {
    Integer days = row.get(CODE_BATCH.LASTS_DAYS);
    return new CodeBatch(
        row.get(CODE_BATCH.ID),
        new TenantId(row.get(CODE_BATCH.TENANT_ID)),
        row.get(CODE_BATCH.NAME),
        new Amount(
            new Asset(row.get(CODE_BATCH.ASSET), row.get(CODE_BATCH.SCALE)),
            row.get(CODE_BATCH.AMOUNT)),
        row.get(CODE_BATCH.CODES),
        row.get(USED),
        Optional.ofNullable(row.get(CODE_BATCH.EXPIRES_AT)),
        days == null ? OptionalInt.empty() : OptionalInt.of(days),
        row.get(CODE_BATCH.ACTIVE),
        row.get(CODE_BATCH.CREATED_AT),
        Optional.ofNullable(row.get(CODE_BATCH.EXPORTED_AT)));
  }
}
