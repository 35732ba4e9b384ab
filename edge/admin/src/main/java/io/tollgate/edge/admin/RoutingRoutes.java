package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenants;
import io.tollgate.relay.accounts.RoutingStrategy;
import io.tollgate.relay.accounts.TenantRoutings;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.Arrays;
import java.util.stream.Collectors;

/** {@code /api/tenants/{id}/routing}: how a tenant's requests choose among equal accounts. */
final class RoutingRoutes implements Routes {
  private static final String PATH = "/api/tenants/{id}/routing";
  private static final String EXPECTED =
      Arrays.stream(RoutingStrategy.values())
          .map(RoutingStrategy::code)
          .collect(Collectors.joining(", ", "one of ", ""));

  private final Transactions transactions;
  private final Tenants tenants;
  private final TenantRoutings routings;
  private final AdminGate gate;

  RoutingRoutes(
      Transactions transactions, Tenants tenants, TenantRoutings routings, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.routings = requireNonNull(routings, "routings is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  /** A tenant's choice as it is shown. */
  private record Row(long tenantId, String strategy) {}

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(HttpMethod.GET, PATH, errors, gate.guard(this::find));
    table.blocking(HttpMethod.PUT, PATH, errors, gate.guard(AdminPermission.PROVIDERS, this::set));
  }

  private Response find(Request request) {
    TenantId tenant = tenant(request);
    return AnswerEnvelope.of(
        new Row(
            tenant.value(),
            transactions.read(transaction -> routings.of(transaction, tenant)).code()));
  }

  private Response set(Request request) {
    String given = JsonFields.of(request.json()).requireText("strategy", EXPECTED);
    TenantId tenant = tenant(request);
    RoutingStrategy strategy =
        Arrays.stream(RoutingStrategy.values())
            .filter(each -> each.code().equals(given))
            .findFirst()
            .orElseThrow(() -> GivenText.refused("strategy", given, EXPECTED));
    boolean _ =
        transactions.write(
            transaction -> {
              routings.set(transaction, tenant, strategy);
              return true;
            });
    return AnswerEnvelope.of(new Row(tenant.value(), strategy.code()));
  }

  private TenantId tenant(Request request) {
    String text = request.pathParam("id");
    try {
      TenantId tenant = new TenantId(Numerals.wholeNumber(text));
      if (transactions.read(transaction -> tenants.find(transaction, tenant)).isPresent()) {
        return tenant;
      }
    } catch (IllegalArgumentException _) {
      // told below
    }
    throw new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + GivenText.shown(text));
  }
}
