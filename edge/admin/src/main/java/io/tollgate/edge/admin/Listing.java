package io.tollgate.edge.admin;

import io.tollgate.ledger.Page;
import io.tollgate.ledger.PageRequest;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import java.util.List;
import java.util.function.Function;

/**
 * How a list of the ledger is asked for and answered: by page or cursor.
 *
 * @param request as the ledger wants it
 */
record Listing(PageRequest request) {
  private static final int MAX_ROWS = 500;

  /** A list that is counted always. */
  static Listing counted(Request request) {
    return of(request, true);
  }

  /** A list that grows without end: counted with {@code count=true} only. */
  static Listing endless(Request request) {
    return of(request, new Filters(request).flag("count"));
  }

  <T> Response answer(Page<T> page, Function<T, Object> row) {
    List<Object> rows = page.rows().stream().map(row).toList();
    return Envelope.list(rows, request.page(), request.size(), page.next(), page.total());
  }

  private static Listing of(Request request, boolean count) {
    var page = io.tollgate.web.Page.from(request, MAX_ROWS);
    return new Listing(
        new PageRequest(page.number(), page.size(), new Filters(request).text("cursor"), count));
  }
}
