package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.PriceBook;
import io.tollgate.billing.PriceImport;
import io.tollgate.billing.PriceImportOrder;
import io.tollgate.billing.PriceMultiplierFilter;
import io.tollgate.billing.PriceMultiplierSetting;
import io.tollgate.billing.PriceMultiplierSettings;
import io.tollgate.billing.PriceSheet;
import io.tollgate.billing.PriceSheetFilter;
import io.tollgate.billing.PriceSheetOrder;
import io.tollgate.billing.PriceSheets;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/models}, {@code /api/prices} and {@code /api/price-multipliers}. */
final class PriceRoutes implements Routes {
  private static final String PRICES = "/api/prices";
  private static final String MULTIPLIERS = "/api/price-multipliers";
  private static final long MAX_FILE = 4L << 20;
  private static final String EFFECTIVE_FROM = "effective_from";

  private final Transactions transactions;
  private final PriceBook book;
  private final PriceSheets sheets;
  private final PriceMultiplierSettings multipliers;
  private final AdminGate gate;
  private final InstantSource clock;
  private final AdminList<PriceSheetFilter, PriceSheet> sheetList;
  private final AdminList<PriceMultiplierFilter, PriceMultiplierSetting> multiplierList;

  PriceRoutes(
      Transactions transactions,
      PriceBook book,
      PriceSheets sheets,
      PriceMultiplierSettings multipliers,
      AdminGate gate,
      InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.book = requireNonNull(book, "book is null");
    this.sheets = requireNonNull(sheets, "sheets is null");
    this.multipliers = requireNonNull(multipliers, "multipliers is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.sheetList =
        AdminList.counted(
            PRICES,
            filters -> new PriceSheetFilter(filters.text("model")),
            sheets::list,
            PriceSheetRow.class,
            PriceSheetRow::of);
    this.multiplierList =
        AdminList.counted(
            MULTIPLIERS,
            filters ->
                new PriceMultiplierFilter(filters.tenant(), filters.id("user_id", UserId::new)),
            multipliers::list,
            PriceMultiplierRow.class,
            PriceMultiplierRow::of);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(HttpMethod.GET, "/api/models", errors, gate.guard(this::models));
    sheetList.declare(table, gate, transactions);
    table.blocking(
        HttpMethod.POST, PRICES, errors, gate.guard(AdminPermission.PRICES, this::create));
    table.blocking(
        HttpMethod.POST,
        PRICES + "/import",
        errors,
        MAX_FILE,
        gate.guard(AdminPermission.PRICES, this::importList));
    table.blocking(
        HttpMethod.PUT,
        PRICES + "/{id}",
        errors,
        gate.guard(AdminPermission.PRICES, this::replace));
    table.blocking(
        HttpMethod.DELETE,
        PRICES + "/{id}",
        errors,
        gate.guard(AdminPermission.PRICES, this::remove));
    multiplierList.declare(table, gate, transactions);
    table.blocking(
        HttpMethod.PUT, MULTIPLIERS, errors, gate.guard(AdminPermission.PRICES, this::multiply));
    table.blocking(
        HttpMethod.DELETE,
        MULTIPLIERS + "/{id}",
        errors,
        gate.guard(AdminPermission.PRICES, this::removeMultiplier));
  }

  /** What is sold, now or at another time. */
  private Response models(Request request) {
    Filters filters = new Filters(request);
    Optional<String> name = filters.text("model");
    Optional<Boolean> below = filters.either("below_cost");
    return ListForm.whole(
        request,
        "models",
        ModelRow.class,
        book.table().at(filters.time("at").orElseGet(clock::instant)).stream()
            .filter(
                price ->
                    name.isEmpty()
                        || price.model().id().equals(name.get())
                        || price.model().aliases().contains(name.get()))
            .filter(price -> below.isEmpty() || below.get() == ModelMargins.isBelowCost(price))
            .map(ModelRow::of)
            .toList());
  }

  private Response create(Request request) {
    PriceSheetOrder order = order(request, admin(request));
    PriceSheet made = transactions.write(transaction -> sheets.create(transaction, order));
    return changed(PriceSheetRow.of(made));
  }

  private Response replace(Request request) {
    PriceSheetOrder order = order(request, admin(request));
    long id = id(request, "price sheet");
    PriceSheet made = transactions.write(transaction -> sheets.replace(transaction, id, order));
    return changed(PriceSheetRow.of(made));
  }

  private Response remove(Request request) {
    long id = id(request, "price sheet");
    boolean _ =
        transactions.write(
            transaction -> {
              sheets.remove(transaction, id);
              return true;
            });
    return changed(Map.of("message", "price sheet " + id + " deleted"));
  }

  private Response importList(Request request) {
    Filters filters = new Filters(request);
    PriceImportOrder order =
        new PriceImportOrder(
            request.body(), filters.time(EFFECTIVE_FROM), admin(request), filters.flag("dry_run"));
    PriceImport done = transactions.write(transaction -> sheets.importList(transaction, order));
    return changed(PriceImportRow.of(done));
  }

  private Response multiply(Request request) {
    JsonFields body = JsonFields.of(request.json());
    TenantId tenant =
        body.wholeNumber("tenant_id", 1, Long.MAX_VALUE)
            .map(TenantId::new)
            .orElseThrow(() -> JsonFields.missing("tenant_id", "a whole number from 1"));
    Optional<UserId> user = body.wholeNumber("user_id", 1, Long.MAX_VALUE).map(UserId::new);
    BigDecimal multiplier = body.requireDecimal("multiplier", "a decimal number, 0 to 10");
    OptionalLong admin = admin(request);
    PriceMultiplierSetting set =
        transactions.write(
            transaction -> multipliers.set(transaction, tenant, user, multiplier, admin));
    return changed(PriceMultiplierRow.of(set));
  }

  private Response removeMultiplier(Request request) {
    long id = id(request, "price multiplier");
    boolean _ =
        transactions.write(
            transaction -> {
              multipliers.remove(transaction, id);
              return true;
            });
    return changed(Map.of("message", "price multiplier " + id + " deleted"));
  }

  /** Whoever sets a price sees it in the next answer of this process. */
  private Response changed(Object data) {
    book.refresh();
    return AnswerEnvelope.of(data);
  }

  /** A sheet as a body wants it. */
  static PriceSheetOrder order(Request request, OptionalLong admin) {
    JsonNode body = request.json();
    JsonFields fields = JsonFields.of(body);
    var from = fields.time(EFFECTIVE_FROM, "a time such as 2026-12-01T00:00:00Z");
    ObjectNode row = (ObjectNode) body.deepCopy();
    JsonNode _ = row.remove(EFFECTIVE_FROM);
    return new PriceSheetOrder(PriceSheetBody.text(row), from, admin);
  }

  private OptionalLong admin(Request request) {
    return OptionalLong.of(gate.require(request).admin().value());
  }

  private static long id(Request request, String what) {
    String text = request.pathParam("id");
    try {
      return Numerals.wholeNumber(text);
    } catch (NumberFormatException e) {
      throw new Refusal(
          ErrorCode.NOT_FOUND, "there is no " + what + " " + GivenText.shown(text), e);
    }
  }
}
