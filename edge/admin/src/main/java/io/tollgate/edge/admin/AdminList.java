package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListQuery;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transactions;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Page;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.vertx.core.http.HttpMethod;
import java.util.List;
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

  private AdminList(
      String path,
      Function<Filters, F> filters,
      ListQuery<F, T> query,
      Function<List<T>, List<?>> columns,
      boolean endless) {
    this.path = requireNonNull(path, "path is null");
    this.filters = requireNonNull(filters, "filters is null");
    this.query = requireNonNull(query, "query is null");
    this.columns = requireNonNull(columns, "columns is null");
    this.endless = endless;
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
    return new AdminList<>(path, filters, query, columns, false);
  }

  /** A list that grows without end. */
  static <F, T> AdminList<F, T> endless(
      String path,
      Function<Filters, F> filters,
      ListQuery<F, T> query,
      Function<T, Object> columns) {
    return new AdminList<>(path, filters, query, rows -> rows.stream().map(columns).toList(), true);
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
    ListPage<T> found = transactions.read(transaction -> query.page(transaction, filter, asked));
    return AnswerEnvelope.list(
        columns.apply(found.rows()), page.number(), page.size(), found.next(), found.total());
  }
}
