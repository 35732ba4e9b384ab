package io.tollgate.metering.internal.doubt;

import static io.tollgate.schema.metering.Tables.PASSAGE;
import static org.jooq.impl.DSL.row;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.Ledger;
import io.tollgate.metering.BookingListeners;
import io.tollgate.metering.InDoubt;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PriceQuote;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.UsageFilter;
import io.tollgate.metering.UsageQueries;
import io.tollgate.metering.UsageRecord;
import io.tollgate.metering.UsageRecord.Outcome;
import io.tollgate.metering.internal.database.books.StoredUsage;
import io.tollgate.schema.metering.tables.records.PassageRecord;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** Passages in doubt, as rows. */
public final class StoredInDoubt implements InDoubt {
  private static final int MAX_ROWS = 10_000;

  private final CorrectedUsage corrections = new CorrectedUsage();
  private final PassageSettler settler;
  private final QuoteBook quotes;
  private final UsageQueries usage = new StoredUsage();

  /**
   * @param listeners hear of what is charged by decisions
   */
  public StoredInDoubt(Ledger ledger, QuoteBook quotes, BookingListeners listeners, Clock clock) {
    this.settler = new PassageSettler(ledger, new PassageStore(), listeners, clock);
    this.quotes = quotes;
  }

  @Override
  public List<Waiting> list(
      Transaction transaction,
      Optional<TenantId> tenant,
      int limit,
      Optional<UsageQueries.Position> after) {
    requireLimit(limit);
    return transaction
        .sql()
        .selectFrom(PASSAGE)
        .where(waiting(tenant))
        .and(
            after
                .<Condition>map(
                    place ->
                        row(PASSAGE.OPENED_AT, PASSAGE.CHARGE_ID)
                            .greaterThan(place.openedAt(), place.charge().value()))
                .orElse(DSL.noCondition()))
        .orderBy(PASSAGE.OPENED_AT, PASSAGE.CHARGE_ID)
        .limit(limit)
        .fetch(StoredInDoubt::waiting);
  }

  @Override
  public long count(Transaction transaction, Optional<TenantId> tenant) {
    return transaction.sql().fetchCount(PASSAGE, waiting(tenant));
  }

  @Override
  public List<Corrected> corrected(
      Transaction transaction,
      Optional<TenantId> tenant,
      int limit,
      Optional<UsageQueries.Position> after) {
    requireLimit(limit);
    return corrections.list(transaction, tenant, limit, after);
  }

  @Override
  public long countCorrected(Transaction transaction, Optional<TenantId> tenant) {
    return corrections.count(transaction, tenant);
  }

  private static void requireLimit(int limit) {
    if (limit < 1 || limit > MAX_ROWS) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to " + MAX_ROWS + ")");
    }
  }

  private static Condition waiting(Optional<TenantId> tenant) {
    return tenant
        .<Condition>map(id -> PASSAGE.TENANT_ID.eq(id.value()))
        .orElse(DSL.noCondition())
        .and(PASSAGE.IN_DOUBT_SINCE.isNotNull());
  }

  @Override
  public UsageRecord resolve(Transaction transaction, ChargeId charge, Decision decision) {
    // whoever decides at the same time waits here, and then finds it in the books
    Optional<PassageRecord> row =
        transaction
            .sql()
            .selectFrom(PASSAGE)
            .where(PASSAGE.CHARGE_ID.eq(charge.value()))
            .forUpdate()
            .fetchOptional();
    if (row.isPresent()) {
      if (row.get().getInDoubtSince() == null) {
        throw new Refusal(ErrorCode.CONFLICT, "request " + charge + " is under way")
            .withDetails("It is in doubt only when its process ends without a result.");
      }
      PassageStore.LeftOpen passage = PassageStore.leftOpen(row.get());
      PassageRequest request = passage.request(quotes);
      if (decision instanceof Decision.Used(TokenUsage known)) {
        requirePriced(request.quote(), known);
      }
      var _ =
          settler.settle(
              transaction,
              request,
              DoubtRecovery.result(used(passage, decision)),
              Outcome.IN_DOUBT);
    }
    return booked(transaction, charge)
        .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "request " + charge + " not found"));
  }

  /** What has no price would be given for nothing, which is another decision. */
  private static void requirePriced(PriceQuote quote, TokenUsage usage) {
    Set<UsageKind> free = quote.withoutPrice(usage);
    if (!free.isEmpty()) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "usage: %s (expected: what the request's price version has a price for)"
              .formatted(free.stream().map(UsageKind::code).collect(Collectors.joining(" and "))));
    }
  }

  private static TokenUsage used(PassageStore.LeftOpen passage, Decision decision) {
    return switch (decision) {
      case Decision.Input _ -> DoubtRecovery.atLeast(passage);
      case Decision.Free _ -> TokenUsage.NONE;
      case Decision.Used used -> used.usage();
    };
  }

  private Optional<UsageRecord> booked(Transaction transaction, ChargeId charge) {
    UsageFilter filter = UsageFilter.of(charge);
    return usage.search(transaction, filter, 1, Optional.empty()).stream().findFirst();
  }

  private static Waiting waiting(PassageRecord row) {
    PassageStore.LeftOpen passage = PassageStore.leftOpen(row);
    return new Waiting(
        passage.charge(),
        passage.tenant(),
        passage.user(),
        passage.apiKey(),
        passage.protocol(),
        passage.model(),
        passage.stream(),
        passage.clientRequestId(),
        passage.openedAt(),
        row.getInDoubtSince(),
        passage.priceVersion(),
        passage.estimate(),
        passage.progress());
  }
}
