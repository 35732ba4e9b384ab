package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ServiceDraft;
import io.tollgate.billing.ServiceVersion;
import io.tollgate.billing.Services;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** {@code /api/services}: what calls of services cost a tenant's users, and what is free. */
final class ServiceRoutes implements Routes {
  private static final String PATH = "/api/services";
  private static final int HISTORY_MAX = 500;

  private final Transactions transactions;
  private final Services services;
  private final Tenants tenants;
  private final AdminGate gate;
  private final InstantSource clock;

  ServiceRoutes(
      Transactions transactions,
      Services services,
      Tenants tenants,
      AdminGate gate,
      InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.services = requireNonNull(services, "services is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(HttpMethod.GET, PATH, errors, gate.guard(this::all));
    table.blocking(HttpMethod.POST, PATH, errors, gate.guard(AdminPermission.SELLING, this::add));
    table.blocking(HttpMethod.GET, PATH + "/{name}/versions", errors, gate.guard(this::history));
  }

  /** What holds now, or at another time. */
  private Response all(Request request) {
    Filters filters = new Filters(request);
    TenantId tenant = tenant(filters);
    Instant at = filters.time("at").orElseGet(clock::instant);
    List<ServiceRow> rows =
        transactions.read(
            transaction ->
                services.all(transaction, require(transaction, tenant), at).stream()
                    .map(ServiceRow::of)
                    .toList());
    return ListForm.whole(request, "services", ServiceRow.class, rows);
  }

  private Response history(Request request) {
    TenantId tenant = tenant(new Filters(request));
    List<ServiceVersionRow> rows =
        transactions.read(
            transaction ->
                services
                    .history(
                        transaction,
                        require(transaction, tenant),
                        request.pathParam("name"),
                        HISTORY_MAX)
                    .stream()
                    .map(ServiceVersionRow::of)
                    .toList());
    return ListForm.whole(request, "service-versions", ServiceVersionRow.class, rows);
  }

  private Response add(Request request) {
    JsonFields body = JsonFields.of(request.json());
    TenantId tenant =
        body.wholeNumber("tenant_id", 1, Long.MAX_VALUE)
            .map(TenantId::new)
            .orElseThrow(() -> JsonFields.missing("tenant_id", "a whole number from 1"));
    String service = body.requireText("service", "the name of a service");
    BigDecimal price = body.requireDecimal("price", "a decimal number, 0 or more");
    long monthlyFree =
        body.wholeNumber("monthly_free", 0, Long.MAX_VALUE)
            .orElseThrow(() -> JsonFields.missing("monthly_free", "a whole number from 0"));
    Optional<Instant> from =
        body.time("effective_from", "a time such as 2026-12-01T00:00:00Z, not before now");
    AdminId admin = gate.require(request).admin();
    ServiceVersion version =
        transactions.write(
            transaction ->
                services.add(
                    transaction,
                    require(transaction, tenant),
                    new ServiceDraft(service, price, monthlyFree, from),
                    admin));
    return AnswerEnvelope.of(ServiceVersionRow.of(version));
  }

  private static TenantId tenant(Filters filters) {
    return filters
        .tenant()
        .orElseThrow(() -> JsonFields.missing("tenant_id", "a whole number from 1"));
  }

  private Tenant require(Transaction transaction, TenantId id) {
    return tenants
        .find(transaction, id)
        .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + id));
  }
}
