package io.tollgate.metering.internal.database.books;

import static io.tollgate.schema.metering.Tables.PASSAGE;
import static io.tollgate.schema.metering.Tables.USAGE_RECORD;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.row;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.DayUsage;
import io.tollgate.metering.UsageFilter;
import io.tollgate.metering.UsageQueries;
import io.tollgate.metering.UsageRecord;
import io.tollgate.metering.UsageRecord.Outcome;
import io.tollgate.schema.metering.tables.records.PassageRecord;
import io.tollgate.schema.metering.tables.records.UsageRecordRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Reads requests as one list: those that are booked, and those still open. */
public final class StoredUsage implements UsageQueries {
  private static final int ROWS_AT_ONCE = 2_000;
  // written out, so that the index of those in doubt is known to serve it
  private static final Condition SETTLED = USAGE_RECORD.OUTCOME.eq(inline("settled"));
  private static final Condition IN_DOUBT = USAGE_RECORD.OUTCOME.eq(inline("in_doubt"));
  private static final Condition WAITING = PASSAGE.IN_DOUBT_SINCE.isNotNull();
  private static final Comparator<UsageRecord> NEWEST_FIRST =
      Comparator.comparing(UsageRecord::openedAt)
          .thenComparing(record -> record.charge().toString())
          .reversed();

  @Override
  public List<UsageRecord> search(
      Transaction transaction, UsageFilter filter, int limit, Optional<Position> after) {
    List<UsageRecord> rows = NewestUsage.find(transaction, filter, settled(filter), limit, after);
    return mayBeOpen(filter)
        ? merged(rows, open(transaction, open(filter), limit, after), limit)
        : rows;
  }

  @Override
  public List<UsageRecord> search(
      Transaction transaction,
      UsageFilter filter,
      Outcome outcome,
      int limit,
      Optional<Position> after) {
    return switch (outcome) {
      case SETTLED ->
          NewestUsage.find(transaction, filter, settled(filter).and(SETTLED), limit, after);
      case IN_DOUBT -> {
        List<UsageRecord> decided =
            NewestUsage.rows(transaction, settled(filter).and(IN_DOUBT), limit, after);
        yield mayBeOpen(filter)
            ? merged(decided, open(transaction, open(filter).and(WAITING), limit, after), limit)
            : decided;
      }
      case PENDING ->
          mayBeOpen(filter)
              ? open(transaction, open(filter).andNot(WAITING), limit, after)
              : List.of();
    };
  }

  @Override
  public long count(Transaction transaction, UsageFilter filter, Outcome outcome) {
    Condition settled = settled(filter);
    Condition open = mayBeOpen(filter) ? open(filter) : DSL.falseCondition();
    return switch (outcome) {
      case SETTLED -> transaction.sql().fetchCount(USAGE_RECORD, settled.and(SETTLED));
      case IN_DOUBT ->
          (long) transaction.sql().fetchCount(USAGE_RECORD, settled.and(IN_DOUBT))
              + transaction.sql().fetchCount(PASSAGE, open.and(WAITING));
      case PENDING -> transaction.sql().fetchCount(PASSAGE, open.andNot(WAITING));
    };
  }

  @Override
  public List<UsageRecord> booked(
      Transaction transaction, Collection<ChargeId> charges, Instant earliest, Instant latest) {
    return transaction
        .sql()
        .selectFrom(USAGE_RECORD)
        .where(
            USAGE_RECORD.CHARGE_ID.eq(
                any(charges.stream().map(ChargeId::value).toArray(UUID[]::new))))
        .and(USAGE_RECORD.OPENED_AT.between(earliest, latest))
        .fetch(StoredUsage::settledRow);
  }

  private static List<UsageRecord> open(
      Transaction transaction, Condition condition, int limit, Optional<Position> after) {
    return transaction
        .sql()
        .selectFrom(PASSAGE)
        .where(condition)
        .and(
            after
                .<Condition>map(
                    place ->
                        row(PASSAGE.OPENED_AT, PASSAGE.CHARGE_ID)
                            .lessThan(place.openedAt(), place.charge().value()))
                .orElse(DSL.noCondition()))
        .orderBy(PASSAGE.OPENED_AT.desc(), PASSAGE.CHARGE_ID.desc())
        .limit(limit)
        .fetch(StoredUsage::openRow);
  }

  private static List<UsageRecord> merged(
      List<UsageRecord> some, List<UsageRecord> others, int limit) {
    return Stream.concat(some.stream(), others.stream()).sorted(NEWEST_FIRST).limit(limit).toList();
  }

  @Override
  public long count(Transaction transaction, UsageFilter filter) {
    long settled = transaction.sql().fetchCount(USAGE_RECORD, settled(filter));
    long open = mayBeOpen(filter) ? transaction.sql().fetchCount(PASSAGE, open(filter)) : 0;
    return settled + open;
  }

  @Override
  public List<TenantSum> sums(Transaction transaction, Instant start, Instant end) {
    Field<BigDecimal> quota = DSL.sum(USAGE_RECORD.QUOTA_TOKENS);
    Field<BigDecimal> cost = DSL.sum(USAGE_RECORD.PAID.plus(USAGE_RECORD.OWED));
    return transaction
        .sql()
        .select(USAGE_RECORD.TENANT_ID, USAGE_RECORD.CURRENCY, DSL.count(), quota, cost)
        .from(USAGE_RECORD)
        .where(USAGE_RECORD.OPENED_AT.ge(start).and(USAGE_RECORD.OPENED_AT.lt(end)))
        .groupBy(USAGE_RECORD.TENANT_ID, USAGE_RECORD.CURRENCY)
        .fetch(
            row ->
                new TenantSum(
                    new TenantId(row.value1()),
                    row.value2(),
                    row.value3(),
                    row.value4().longValueExact(),
                    row.value5()));
  }

  @Override
  public void forEachCharge(
      Transaction transaction, Instant since, Consumer<UsageCharge> consumer) {
    try (Cursor<?> rows =
        transaction
            .sql()
            .select(
                USAGE_RECORD.CHARGE_ID,
                USAGE_RECORD.PRICE_VERSION,
                USAGE_RECORD.INPUT_TOKENS,
                USAGE_RECORD.CACHED_TOKENS,
                USAGE_RECORD.CACHE_WRITE_TOKENS,
                USAGE_RECORD.OUTPUT_TOKENS,
                USAGE_RECORD.REASONING_TOKENS,
                USAGE_RECORD.KINDS,
                USAGE_RECORD.QUOTA_TOKENS,
                USAGE_RECORD.PAID,
                USAGE_RECORD.OWED)
            .from(USAGE_RECORD)
            .where(USAGE_RECORD.SETTLED_AT.ge(since))
            .fetchSize(ROWS_AT_ONCE)
            .fetchLazy()) {
      rows.forEach(row -> consumer.accept(charge(row)));
    }
  }

  @Override
  public List<DayUsage> days(
      Transaction transaction,
      Optional<TenantId> tenant,
      Instant from,
      Instant until,
      ZoneId zone) {
    return UsageByDay.read(transaction, tenant, from, until, zone);
  }

  @Override
  public long users(
      Transaction transaction, Optional<TenantId> tenant, Instant from, Instant until) {
    return UsageByDay.users(transaction, tenant, from, until);
  }

  @Override
  public List<Earned> earned(
      Transaction transaction, Collection<TenantId> tenants, Instant from, Instant until) {
    return UsageByTenant.read(transaction, tenants, from, until);
  }

  @Override
  public ModelCallers callers(
      Transaction transaction, Collection<String> names, Instant from, Instant until) {
    return UsageByModel.callers(transaction, names, from, until);
  }

  @Override
  public List<ModelUsage> byModel(
      Transaction transaction, UserId user, Asset currency, Instant start, Instant end) {
    return UsageByModel.read(transaction, user, currency, start, end);
  }

  @Override
  public List<KeyUsage> byKey(Transaction transaction, UserId user, Asset currency, Instant since) {
    return UsageByKey.read(transaction, user, currency, since);
  }

  private static UsageCharge charge(Record row) {
    JSONB kinds = row.get(USAGE_RECORD.KINDS);
    return new UsageCharge(
        new ChargeId(row.get(USAGE_RECORD.CHARGE_ID)),
        row.get(USAGE_RECORD.PRICE_VERSION),
        UsageColumns.read(
            row.get(USAGE_RECORD.INPUT_TOKENS),
            row.get(USAGE_RECORD.CACHED_TOKENS),
            row.get(USAGE_RECORD.CACHE_WRITE_TOKENS),
            row.get(USAGE_RECORD.OUTPUT_TOKENS),
            row.get(USAGE_RECORD.REASONING_TOKENS),
            kinds == null ? null : kinds.data()),
        row.get(USAGE_RECORD.QUOTA_TOKENS),
        Math.addExact(row.get(USAGE_RECORD.PAID), row.get(USAGE_RECORD.OWED)));
  }

  /** Open passages have no upstream account and no status yet. */
  private static boolean mayBeOpen(UsageFilter filter) {
    return filter.upstreamAccount().isEmpty() && filter.httpStatus().isEmpty();
  }

  private static Condition settled(UsageFilter filter) {
    List<Condition> conditions = new ArrayList<>();
    filter.charge().ifPresent(id -> conditions.add(USAGE_RECORD.CHARGE_ID.eq(id.value())));
    filter.tenant().ifPresent(id -> conditions.add(USAGE_RECORD.TENANT_ID.eq(id.value())));
    filter.user().ifPresent(id -> conditions.add(USAGE_RECORD.USER_ID.eq(id.value())));
    filter.apiKey().ifPresent(id -> conditions.add(USAGE_RECORD.API_KEY_ID.eq(id.value())));
    filter.upstreamAccount().ifPresent(id -> conditions.add(USAGE_RECORD.UPSTREAM_ACCOUNT.eq(id)));
    filter.model().ifPresent(model -> conditions.add(USAGE_RECORD.MODEL.eq(model)));
    filter.httpStatus().ifPresent(status -> conditions.add(USAGE_RECORD.HTTP_STATUS.eq(status)));
    filter.start().ifPresent(at -> conditions.add(USAGE_RECORD.OPENED_AT.ge(at)));
    filter.end().ifPresent(at -> conditions.add(USAGE_RECORD.OPENED_AT.lt(at)));
    return DSL.and(conditions);
  }

  private static Condition open(UsageFilter filter) {
    List<Condition> conditions = new ArrayList<>();
    filter.charge().ifPresent(id -> conditions.add(PASSAGE.CHARGE_ID.eq(id.value())));
    filter.tenant().ifPresent(id -> conditions.add(PASSAGE.TENANT_ID.eq(id.value())));
    filter.user().ifPresent(id -> conditions.add(PASSAGE.USER_ID.eq(id.value())));
    filter.apiKey().ifPresent(id -> conditions.add(PASSAGE.API_KEY_ID.eq(id.value())));
    filter.model().ifPresent(model -> conditions.add(PASSAGE.MODEL.eq(model)));
    filter.start().ifPresent(at -> conditions.add(PASSAGE.OPENED_AT.ge(at)));
    filter.end().ifPresent(at -> conditions.add(PASSAGE.OPENED_AT.lt(at)));
    return conditions.isEmpty() ? inline(true).isTrue() : DSL.and(conditions);
  }

  public static UsageRecord settledRow(UsageRecordRecord row) {
    return new UsageRecord(
        new ChargeId(row.getChargeId()),
        row.getOpenedAt(),
        new TenantId(row.getTenantId()),
        new UserId(row.getUserId()),
        new ApiKeyId(row.getApiKeyId()),
        optional(row.getUpstreamAccount()),
        Protocol.ofCode(row.getPlatform()),
        row.getModel(),
        row.getUpstreamModel(),
        row.getStream(),
        Optional.ofNullable(row.getClientRequestId()),
        row.getHttpStatus(),
        Optional.ofNullable(row.getErrorCode()),
        row.getAttempts(),
        UsageColumns.read(
            row.getInputTokens(),
            row.getCachedTokens(),
            row.getCacheWriteTokens(),
            row.getOutputTokens(),
            row.getReasoningTokens(),
            row.getKinds() == null ? null : row.getKinds().data()),
        row.getQuotaTokens(),
        Asset.money(row.getCurrency()),
        row.getPriceVersion(),
        Math.addExact(row.getPaid(), row.getOwed()),
        row.getOwed(),
        optional(row.getUpstreamCost()),
        row.getLatencyMs(),
        optional(row.getFirstTokenMs()),
        Outcome.valueOf(row.getOutcome().toUpperCase(Locale.ROOT)));
  }

  private static UsageRecord openRow(PassageRecord row) {
    Instant openedAt = row.getOpenedAt();
    return new UsageRecord(
        new ChargeId(row.getChargeId()),
        openedAt,
        new TenantId(row.getTenantId()),
        new UserId(row.getUserId()),
        new ApiKeyId(row.getApiKeyId()),
        OptionalLong.empty(),
        Protocol.ofCode(row.getPlatform()),
        row.getModel(),
        "",
        row.getStream(),
        Optional.ofNullable(row.getClientRequestId()),
        0,
        Optional.empty(),
        0,
        TokenUsage.NONE,
        0,
        Asset.money(row.getCurrency()),
        row.getPriceVersion(),
        0,
        0,
        OptionalLong.empty(),
        0,
        OptionalLong.empty(),
        row.getInDoubtSince() == null ? Outcome.PENDING : Outcome.IN_DOUBT);
  }

  private static OptionalLong optional(@Nullable Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
