package io.tollgate.edge.portal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transactions;
import io.tollgate.identity.Principal;
import io.tollgate.ledger.StatementFilter;
import io.tollgate.ledger.StatementLine;
import io.tollgate.ledger.Statements;
import io.tollgate.web.CsvLine;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Page;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/me/statement}: every movement of what the user has, and what they had right after
 * it, newest first; as a list that goes on by cursor, and as CSV.
 */
final class MyStatementRoutes implements Routes {
  private static final String PATH = "/api/v1/me/statement";
  private static final int ROWS_MAX = 100;
  private static final int ROWS_PER_READ = 500;
  private static final int REACH_MAX = 10_000;

  /** Those that can be asked for: what is not known cannot be named. */
  private static final List<StatementType> ASKED =
      Arrays.stream(StatementType.values()).filter(type -> !type.kinds().isEmpty()).toList();

  private static final String HEAD =
      CsvLine.head(
          List.of(
              "posted_at",
              "effective_at",
              "type",
              "kind",
              "asset",
              "amount",
              "balance_after",
              "account",
              "reference",
              "transfer_id"));

  private final Transactions transactions;
  private final Statements statements;
  private final PortalGate gate;
  private final int exportRowsMax;

  /**
   * @param exportRowsMax lines in one export
   */
  MyStatementRoutes(
      Transactions transactions, Statements statements, PortalGate gate, int exportRowsMax) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.statements = requireNonNull(statements, "statements is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.exportRowsMax = exportRowsMax;
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.blocking(HttpMethod.GET, PATH, errors, this::list);
    table.blocking(HttpMethod.GET, PATH + "/export", errors, this::export);
  }

  private Response list(Request request) {
    StatementFilter filter = filter(request);
    Page page = Page.from(request, ROWS_MAX);
    Filters given = new Filters(request);
    Optional<String> cursor = given.text("cursor");
    if (cursor.isEmpty() && (long) page.number() * page.size() > REACH_MAX) {
      throw Filters.refusal(
          "page",
          Integer.toString(page.number()),
          "within the first " + REACH_MAX + " lines; go on by cursor");
    }
    ListPage<StatementLine> found =
        read(filter, new ListRequest(page.number(), page.size(), cursor, given.flag("count")));
    return PortalAnswer.list(
        found.rows().stream().map(Line::of).toList(),
        page.number(),
        page.size(),
        found.next(),
        found.total());
  }

  private Response export(Request request) {
    StatementFilter filter = filter(request);
    return Response.streamed("text/csv; charset=utf-8", out -> csv(filter, out))
        .withHeader("Content-Disposition", "attachment; filename=\"statement.csv\"")
        .withHeader("Cache-Control", "no-store");
  }

  private void csv(StatementFilter filter, OutputStream out) throws IOException {
    out.write(HEAD.getBytes(UTF_8));
    Optional<String> cursor = Optional.empty();
    int rows = 0;
    do {
      ListPage<StatementLine> page = read(filter, new ListRequest(1, ROWS_PER_READ, cursor, false));
      for (StatementLine row : page.rows()) {
        Line line = Line.of(row);
        out.write(
            CsvLine.ofValues(
                    line.postedAt,
                    line.effectiveAt,
                    line.type,
                    line.kind,
                    line.asset,
                    line.amount,
                    line.balanceAfter,
                    line.account,
                    line.reference,
                    line.transferId)
                .getBytes(UTF_8));
      }
      rows += page.rows().size();
      cursor = page.next();
    } while (cursor.isPresent() && rows < exportRowsMax);
  }

  private ListPage<StatementLine> read(StatementFilter filter, ListRequest part) {
    return transactions.read(transaction -> statements.page(transaction, filter, part));
  }

  private StatementFilter filter(Request request) {
    Principal.OfUser caller = gate.require(request).user();
    Filters given = new Filters(request);
    return new StatementFilter(
        caller.tenant(),
        caller.user(),
        given.text("asset"),
        given.choice("type", ASKED, StatementType::code).map(StatementType::kinds).orElse(Set.of()),
        given.time("start"),
        given.time("end"));
  }

  /**
   * A movement as its user sees it.
   *
   * @param type what it is to them
   * @param kind how it was posted
   * @param asset {@code TOKEN}, a currency, or {@code CALL:} and a service
   * @param account on which side of what they have: balance, gift, grant or owed
   * @param requestId the request that it is of
   * @param reference what else it belongs to: an order, a plan; null where there is nothing
   */
  private record Line(
      String transferId,
      int seq,
      String type,
      String kind,
      String asset,
      BigDecimal amount,
      BigDecimal balanceAfter,
      String account,
      @Nullable String requestId,
      @Nullable String reference,
      Instant effectiveAt,
      Instant postedAt) {
    static Line of(StatementLine line) {
      boolean ofRequest = line.kind().startsWith("relay_") && !line.reference().isEmpty();
      return new Line(
          line.transfer().toString(),
          line.seq(),
          StatementType.of(line.kind()).code(),
          line.kind(),
          line.amount().asset().code(),
          line.amount().toDecimal(),
          line.balanceAfter().toDecimal(),
          line.account().code(),
          ofRequest ? line.reference() : null,
          line.reference().isEmpty() ? null : line.reference(),
          line.effectiveAt(),
          line.postedAt());
    }
  }
}
