package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListQuery;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ChargeId;
import io.tollgate.metering.UsageQueries.Position;
import io.tollgate.web.CursorText;
import io.tollgate.web.Filters;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads a list of requests, whose parts go on behind a position: the time and id of a request. By
 * number of page only the first 10,000 rows can be reached.
 *
 * @param <F> which rows are in it
 * @param <T> a row
 */
final class PositionQuery<F, T> implements ListQuery<F, T> {
  private static final int MAX_ROWS = 10_000;

  private final Search<F, T> search;
  private final Count<F> count;
  private final Function<T, Position> place;

  /**
   * @param place where a row stands
   */
  PositionQuery(Search<F, T> search, Count<F> count, Function<T, Position> place) {
    this.search = requireNonNull(search, "search is null");
    this.count = requireNonNull(count, "count is null");
    this.place = requireNonNull(place, "place is null");
  }

  /** Finds the first rows behind a position. */
  @FunctionalInterface
  interface Search<F, T> {
    /**
     * @param limit 1 to 10,000
     */
    List<T> rows(Transaction transaction, F filter, int limit, Optional<Position> after);
  }

  /** Counts the rows. */
  @FunctionalInterface
  interface Count<F> {
    long of(Transaction transaction, F filter);
  }

  @Override
  public ListPage<T> page(Transaction transaction, F filter, ListRequest request) {
    Optional<Position> after = request.cursor().map(PositionQuery::read);
    int from = request.offset();
    int wanted = from + request.limit();
    if (wanted - 1 > MAX_ROWS) {
      throw Filters.refusal(
          "page",
          Integer.toString(request.page()),
          "within the first " + MAX_ROWS + " rows; go on by cursor");
    }
    List<T> rows = search.rows(transaction, filter, Math.min(wanted, MAX_ROWS), after);
    ListPage<T> page =
        ListPage.of(
            rows.subList(Math.min(from, rows.size()), rows.size()),
            request,
            row -> write(place.apply(row)),
            () -> count.of(transaction, filter));
    // the row that would tell whether more follow is out of reach: whoever goes on finds out
    return wanted > MAX_ROWS && rows.size() == MAX_ROWS
        ? new ListPage<>(page.rows(), page.total(), Optional.of(write(place.apply(rows.getLast()))))
        : page;
  }

  private static String write(Position place) {
    return CursorText.write(place.openedAt(), place.charge());
  }

  private static Position read(String cursor) {
    try {
      List<String> parts = CursorText.read(cursor, 2);
      return new Position(Instant.parse(parts.get(0)), new ChargeId(UUID.fromString(parts.get(1))));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw Filters.refusal("cursor", cursor, "next_cursor of the page before");
    }
  }
}
