package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeAdmin;
import io.tollgate.billing.RechargeModule;
import io.tollgate.billing.RechargeOption;
import io.tollgate.billing.RechargeOrder;
import io.tollgate.billing.RechargeOrderFilter;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.Principal;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.UserProfiles;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Page;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * {@code /api/v1/me/recharges}: how the user can pay in, what they have paid in, and a receipt of
 * each. Orders are made at {@code /api/v1/billing/recharge}.
 */
final class MyRechargeRoutes implements Routes {
  private static final String PATH = "/api/v1/me/recharges";
  private static final int ROWS_MAX = 100;

  private final Transactions transactions;
  private final Tenants tenants;
  private final UserProfiles profiles;
  private final RechargeModule recharge;
  private final RechargeAdmin orders;
  private final List<BigDecimal> amounts;
  private final PortalGate gate;

  /**
   * @param amounts that are offered, in whole units of the currency
   */
  MyRechargeRoutes(
      Transactions transactions,
      Tenants tenants,
      UserProfiles profiles,
      RechargeModule recharge,
      List<BigDecimal> amounts,
      PortalGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.profiles = requireNonNull(profiles, "profiles is null");
    this.recharge = requireNonNull(recharge, "recharge is null");
    this.orders = recharge.admin();
    this.amounts = List.copyOf(amounts);
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.blocking(HttpMethod.GET, PATH, errors, this::list);
    table.blocking(HttpMethod.GET, PATH + "/options", errors, this::options);
    table.blocking(HttpMethod.GET, PATH + "/{order_id}/receipt", errors, this::receipt);
  }

  private Response options(Request request) {
    Tenant tenant = tenant(gate.require(request).user());
    List<RechargeOption> methods = recharge.options(tenant.currency());
    return PortalAnswer.of(
        new Options(tenant.currency().code(), methods, amounts, recharge.amountMax()));
  }

  private Response list(Request request) {
    Principal.OfUser caller = gate.require(request).user();
    Page page = Page.from(request, ROWS_MAX);
    RechargeOrderFilter mine = mine(caller, Optional.empty());
    ListPage<RechargeOrder> found =
        transactions.read(
            transaction ->
                orders.orders(
                    transaction,
                    mine,
                    new ListRequest(page.number(), page.size(), Optional.empty(), true)));
    return PortalAnswer.list(
        found.rows().stream().map(MyRechargeRow::of).toList(),
        page.number(),
        page.size(),
        found.total());
  }

  private Response receipt(Request request) {
    Principal.OfUser caller = gate.require(request).user();
    String orderId = request.pathParam("order_id");
    Tenant tenant = tenant(caller);
    return transactions.read(
        transaction -> {
          RechargeOrder order =
              orders
                  .orders(transaction, mine(caller, Optional.of(orderId)), ListRequest.first(1))
                  .rows()
                  .stream()
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new Refusal(
                              ErrorCode.NOT_FOUND,
                              "there is no order " + GivenText.shown(orderId)));
          return PortalAnswer.of(
              MyReceipt.of(
                  orders.order(transaction, order.id()).orElseThrow(),
                  tenant,
                  profiles.find(transaction, caller.user()).orElseThrow().user()));
        });
  }

  private Tenant tenant(Principal.OfUser caller) {
    return transactions.read(
        transaction -> tenants.find(transaction, caller.tenant()).orElseThrow());
  }

  private static RechargeOrderFilter mine(Principal.OfUser caller, Optional<String> orderId) {
    return new RechargeOrderFilter(
        Optional.of(caller.tenant()),
        Optional.of(caller.user()),
        orderId,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * How the user can pay in.
   *
   * @param methods none: nowhere here
   */
  private record Options(
      String currency, List<RechargeOption> methods, List<BigDecimal> amounts, long amountMax) {}
}
