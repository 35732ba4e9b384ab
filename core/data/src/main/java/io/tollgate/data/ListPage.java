package io.tollgate.data;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The rows of a list that were asked for, and where it goes on.
 *
 * @param total exact count under the same filters, where it was asked for
 * @param next cursor of what follows; empty: this is the end
 */
public record ListPage<T>(List<T> rows, OptionalLong total, Optional<String> next) {
  public ListPage {
    rows = List.copyOf(rows);
    requireNonNull(total, "total is null");
    requireNonNull(next, "next is null");
  }

  /**
   * The page that a query found.
   *
   * @param found up to {@link ListRequest#limit} rows: one more than the page, where more follow
   * @param cursor names the place of a row in the list
   * @param count counts all rows under the filters; asked only where it is wanted
   */
  public static <T> ListPage<T> of(
      List<T> found, ListRequest request, Function<T, String> cursor, LongSupplier count) {
    boolean more = found.size() > request.size();
    List<T> rows = more ? found.subList(0, request.size()) : found;
    return new ListPage<>(
        rows,
        request.count() ? OptionalLong.of(count.getAsLong()) : OptionalLong.empty(),
        more ? Optional.of(cursor.apply(rows.getLast())) : Optional.empty());
  }

  /** The same page with its rows shown otherwise, one for each in their order. */
  public <R> ListPage<R> with(List<R> shown) {
    return new ListPage<>(shown, total, next);
  }
}
