package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.PricePreview;
import io.tollgate.billing.PriceSheetOrder;
import io.tollgate.billing.PriceSheets;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.metering.UsageQueries;
import io.tollgate.relay.accounts.AccountStanding;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** {@code POST /api/prices/preview}: what a price would earn, and whom it concerns. */
final class PricePreviewRoutes implements Routes {
  private static final Duration LATELY = Duration.ofDays(30);

  private final Transactions transactions;
  private final PriceSheets sheets;
  private final ServingAccounts serving;
  private final UsageQueries usage;
  private final AdminGate gate;
  private final InstantSource clock;

  PricePreviewRoutes(
      Transactions transactions,
      PriceSheets sheets,
      ServingAccounts serving,
      UsageQueries usage,
      AdminGate gate,
      InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.sheets = requireNonNull(sheets, "sheets is null");
    this.serving = requireNonNull(serving, "serving is null");
    this.usage = requireNonNull(usage, "usage is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(
        HttpMethod.POST,
        "/api/prices/preview",
        ErrorForms.admin(),
        gate.guardQuestion(AdminPermission.PRICES, this::preview));
  }

  private Response preview(Request request) {
    PriceSheetOrder order = PriceRoutes.order(request, OptionalLong.empty());
    return AnswerEnvelope.of(transactions.read(transaction -> preview(transaction, order)));
  }

  private PricePreviewRow preview(Transaction transaction, PriceSheetOrder order) {
    PricePreview preview = sheets.preview(transaction, order);
    ModelPrice model = preview.after().model();
    List<AccountStanding> accounts = ServingAccounts.of(serving.read(transaction), model.id());
    Instant now = clock.instant();
    return PricePreviewRow.of(
        preview,
        accounts.stream().map(each -> each.settings().costFactor()).toList(),
        usage.callers(
            transaction,
            Stream.concat(Stream.of(model.id()), model.aliases().stream()).toList(),
            now.minus(LATELY),
            now));
  }
}
