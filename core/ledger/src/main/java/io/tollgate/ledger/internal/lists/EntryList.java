package io.tollgate.ledger.internal.lists;

import static io.tollgate.schema.ledger.Tables.ACCOUNT;
import static io.tollgate.schema.ledger.Tables.ENTRY;
import static io.tollgate.schema.ledger.Tables.TRANSFER;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.EntryFilter;
import io.tollgate.ledger.LedgerEntry;
import io.tollgate.ledger.internal.PostingClock;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.ResultQuery;

/**
 * Entries, the newest first: by transfer id, which is in the order of posting, and number. Times
 * are compared as ids, so that a range of time is a range of every index that ends in the id.
 */
final class EntryList {
  private static final Pattern CHARGE_ID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private static final io.tollgate.schema.ledger.tables.Entry CHARGED = ENTRY.as("charged");

  private final DSLContext sql;

  EntryList(DSLContext sql) {
    this.sql = sql;
  }

  ListPage<LedgerEntry> page(EntryFilter filter, ListRequest page) {
    return ListPage.of(
        query(filter, page).fetch(EntryList::read),
        page,
        entry -> EntryCursor.of(entry).text(),
        () -> count(filter));
  }

  /** One row more than the page, to know whether there is more. */
  ResultQuery<? extends Record> query(EntryFilter filter, ListRequest page) {
    Condition condition = condition(filter);
    if (page.cursor().isPresent()) {
      EntryCursor cursor = EntryCursor.parse(page.cursor().get());
      condition =
          condition
              .and(row(ENTRY.TRANSFER_ID, ENTRY.SEQ).lt(row(cursor.transfer(), cursor.seq())))
              .and(TRANSFER.ID.le(cursor.transfer()));
    }
    return sql.select(
            ENTRY.TRANSFER_ID,
            ENTRY.SEQ,
            TRANSFER.TENANT_ID,
            TRANSFER.KIND,
            TRANSFER.REFERENCE,
            ENTRY.CHARGE_ID,
            ENTRY.ACCOUNT_ID,
            ENTRY.SHARD,
            ACCOUNT.ASSET,
            ACCOUNT.SCALE,
            ENTRY.AMOUNT,
            ENTRY.BALANCE_AFTER,
            TRANSFER.EFFECTIVE_AT,
            TRANSFER.POSTED_AT)
        .from(ENTRY)
        .join(TRANSFER)
        .on(TRANSFER.ID.eq(ENTRY.TRANSFER_ID))
        .join(ACCOUNT)
        .on(ACCOUNT.ID.eq(ENTRY.ACCOUNT_ID).and(ACCOUNT.SHARD.eq(ENTRY.SHARD)))
        .where(condition)
        .orderBy(ENTRY.TRANSFER_ID.desc(), ENTRY.SEQ.desc())
        .limit(page.limit())
        .offset(page.offset());
  }

  private long count(EntryFilter filter) {
    return sql.selectCount()
        .from(ENTRY)
        .join(TRANSFER)
        .on(TRANSFER.ID.eq(ENTRY.TRANSFER_ID))
        .where(condition(filter))
        .fetchSingle()
        .value1();
  }

  /** Ranges are named on both sides of the join: the planner carries over equality only. */
  private static Condition condition(EntryFilter filter) {
    Condition condition = noCondition();
    if (filter.tenant().isPresent()) {
      condition = condition.and(TRANSFER.TENANT_ID.eq(filter.tenant().get().value()));
    }
    if (filter.account().isPresent()) {
      condition = condition.and(ENTRY.ACCOUNT_ID.eq(filter.account().get().value()));
    }
    if (filter.transfer().isPresent()) {
      condition = condition.and(ENTRY.TRANSFER_ID.eq(filter.transfer().get()));
    }
    if (filter.reference().isPresent()) {
      condition = condition.and(ofReference(filter.reference().get()));
    }
    if (filter.start().isPresent()) {
      UUID first = PostingClock.lowestId(filter.start().get());
      condition = condition.and(ENTRY.TRANSFER_ID.ge(first)).and(TRANSFER.ID.ge(first));
    }
    if (filter.end().isPresent()) {
      UUID end = PostingClock.lowestId(filter.end().get());
      condition = condition.and(ENTRY.TRANSFER_ID.lt(end)).and(TRANSFER.ID.lt(end));
    }
    return condition;
  }

  /** A charge id also finds what the charge took in a batch, by an index of its own. */
  private static Condition ofReference(String reference) {
    Condition ofTransfer = TRANSFER.REFERENCE.eq(reference).and(TRANSFER.REFERENCE.ne(inline("")));
    if (!CHARGE_ID.matcher(reference).matches()) {
      return ofTransfer;
    }
    return row(ENTRY.TRANSFER_ID, ENTRY.SEQ)
        .in(
            select(CHARGED.TRANSFER_ID, CHARGED.SEQ)
                .from(CHARGED)
                .where(CHARGED.CHARGE_ID.eq(UUID.fromString(reference)))
                .unionAll(
                    select(CHARGED.TRANSFER_ID, CHARGED.SEQ)
                        .from(TRANSFER)
                        .join(CHARGED)
                        .on(CHARGED.TRANSFER_ID.eq(TRANSFER.ID))
                        .where(ofTransfer)));
  }

  /** Where a batch was posted, an entry's own charge says more than its transfer's reference. */
  private static String reference(Record row) {
    return Optional.ofNullable(row.get(ENTRY.CHARGE_ID))
        .map(UUID::toString)
        .orElseGet(() -> row.get(TRANSFER.REFERENCE));
  }

  private static LedgerEntry read(Record row) {
    Asset asset = new Asset(row.get(ACCOUNT.ASSET), row.get(ACCOUNT.SCALE));
    return new LedgerEntry(
        row.get(ENTRY.TRANSFER_ID),
        row.get(ENTRY.SEQ),
        new TenantId(row.get(TRANSFER.TENANT_ID)),
        row.get(TRANSFER.KIND),
        reference(row),
        new AccountId(row.get(ENTRY.ACCOUNT_ID)),
        row.get(ENTRY.SHARD),
        new Amount(asset, row.get(ENTRY.AMOUNT)),
        new Amount(asset, row.get(ENTRY.BALANCE_AFTER)),
        row.get(TRANSFER.EFFECTIVE_AT),
        row.get(TRANSFER.POSTED_AT));
  }
}
