package io.tollgate.insight.internal.list;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.insight.BookState;
import io.tollgate.insight.ListedRequest;
import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LogPosition;
import io.tollgate.insight.LoggedRow;
import io.tollgate.metering.UsageFilter;
import io.tollgate.metering.UsageQueries;
import io.tollgate.metering.UsageQueries.Position;
import io.tollgate.metering.UsageRecord;
import io.tollgate.metering.UsageRecord.Outcome;
import io.tollgate.relay.gateway.LoggedRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** What the books know of requests. Safe for use by many threads. */
final class BookedRequests {
  private final Transactions transactions;
  private final UsageQueries usage;

  BookedRequests(Transactions transactions, UsageQueries usage) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.usage = requireNonNull(usage, "usage is null");
  }

  /** The filter as the books understand it; empty where it asks for what they do not know. */
  static Optional<UsageFilter> filter(LogFilter filter) {
    boolean known =
        filter.clientRequestId().isEmpty()
            && filter.traceId().isEmpty()
            && filter.errorCode().isEmpty();
    return known
        ? Optional.of(
            new UsageFilter(
                filter.request().map(ChargeId::new),
                id(filter.tenant(), TenantId::new),
                id(filter.user(), UserId::new),
                id(filter.key(), ApiKeyId::new),
                filter.account(),
                filter.model(),
                filter.status(),
                filter.start(),
                filter.end()))
        : Optional.empty();
  }

  /** Those that stand so, newest first. */
  List<UsageRecord> find(
      UsageFilter filter, BookState state, int limit, Optional<LogPosition> after) {
    Optional<Position> place = after.map(BookedRequests::place);
    return transactions.read(
        transaction ->
            outcome(state)
                .map(outcome -> usage.search(transaction, filter, outcome, limit, place))
                .orElseGet(() -> usage.search(transaction, filter, limit, place)));
  }

  long count(UsageFilter filter, BookState state) {
    return transactions.read(
        transaction ->
            outcome(state)
                .map(outcome -> usage.count(transaction, filter, outcome))
                .orElseGet(() -> usage.count(transaction, filter)));
  }

  private static Optional<Outcome> outcome(BookState state) {
    return switch (state) {
      case ANY -> Optional.empty();
      case SETTLED -> Optional.of(Outcome.SETTLED);
      case IN_DOUBT -> Optional.of(Outcome.IN_DOUBT);
      case PENDING -> Optional.of(Outcome.PENDING);
    };
  }

  /** Rows of the log with their records, in the same order. */
  List<ListedRequest> completed(List<LoggedRow> rows) {
    List<LoggedRow> charged = rows.stream().filter(BookedRequests::mayBeBooked).toList();
    if (charged.isEmpty()) {
      return rows.stream().map(row -> listed(row, Map.of())).toList();
    }
    Instant earliest = charged.stream().map(BookedRequests::time).min(Instant::compareTo).get();
    Instant latest = charged.stream().map(BookedRequests::time).max(Instant::compareTo).get();
    Map<ChargeId, UsageRecord> booked = new HashMap<>();
    for (UsageRecord record :
        transactions.read(
            transaction ->
                usage.booked(
                    transaction,
                    charged.stream().map(row -> row.request().id()).toList(),
                    earliest,
                    latest))) {
      booked.put(record.charge(), record);
    }
    return rows.stream().map(row -> listed(row, booked)).toList();
  }

  private static ListedRequest listed(LoggedRow row, Map<ChargeId, UsageRecord> booked) {
    return new ListedRequest(Optional.of(row), Optional.ofNullable(booked.get(row.request().id())));
  }

  /** What never had means reserved is in no books. */
  private static boolean mayBeBooked(LoggedRow row) {
    LoggedRequest request = row.request();
    return request.payer().isPresent()
        && (request.charge().isPresent() || !request.attempts().isEmpty());
  }

  private static Instant time(LoggedRow row) {
    return row.request().arrivedAt();
  }

  private static Position place(LogPosition after) {
    return new Position(after.arrivedAt(), new ChargeId(after.request()));
  }

  private static <T> Optional<T> id(OptionalLong number, Function<Long, T> type) {
    return number.isPresent() ? Optional.of(type.apply(number.getAsLong())) : Optional.empty();
  }
}
