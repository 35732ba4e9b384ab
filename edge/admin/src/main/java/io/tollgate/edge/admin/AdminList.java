package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListQuery;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Page;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Declares one list of the admin API: its path, its filters, the query that reads it, and what is
 * shown of a row. Pages, cursors, totals and their errors are the same for all lists: {@code page}
 * and {@code page_size} (20, at most 500), or {@code cursor}. A list is counted always; one that
 * grows without end with {@code count=true} only.
 *
 * @param <F> which rows are in it
 * @param <T> a row
 */
final class AdminList<F, T> {
  private static final int MAX_ROWS = 500;

  private final String path;
  private final Function<Filters, F> filters;
  private final ListQuery<F, T> query;
  private final Function<List<T>, List<?>> columns;
  private final boolean endless;
  private final Optional<BiFunction<Transaction, F, Object>> stats;

  private AdminList(
      String path,
      Function<Filters, F> filters,
      ListQuery<F, T> query,
      Function<List<T>, List<?>> columns,
      boolean endless,
      Optional<BiFunction<Transaction, F, Object>> stats) {
    this.path = requireNonNull(path, "path is null");
    this.filters = requireNonNull(filters, "filters is null");
    this.query = requireNonNull(query, "query is null");
    this.columns = requireNonNull(columns, "columns is null");
    this.endless = endless;
    this.stats = stats;
  }

  /** A list that is counted always. */
  static <F, T> AdminList<F, T> counted(
      String path,
      Function<Filters, F> filters,
      ListQuery<F, T> query,
      Function<T, Object> columns) {
    return countedTogether(path, filters, query, rows -> rows.stream().map(columns).toList());
  }

  /** The same where what is shown of a page is looked up for all its rows at once. */
  static <F, T> AdminList<F, T> countedTogether(
      String path,
      Function<Filters, F> filters,
      ListQuery<F, T> query,
      Function<List<T>, List<?>> columns) {
    return new AdminList<>(path, filters, query, columns, false, Optional.empty());
  }

  /** A list that grows without end. */
  static <F, T> AdminList<F, T> endless(
      String path,
      Function<Filters, F> filters,
      ListQuery<F, T> query,
      Function<T, Object> columns) {
    return new AdminList<>(
        path, filters, query, rows -> rows.stream().map(columns).toList(), true, Optional.empty());
  }

  /** The same list, whose every page has sums beside its rows, read in the same transaction. */
  AdminList<F, T> withStats(BiFunction<Transaction, F, Object> sums) {
    return new AdminList<>(path, filters, query, columns, endless, Optional.of(sums));
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
    F filter = filters.apply(given);
    Page page = Page.from(request, MAX_ROWS);
    ListRequest asked =
        new ListRequest(
            page.number(), page.size(), given.text("cursor"), !endless || given.flag("count"));
    Found<T> found =
        transactions.read(
            transaction ->
                new Found<>(
                    query.page(transaction, filter, asked),
                    stats.map(sums -> sums.apply(transaction, filter))));
    ListPage<T> rows = found.page();
    return AnswerEnvelope.list(
        columns.apply(rows.rows()),
        page.number(),
        page.size(),
        rows.next(),
        rows.total(),
        found.stats());
  }

  private record Found<T>(ListPage<T> page, Optional<Object> stats) {}
}
