package io.tollgate.edge.admin;

import io.tollgate.web.Page;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A page of a list that grows without end: by {@code cursor}, or by {@code page} for the first
 * 10,000 rows; counted with {@code count=true} only.
 *
 * @param <P> a position in the list
 */
final class EndlessList<P> {
  static final int MAX_ROWS = 500;
  private static final int MAX_BY_PAGE = 10_000;

  private final Page page;
  private final Optional<P> after;
  private final boolean count;

  /**
   * @param reader reads a position; throws IllegalArgumentException or DateTimeException when it is
   *     none
   */
  EndlessList(Request request, Function<String, P> reader) {
    Filters filters = new Filters(request);
    this.page = Page.from(request, MAX_ROWS);
    this.count = filters.flag("count");
    this.after = filters.text("cursor").map(cursor -> position(cursor, reader));
    if (after.isEmpty() && page.offset() + page.size() > MAX_BY_PAGE) {
      throw Filters.refusal(
          "page",
          Integer.toString(page.number()),
          "within the first " + MAX_BY_PAGE + " rows; go on by cursor");
    }
  }

  Optional<P> after() {
    return after;
  }

  boolean count() {
    return count;
  }

  /** How many rows to ask for: one more than the page, to know whether another follows. */
  int limit() {
    return (after.isPresent() ? page.size() : Math.toIntExact(page.offset()) + page.size()) + 1;
  }

  /**
   * The answer.
   *
   * @param rows at most {@link #limit()} of them
   * @param cursor names the position of a row
   */
  <R> Response answer(
      List<R> rows, Function<R, Object> shown, Function<R, String> cursor, OptionalLong total) {
    int from = after.isPresent() ? 0 : Math.min(rows.size(), Math.toIntExact(page.offset()));
    int to = Math.min(rows.size(), from + page.size());
    List<R> onPage = rows.subList(from, to);
    Optional<String> next =
        to < rows.size() && !onPage.isEmpty()
            ? Optional.of(cursor.apply(onPage.getLast()))
            : Optional.empty();
    return Envelope.list(
        onPage.stream().map(shown).toList(), page.number(), page.size(), next, total);
  }

  private static <P> P position(String cursor, Function<String, P> reader) {
    try {
      return reader.apply(cursor);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw Filters.refusal("cursor", cursor, "next_cursor of the page before");
    }
  }
}
