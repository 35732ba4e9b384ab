package io.tollgate.insight.internal.list;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.insight.BookState;
import io.tollgate.insight.ListedRequest;
import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogHour;
import io.tollgate.insight.LogPosition;
import io.tollgate.insight.LogStatistics;
import io.tollgate.insight.LoggedRow;
import io.tollgate.insight.RequestList;
import io.tollgate.insight.RequestSearch;
import io.tollgate.metering.UsageFilter;
import io.tollgate.metering.UsageQueries;
import io.tollgate.metering.UsageRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges the log of requests with what only the books know. */
public final class MergedRequests implements RequestList {
  private static final Logger LOG = LoggerFactory.getLogger(MergedRequests.class);
  private static final int PART = 1_000;

  private final Optional<RequestSearch> log;
  private final BookedRequests books;

  /**
   * @param log empty in a process that has none
   */
  public MergedRequests(
      Optional<RequestSearch> log, Transactions transactions, UsageQueries usage) {
    this.log = log;
    this.books = new BookedRequests(transactions, usage);
  }

  @Override
  public boolean hasLog() {
    return log.isPresent();
  }

  @Override
  public List<ListedRequest> find(LogFilter filter, int limit, Optional<LogPosition> after) {
    if (log.isEmpty() || filter.booked().isPresent()) {
      BookState state = filter.booked().orElse(BookState.ANY);
      return logged(books.find(ofBooks(filter), state, limit, after));
    }
    List<LoggedRow> logged = log.get().find(filter, limit, after);
    List<UsageRecord> others =
        BookedRequests.filter(filter)
            .map(asked -> unlogged(asked, limit, after, logged))
            .orElse(List.of());
    List<ListedRequest> rows = books.completed(logged);
    return others.isEmpty()
        ? rows
        : Stream.concat(rows.stream(), others.stream().map(MergedRequests::booked))
            .sorted(Comparator.comparing(ListedRequest::position, LogPosition.NEWEST_FIRST))
            .limit(limit)
            .toList();
  }

  /** What only the books know: those in doubt, and of one that is asked for whatever they have. */
  private List<UsageRecord> unlogged(
      UsageFilter filter, int limit, Optional<LogPosition> after, List<LoggedRow> logged) {
    BookState state = filter.charge().isPresent() ? BookState.ANY : BookState.IN_DOUBT;
    List<UsageRecord> found = books.find(filter, state, limit, after);
    if (found.isEmpty()) {
      return found;
    }
    Set<UUID> known =
        logged.stream().map(row -> row.request().id().value()).collect(Collectors.toSet());
    return found.stream().filter(record -> !known.contains(record.charge().value())).toList();
  }

  /** Records with what the log knows of them; without where it is away, as the books are not. */
  private List<ListedRequest> logged(List<UsageRecord> records) {
    if (records.isEmpty() || log.isEmpty()) {
      return records.stream().map(MergedRequests::booked).toList();
    }
    Map<UUID, LoggedRow> rows = new HashMap<>();
    try {
      for (LoggedRow row :
          log.get()
              .find(
                  records.stream().map(record -> record.charge().value()).toList(),
                  records.getLast().openedAt(),
                  records.getFirst().openedAt())) {
        rows.put(row.request().id().value(), row);
      }
    } catch (Refusal away) {
      LOG.warn("requests are listed from the books alone: the request log is away", away);
    }
    return records.stream()
        .map(
            record ->
                new ListedRequest(
                    Optional.ofNullable(rows.get(record.charge().value())), Optional.of(record)))
        .toList();
  }

  @Override
  public Optional<ListedRequest> find(UUID request) {
    return find(LogFilter.of(request), 1, Optional.empty()).stream().findFirst();
  }

  @Override
  public long count(LogFilter filter) {
    if (log.isEmpty() || filter.booked().isPresent()) {
      return books.count(ofBooks(filter), filter.booked().orElse(BookState.ANY));
    }
    long logged = log.get().count(filter);
    return BookedRequests.filter(filter).map(asked -> logged + countUnlogged(asked)).orElse(logged);
  }

  private long countUnlogged(UsageFilter filter) {
    BookState state = filter.charge().isPresent() ? BookState.ANY : BookState.IN_DOUBT;
    long count = 0;
    Optional<LogPosition> after = Optional.empty();
    List<UsageRecord> part;
    do {
      part = books.find(filter, state, PART, after);
      if (!part.isEmpty()) {
        count += logged(part).stream().filter(row -> row.logged().isEmpty()).count();
        after = Optional.of(booked(part.getLast()).position());
      }
    } while (part.size() == PART);
    return count;
  }

  /** The filter as the books understand it. */
  private UsageFilter ofBooks(LogFilter filter) {
    return BookedRequests.filter(filter)
        .orElseThrow(
            () ->
                log.isEmpty()
                    ? noLog()
                    : new Refusal(
                        ErrorCode.INVALID_REQUEST,
                        "settled: together with client_request_id, trace_id or error_code"
                            + " (expected: without them)"));
  }

  @Override
  public List<LogStatistics> statistics(LogFilter filter, LogGrouping grouping, int limit) {
    return log.orElseThrow(MergedRequests::noLog).statistics(filter, grouping, limit);
  }

  @Override
  public List<LogHour> hours(LogFilter filter, LogGrouping grouping, int limit) {
    return log.orElseThrow(MergedRequests::noLog).hours(filter, grouping, limit);
  }

  @Override
  public void each(LogFilter filter, long rowsMax, RowConsumer consumer) throws IOException {
    long left = rowsMax;
    Optional<LogPosition> after = Optional.empty();
    while (left > 0) {
      int wanted = (int) Math.min(PART, left);
      List<ListedRequest> part = find(filter, wanted, after);
      for (ListedRequest row : part) {
        consumer.take(row);
      }
      if (part.size() < wanted) {
        return;
      }
      after = Optional.of(part.getLast().position());
      left -= wanted;
    }
  }

  @Override
  public void parquet(LogFilter filter, long rowsMax, OutputStream out) throws IOException {
    log.orElseThrow(MergedRequests::noLog).parquet(filter, rowsMax, out);
  }

  private static ListedRequest booked(UsageRecord record) {
    return new ListedRequest(Optional.empty(), Optional.of(record));
  }

  private static Refusal noLog() {
    return new Refusal(
            ErrorCode.UNAVAILABLE,
            "this process has no request log (expected: one with the gateway role, or a shared"
                + " store)")
        .withDetails("Ask the process that keeps it, or set insight.store to clickhouse for all.");
  }
}
