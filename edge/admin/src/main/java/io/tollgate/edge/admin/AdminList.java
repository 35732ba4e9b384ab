package io.tollgate.edge.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListQuery;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.web.CsvLine;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.RowColumns;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Declares one list of the admin API: its path, its filters, the query that reads it, and what is
 * shown of a row. Pages, cursors, totals, orders, CSV and their errors are the same for all lists:
 * {@code page} and {@code page_size} (20, at most 500), or {@code cursor}; {@code format=csv} gives
 * every row under the filters. A list is counted always, and can be sorted by what its rows show;
 * one that grows without end is counted with {@code count=true} only, and has the order that it is
 * kept in.
 *
 * @param <F> which rows are in it
 * @param <T> a row
 */
final class AdminList<F, T> {
  private static final int MAX_ROWS = 500;

  /** As many rows are sorted; more would be held in memory. */
  private static final int MAX_SORTED = 10_000;

  /** As many rows are in one file; more are asked for in parts. */
  private static final int MAX_FILE = 1_000_000;

  private final String path;
  private final Function<Request, F> filters;
  private final ListQuery<F, T> query;
  private final RowColumns columns;
  private final Function<List<T>, List<?>> shown;
  private final boolean endless;
  private final Optional<BiFunction<Transaction, F, Object>> stats;
  private final OptionalInt limit;

  private AdminList(
      String path,
      Function<Request, F> filters,
      ListQuery<F, T> query,
      RowColumns columns,
      Function<List<T>, List<?>> shown,
      boolean endless,
      Optional<BiFunction<Transaction, F, Object>> stats,
      OptionalInt limit) {
    this.path = requireNonNull(path, "path is null");
    this.filters = requireNonNull(filters, "filters is null");
    this.query = requireNonNull(query, "query is null");
    this.columns = requireNonNull(columns, "columns is null");
    this.shown = requireNonNull(shown, "shown is null");
    this.endless = endless;
    this.stats = stats;
    this.limit = limit;
  }

  /** A list that is counted always. */
  static <F, T, R extends Record> AdminList<F, T> counted(
      String path,
      Function<Filters, F> filters,
      ListQuery<F, T> query,
      Class<R> row,
      Function<T, R> shown) {
    return countedTogether(path, filters, query, row, rows -> rows.stream().map(shown).toList());
  }

  /** The same where what is shown of a page is looked up for all its rows at once. */
  static <F, T, R extends Record> AdminList<F, T> countedTogether(
      String path,
      Function<Filters, F> filters,
      ListQuery<F, T> query,
      Class<R> row,
      Function<List<T>, List<R>> shown) {
    return within(path, (request, given) -> filters.apply(given), query, row, shown);
  }

  /** The same of a list of something that the path names. */
  static <F, T, R extends Record> AdminList<F, T> within(
      String path,
      BiFunction<Request, Filters, F> filters,
      ListQuery<F, T> query,
      Class<R> row,
      Function<List<T>, List<R>> shown) {
    return new AdminList<>(
        path,
        request -> filters.apply(request, new Filters(request)),
        query,
        RowColumns.of(row),
        shown::apply,
        false,
        Optional.empty(),
        OptionalInt.empty());
  }

  /** A list that grows without end. */
  static <F, T, R extends Record> AdminList<F, T> endless(
      String path,
      Function<Filters, F> filters,
      ListQuery<F, T> query,
      Class<R> row,
      Function<T, R> shown) {
    return new AdminList<>(
        path,
        request -> filters.apply(new Filters(request)),
        query,
        RowColumns.of(row),
        rows -> rows.stream().map(shown).toList(),
        true,
        Optional.empty(),
        OptionalInt.empty());
  }

  /** The same list, whose every page has sums beside its rows, read in the same transaction. */
  AdminList<F, T> withStats(BiFunction<Transaction, F, Object> sums) {
    return new AdminList<>(path, filters, query, columns, shown, endless, Optional.of(sums), limit);
  }

  /**
   * The same list, which also takes {@code limit} (at most 500) and {@code offset} in place of a
   * page, and is read so where neither is asked for.
   *
   * @param usual the limit where none is given
   */
  AdminList<F, T> withLimit(int usual) {
    return new AdminList<>(
        path, filters, query, columns, shown, endless, stats, OptionalInt.of(usual));
  }

  /** Declares its route, for administrators. */
  void declare(RouteTable table, AdminGate gate, Transactions transactions) {
    table.blocking(
        HttpMethod.GET,
        path,
        ErrorForms.admin(),
        gate.guard(request -> answer(transactions, request)));
  }

  /** The same, for administrators who may do that. */
  void declare(
      RouteTable table, AdminGate gate, AdminPermission permission, Transactions transactions) {
    table.blocking(
        HttpMethod.GET,
        path,
        ErrorForms.admin(),
        gate.guard(permission, request -> answer(transactions, request)));
  }

  private Response answer(Transactions transactions, Request request) {
    Filters given = new Filters(request);
    F filter = filters.apply(request);
    ListPart part = ListPart.from(request, limit, MAX_ROWS);
    Optional<Comparator<Object>> order = ListForm.order(given, columns, endless);
    if (ListForm.isCsv(given)) {
      return ListForm.file(
          path,
          order.isPresent()
              ? out -> ListForm.write(out, columns, sorted(transactions, filter, order.get()))
              : out -> write(transactions, filter, out));
    }
    if (order.isPresent()) {
      return ListForm.page(sorted(transactions, filter, order.get()), part);
    }
    ListRequest asked = part.asked(given.text("cursor"), !endless || given.flag("count"));
    Found<T> found =
        transactions.read(
            transaction ->
                new Found<>(
                    query.page(transaction, filter, asked),
                    stats.map(sums -> sums.apply(transaction, filter))));
    ListPage<T> rows = found.page();
    return AnswerEnvelope.list(
        shown.apply(rows.rows()),
        part.page(),
        part.size(),
        rows.next(),
        rows.total(),
        found.stats());
  }

  /** Every row as it is shown, in another order than the list's. */
  private List<Object> sorted(Transactions transactions, F filter, Comparator<Object> order) {
    List<T> rows = transactions.read(transaction -> all(transaction, filter));
    List<Object> sorted = new ArrayList<>(shown.apply(rows));
    sorted.sort(order);
    return sorted;
  }

  private List<T> all(Transaction transaction, F filter) {
    List<T> rows = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      ListPage<T> part =
          query.page(transaction, filter, new ListRequest(1, MAX_ROWS, next, rows.isEmpty()));
      OptionalLong total = part.total();
      if (total.isPresent() && total.getAsLong() > MAX_SORTED) {
        throw Filters.refusal(
            "sort",
            total.getAsLong() + " rows",
            "filters that leave at most " + MAX_SORTED + " of them");
      }
      rows.addAll(part.rows());
      next = part.next();
    } while (next.isPresent() && rows.size() < MAX_SORTED);
    return rows;
  }

  /** Writes the rows part by part, each of its own reading: a file may take long. */
  private void write(Transactions transactions, F filter, OutputStream out) throws IOException {
    ListForm.begin(out, columns);
    Optional<String> next = Optional.empty();
    int written = 0;
    do {
      ListRequest asked = new ListRequest(1, MAX_ROWS, next, false);
      ListPage<T> part = transactions.read(transaction -> query.page(transaction, filter, asked));
      for (Object row : shown.apply(part.rows())) {
        out.write(columns.line(row).getBytes(UTF_8));
      }
      written += part.rows().size();
      next = part.next();
    } while (next.isPresent() && written < MAX_FILE);
    if (next.isPresent()) {
      out.write(CsvLine.of(List.of("… more than " + MAX_FILE + " rows")).getBytes(UTF_8));
    }
  }

  private record Found<T>(ListPage<T> page, Optional<Object> stats) {}
}
