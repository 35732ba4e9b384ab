package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.UserAlerts;
import io.tollgate.billing.UserAlerts.Wanted;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.GivenText;
import io.tollgate.identity.Principal;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.UserNotices;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/me/alerts}: of what the user is told by mail. */
final class MyAlertRoutes implements Routes {
  private static final String PATH = "/api/v1/me/alerts";

  private final Transactions transactions;
  private final Tenants tenants;
  private final UserAlerts alerts;
  private final UserNotices notices;
  private final InstantSource clock;
  private final PortalGate gate;

  MyAlertRoutes(
      Transactions transactions,
      Tenants tenants,
      UserAlerts alerts,
      UserNotices notices,
      InstantSource clock,
      PortalGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.alerts = requireNonNull(alerts, "alerts is null");
    this.notices = requireNonNull(notices, "notices is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.blocking(HttpMethod.GET, PATH, errors, this::show);
    table.blocking(HttpMethod.PUT, PATH, errors, this::set);
  }

  private Response show(Request request) {
    Principal.OfUser caller = gate.require(request).user();
    Asset currency = currency(caller);
    return shown(
        transactions.read(transaction -> alerts.of(transaction, caller.user(), currency)),
        currency);
  }

  private Response set(Request request) {
    Principal.OfUser caller = gate.require(request).user();
    JsonFields body = JsonFields.of(request.json());
    Asset currency = currency(caller);
    Optional<Amount> balance =
        body.decimal("balance_below", "a decimal number above 0, or null")
            .map(given -> above(currency, given));
    OptionalInt quota = body.small("quota_percent", UserAlerts.PERCENT_MAX);
    Wanted wanted = new Wanted(balance, quota);
    var _ =
        transactions.write(
            transaction -> {
              alerts.set(transaction, caller.tenant(), caller.user(), wanted, clock.instant());
              return wanted;
            });
    return shown(wanted, currency);
  }

  private static Amount above(Asset currency, BigDecimal given) {
    Amount amount = Amount.of(currency, given);
    if (!amount.isPositive()) {
      throw GivenText.refused("balance_below", given.toPlainString(), "a decimal number above 0");
    }
    return amount;
  }

  private Asset currency(Principal.OfUser caller) {
    return transactions
        .read(transaction -> tenants.find(transaction, caller.tenant()).orElseThrow())
        .currency();
  }

  private Response shown(Wanted wanted, Asset currency) {
    return PortalAnswer.of(
        new Alerts(
            wanted.balanceBelow().map(Amount::toDecimal).orElse(null),
            currency.code(),
            wanted.quotaPercent().isPresent() ? wanted.quotaPercent().getAsInt() : null,
            notices.reach()));
  }

  /**
   * @param balanceBelow null: not told of the balance
   * @param quotaPercent null: not told of the free quota
   * @param mail whether mails go out here at all
   */
  private record Alerts(
      @Nullable BigDecimal balanceBelow,
      String currency,
      @Nullable Integer quotaPercent,
      boolean mail) {}
}
