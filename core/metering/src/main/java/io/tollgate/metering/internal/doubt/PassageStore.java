package io.tollgate.metering.internal.doubt;

import static io.tollgate.schema.metering.Tables.PASSAGE;
import static io.tollgate.schema.metering.Tables.USAGE_RECORD;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.BookedUsage;
import io.tollgate.metering.Charge;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.UsageRecord.Outcome;
import io.tollgate.metering.internal.database.books.UsageColumns;
import io.tollgate.metering.internal.database.books.UsagePartitions;
import io.tollgate.metering.internal.database.books.UsageStatistics;
import io.tollgate.schema.metering.tables.records.PassageRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/** The rows of passages and usage records. */
public final class PassageStore {
  private final UsagePartitions partitions = new UsagePartitions();

  /** Writes an intent that is open, and how far it came. */
  void insert(
      Transaction transaction, UUID incarnation, PassageRequest request, TokenUsage progress) {
    insert(transaction, Optional.of(incarnation), request, progress);
  }

  private static void insert(
      Transaction transaction,
      Optional<UUID> incarnation,
      PassageRequest request,
      TokenUsage progress) {
    transaction
        .sql()
        .insertInto(PASSAGE)
        .set(PASSAGE.CHARGE_ID, request.charge().value())
        .set(PASSAGE.INCARNATION, incarnation.orElse(null))
        .set(PASSAGE.TENANT_ID, request.tenant().value())
        .set(PASSAGE.USER_ID, request.user().value())
        .set(PASSAGE.API_KEY_ID, request.apiKey().value())
        .set(PASSAGE.PLATFORM, request.protocol().code())
        .set(PASSAGE.MODEL, request.model())
        .set(PASSAGE.STREAM, request.stream())
        .set(PASSAGE.CLIENT_REQUEST_ID, request.clientRequestId().orElse(null))
        .set(PASSAGE.OPENED_AT, request.openedAt())
        .set(PASSAGE.CURRENCY, request.quote().currency().code())
        .set(PASSAGE.PRICE_VERSION, request.quote().version())
        .set(PASSAGE.ESTIMATE_INPUT, request.estimate().input())
        .set(PASSAGE.ESTIMATE_OUTPUT, request.estimate().output())
        .set(PASSAGE.PROGRESS_INPUT, progress.input())
        .set(PASSAGE.PROGRESS_OUTPUT, progress.output())
        .set(PASSAGE.ESTIMATE, JSONB.valueOf(UsageColumns.whole(request.estimate())))
        .set(PASSAGE.PROGRESS, JSONB.valueOf(UsageColumns.whole(progress)))
        .execute();
  }

  /**
   * Writes an intent that belongs to no process.
   *
   * @param limits the accounts of the spend limits under which it was opened
   */
  public void defer(Transaction transaction, PassageRequest request, List<Long> limits) {
    insert(transaction, Optional.empty(), request, TokenUsage.NONE);
    transaction
        .sql()
        .update(PASSAGE)
        .set(PASSAGE.LIMITS, limits.toArray(Long[]::new))
        .where(PASSAGE.CHARGE_ID.eq(request.charge().value()))
        .execute();
  }

  /** What a row was opened for. */
  public PassageRequest request(PassageRecord row, QuoteBook quotes) {
    return leftOpen(row).request(quotes);
  }

  /** Ends the intent; false when it had ended before. */
  public boolean close(Transaction transaction, ChargeId charge) {
    return transaction
            .sql()
            .deleteFrom(PASSAGE)
            .where(PASSAGE.CHARGE_ID.eq(charge.value()))
            .execute()
        == 1;
  }

  /** What the statistics of it count. */
  List<BookedUsage> book(
      Transaction transaction,
      PassageRequest request,
      PassageResult result,
      Charge charge,
      Outcome outcome,
      Instant settledAt) {
    ensurePartition(transaction, request.openedAt());
    TokenUsage usage = result.usage();
    transaction
        .sql()
        .insertInto(USAGE_RECORD)
        .set(USAGE_RECORD.CHARGE_ID, request.charge().value())
        .set(USAGE_RECORD.OPENED_AT, request.openedAt())
        .set(USAGE_RECORD.SETTLED_AT, settledAt)
        .set(USAGE_RECORD.TENANT_ID, request.tenant().value())
        .set(USAGE_RECORD.USER_ID, request.user().value())
        .set(USAGE_RECORD.API_KEY_ID, request.apiKey().value())
        .set(
            USAGE_RECORD.UPSTREAM_ACCOUNT,
            result.upstreamAccount().isPresent() ? result.upstreamAccount().getAsLong() : null)
        .set(USAGE_RECORD.PLATFORM, request.protocol().code())
        .set(USAGE_RECORD.MODEL, request.model())
        .set(USAGE_RECORD.UPSTREAM_MODEL, result.upstreamModel())
        .set(USAGE_RECORD.STREAM, request.stream())
        .set(USAGE_RECORD.CLIENT_REQUEST_ID, request.clientRequestId().orElse(null))
        .set(USAGE_RECORD.HTTP_STATUS, result.httpStatus())
        .set(USAGE_RECORD.ERROR_CODE, result.errorCode().orElse(null))
        .set(USAGE_RECORD.ATTEMPTS, result.attempts())
        .set(USAGE_RECORD.INPUT_TOKENS, usage.input())
        .set(USAGE_RECORD.OUTPUT_TOKENS, usage.output())
        .set(USAGE_RECORD.CACHED_TOKENS, usage.cached())
        .set(USAGE_RECORD.CACHE_WRITE_TOKENS, usage.cacheWrite())
        .set(USAGE_RECORD.REASONING_TOKENS, usage.reasoning())
        .set(USAGE_RECORD.KINDS, UsageColumns.further(usage).map(JSONB::valueOf).orElse(null))
        .set(USAGE_RECORD.REPORTED, result.reported())
        .set(USAGE_RECORD.QUOTA_TOKENS, charge.quotaTokens())
        .set(USAGE_RECORD.CURRENCY, request.quote().currency().code())
        .set(USAGE_RECORD.PRICE_VERSION, result.quote(request).version())
        .set(USAGE_RECORD.PAID, charge.paid())
        .set(USAGE_RECORD.OWED, charge.owed())
        .set(USAGE_RECORD.LATENCY_MS, result.latencyMs())
        .set(
            USAGE_RECORD.FIRST_TOKEN_MS,
            result.firstTokenMs().isPresent() ? result.firstTokenMs().getAsLong() : null)
        .set(USAGE_RECORD.OUTCOME, outcome.name().toLowerCase(Locale.ROOT))
        .execute();
    UsageStatistics statistics = new UsageStatistics();
    statistics.add(
        new UsageStatistics.Counted(
            request.openedAt(),
            request.tenant().value(),
            request.user().value(),
            request.apiKey().value(),
            request.protocol(),
            request.model(),
            result.upstreamAccount().orElse(0),
            request.quote().currency().code(),
            result.httpStatus(),
            usage,
            charge.quotaTokens(),
            charge.paid(),
            charge.owed(),
            OptionalLong.empty()));
    transaction.sql().connection(statistics::write);
    return statistics.used();
  }

  /** What a passage cost that is in the books. */
  Optional<Charge> booked(Transaction transaction, ChargeId charge, Instant openedAt) {
    return transaction
        .sql()
        .selectFrom(USAGE_RECORD)
        .where(USAGE_RECORD.CHARGE_ID.eq(charge.value()))
        .and(USAGE_RECORD.OPENED_AT.eq(openedAt))
        .fetchOptional(
            row -> new Charge(charge, row.getQuotaTokens(), row.getPaid(), row.getOwed()));
  }

  /** Passages of ended incarnations that nobody has resolved yet, oldest first. */
  List<LeftOpen> leftOpen(Transaction transaction, List<UUID> incarnations, int limit) {
    return transaction
        .sql()
        .selectFrom(PASSAGE)
        .where(PASSAGE.INCARNATION.in(incarnations))
        .and(PASSAGE.IN_DOUBT_SINCE.isNull())
        .orderBy(PASSAGE.OPENED_AT, PASSAGE.CHARGE_ID)
        .limit(limit)
        .fetch(PassageStore::leftOpen);
  }

  /** How many of those there are. */
  public int countLeftOpen(Transaction transaction, List<UUID> incarnations) {
    return transaction
        .sql()
        .fetchCount(
            PASSAGE, PASSAGE.INCARNATION.in(incarnations).and(PASSAGE.IN_DOUBT_SINCE.isNull()));
  }

  void markInDoubt(Transaction transaction, ChargeId charge, Instant since) {
    transaction
        .sql()
        .update(PASSAGE)
        .set(PASSAGE.IN_DOUBT_SINCE, since)
        .where(PASSAGE.CHARGE_ID.eq(charge.value()))
        .and(PASSAGE.IN_DOUBT_SINCE.isNull())
        .execute();
  }

  public void ensurePartition(Transaction transaction, Instant at) {
    partitions.ensure(transaction, at);
  }

  static LeftOpen leftOpen(PassageRecord row) {
    return new LeftOpen(
        new ChargeId(row.getChargeId()),
        new TenantId(row.getTenantId()),
        new UserId(row.getUserId()),
        new ApiKeyId(row.getApiKeyId()),
        Protocol.ofCode(row.getPlatform()),
        row.getModel(),
        row.getStream(),
        Optional.ofNullable(row.getClientRequestId()),
        row.getOpenedAt(),
        row.getPriceVersion(),
        usage(row.getEstimate(), row.getEstimateInput(), row.getEstimateOutput()),
        usage(row.getProgress(), row.getProgressInput(), row.getProgressOutput()));
  }

  /** By kind, or by its totals where the row is of a time that knew no more. */
  private static TokenUsage usage(@Nullable JSONB whole, long input, long output) {
    return whole == null ? TokenUsage.of(input, output) : UsageColumns.read(whole.data());
  }

  /** A passage whose process ended before it was settled. */
  record LeftOpen(
      ChargeId charge,
      TenantId tenant,
      UserId user,
      ApiKeyId apiKey,
      Protocol protocol,
      String model,
      boolean stream,
      Optional<String> clientRequestId,
      Instant openedAt,
      String priceVersion,
      TokenUsage estimate,
      TokenUsage progress) {

    PassageRequest request(QuoteBook quotes) {
      return new PassageRequest(
          charge,
          tenant,
          user,
          apiKey,
          protocol,
          model,
          stream,
          clientRequestId,
          openedAt,
          quotes.byVersion(priceVersion),
          estimate,
          estimate);
    }
  }
}
