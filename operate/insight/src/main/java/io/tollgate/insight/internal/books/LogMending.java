package io.tollgate.insight.internal.books;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.TenantId;
import io.tollgate.insight.LoggedRow;
import io.tollgate.insight.internal.LogKeeper;
import io.tollgate.metering.UsageFilter;
import io.tollgate.metering.UsageQueries;
import io.tollgate.metering.UsageQueries.Position;
import io.tollgate.metering.UsageRecord;
import io.tollgate.metering.UsageRecord.Outcome;
import io.tollgate.relay.gateway.LoggedAttempt;
import io.tollgate.relay.gateway.LoggedRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sets the log right by the books: requests that it lacks, such as those whose process died, and
 * those whose cost became known after their entry.
 */
final class LogMending {
  private static final int PART = 2_000;

  private final LogKeeper log;
  private final Transactions transactions;
  private final UsageQueries usage;

  LogMending(LogKeeper log, Transactions transactions, UsageQueries usage) {
    this.log = requireNonNull(log, "log is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.usage = requireNonNull(usage, "usage is null");
  }

  /** How many requests of a tenant were set right. */
  long mend(long tenant, Instant start, Instant end) {
    UsageFilter filter =
        new UsageFilter(
            Optional.empty(),
            Optional.of(new TenantId(tenant)),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.of(start),
            Optional.of(end));
    long mended = 0;
    Optional<Position> after = Optional.empty();
    List<UsageRecord> part;
    do {
      Optional<Position> from = after;
      part = transactions.read(transaction -> usage.search(transaction, filter, PART, from));
      if (!part.isEmpty()) {
        mended += mend(part);
        UsageRecord last = part.getLast();
        after = Optional.of(new Position(last.openedAt(), last.charge()));
      }
    } while (part.size() == PART);
    return mended;
  }

  private long mend(List<UsageRecord> records) {
    return log.replace(
        records.stream().map(record -> record.charge().value()).toList(),
        records.getLast().openedAt(),
        records.getFirst().openedAt(),
        found -> right(records, found));
  }

  private static List<LoggedRow> right(List<UsageRecord> records, List<LoggedRow> found) {
    Map<UUID, LoggedRow> rows = new HashMap<>();
    found.forEach(row -> rows.put(row.request().id().value(), row));
    List<LoggedRow> right = new ArrayList<>();
    for (UsageRecord record : records) {
      @Nullable LoggedRow row = rows.get(record.charge().value());
      if (record.outcome() != Outcome.PENDING && !says(row, record)) {
        right.add(new LoggedRow(rightly(row, record), 1));
      }
    }
    return right;
  }

  private static boolean says(@Nullable LoggedRow row, UsageRecord record) {
    return row != null
        && !row.elsewhere()
        && row.request().charge().equals(Optional.of(cost(record)));
  }

  private static LoggedRequest.Cost cost(UsageRecord record) {
    return new LoggedRequest.Cost(
        record.currency().code(),
        record.priceVersion(),
        record.quotaTokens(),
        record.cost() - record.owed(),
        record.owed());
  }

  private static LoggedRequest rightly(@Nullable LoggedRow row, UsageRecord record) {
    Optional<LoggedRequest> logged = Optional.ofNullable(row).map(LoggedRow::request);
    return new LoggedRequest(
        record.charge(),
        record.openedAt(),
        logged.map(LoggedRequest::route).orElse(""),
        Optional.of(new LoggedRequest.Payer(record.tenant(), record.user(), record.apiKey())),
        Optional.of(record.protocol().code()),
        Optional.of(record.model()),
        record.upstreamModel().isEmpty() ? Optional.empty() : Optional.of(record.upstreamModel()),
        record.stream(),
        logged.map(LoggedRequest::status).orElse(record.httpStatus()),
        logged.flatMap(LoggedRequest::errorCode).or(record::errorCode),
        logged.map(LoggedRequest::attempts).orElseGet(() -> attempts(record)),
        record.usage(),
        Optional.of(cost(record)),
        record.clientRequestId(),
        logged.flatMap(LoggedRequest::traceId),
        logged.map(LoggedRequest::latencyMs).orElse(record.latencyMs()),
        record.firstTokenMs());
  }

  private static List<LoggedAttempt> attempts(UsageRecord record) {
    return record.upstreamAccount().isEmpty()
        ? List.of()
        : List.of(
            new LoggedAttempt(
                record.upstreamAccount().getAsLong(),
                record.upstreamModel(),
                0,
                record.latencyMs(),
                record.errorCode().isEmpty() ? "answered" : "left"));
  }
}
