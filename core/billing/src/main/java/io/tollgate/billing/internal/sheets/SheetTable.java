package io.tollgate.billing.internal.sheets;

import static io.tollgate.schema.billing.Tables.PRICE_SHEET;

import io.tollgate.billing.PriceSheet;
import io.tollgate.billing.PriceSheetFilter;
import io.tollgate.billing.internal.prices.SoldModel;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.schema.billing.tables.records.PriceSheetRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/** The table of price sheets. */
final class SheetTable {
  /** Nobody else changes sheets until the transaction ends. */
  void lock(Transaction transaction) {
    int _ =
        transaction.sql().execute("SELECT pg_advisory_xact_lock(hashtext('billing.price_sheet'))");
  }

  List<PriceSheet> all(Transaction transaction) {
    return transaction
        .sql()
        .selectFrom(PRICE_SHEET)
        .orderBy(PRICE_SHEET.ID)
        .fetch(SheetTable::sheet);
  }

  PriceSheet insert(
      Transaction transaction, SoldModel sold, Instant from, OptionalLong admin, Instant now) {
    return sheet(
        transaction
            .sql()
            .insertInto(PRICE_SHEET)
            .set(PRICE_SHEET.MODEL, sold.model().id())
            .set(PRICE_SHEET.EFFECTIVE_FROM, from)
            .set(PRICE_SHEET.SHEET, SheetText.write(sold))
            .set(PRICE_SHEET.ADMIN_ID, admin.isPresent() ? admin.getAsLong() : null)
            .set(PRICE_SHEET.CREATED_AT, now)
            .set(PRICE_SHEET.UPDATED_AT, now)
            .returning()
            .fetchSingle());
  }

  PriceSheet update(
      Transaction transaction,
      long id,
      SoldModel sold,
      Instant from,
      OptionalLong admin,
      Instant now) {
    return sheet(
        transaction
            .sql()
            .update(PRICE_SHEET)
            .set(PRICE_SHEET.MODEL, sold.model().id())
            .set(PRICE_SHEET.EFFECTIVE_FROM, from)
            .set(PRICE_SHEET.SHEET, SheetText.write(sold))
            .set(PRICE_SHEET.ADMIN_ID, admin.isPresent() ? admin.getAsLong() : null)
            .set(PRICE_SHEET.UPDATED_AT, now)
            .where(PRICE_SHEET.ID.eq(id))
            .returning()
            .fetchSingle());
  }

  Optional<PriceSheet> find(Transaction transaction, long id) {
    return transaction
        .sql()
        .selectFrom(PRICE_SHEET)
        .where(PRICE_SHEET.ID.eq(id))
        .fetchOptional(SheetTable::sheet);
  }

  void delete(Transaction transaction, long id) {
    int _ = transaction.sql().deleteFrom(PRICE_SHEET).where(PRICE_SHEET.ID.eq(id)).execute();
  }

  ListPage<PriceSheet> page(Transaction transaction, PriceSheetFilter filter, ListRequest request) {
    return ListPage.of(
        query(transaction.sql(), filter, request).fetch(SheetTable::sheet),
        request,
        sheet -> Long.toString(sheet.id()),
        () -> transaction.sql().fetchCount(PRICE_SHEET, condition(filter)));
  }

  static ResultQuery<PriceSheetRecord> query(
      DSLContext sql, PriceSheetFilter filter, ListRequest page) {
    Condition condition = condition(filter);
    if (page.cursor().isPresent()) {
      condition = condition.and(PRICE_SHEET.ID.lt(parse(page.cursor().get())));
    }
    return sql.selectFrom(PRICE_SHEET)
        .where(condition)
        .orderBy(PRICE_SHEET.ID.desc())
        .offset(page.offset())
        .limit(page.limit());
  }

  private static Condition condition(PriceSheetFilter filter) {
    return filter.model().map(PRICE_SHEET.MODEL::eq).orElse(DSL.noCondition());
  }

  static long parse(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", e);
    }
  }

  static PriceSheet sheet(PriceSheetRecord row) {
    SoldModel sold = SheetText.read(row.getId(), row.getSheet());
    Long admin = row.getAdminId();
    return new PriceSheet(
        row.getId(),
        row.getEffectiveFrom(),
        sold.model(),
        sold.cost(),
        admin == null ? OptionalLong.empty() : OptionalLong.of(admin),
        row.getCreatedAt(),
        row.getUpdatedAt());
  }
}
