package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeCallback;
import io.tollgate.billing.RechargeOrder;
import io.tollgate.billing.RechargeOrders;
import io.tollgate.billing.internal.callers.BillingCallers;
import io.tollgate.billing.internal.callers.BillingForm;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** {@code POST /internal/v1/billing/callback}: a tenant's payment service tells of a payment. */
public final class CallbackRoutes implements Routes {
  private static final String PREFIX = "/internal/v1/billing";
  private static final String STATUS = "SUCCESS or FAILED";

  private final RechargeOrders orders;
  private final BillingCallers callers;
  private final BillingForm form;

  public CallbackRoutes(RechargeOrders orders, BillingCallers callers, BillingForm form) {
    this.orders = requireNonNull(orders, "orders is null");
    this.callers = requireNonNull(callers, "callers is null");
    this.form = requireNonNull(form, "form is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.fallback(PREFIX, form.errors());
    table.blocking(HttpMethod.POST, PREFIX + "/callback", form.errors(), this::callback);
  }

  private Response callback(Request request) {
    TenantId tenant = callers.backend(request);
    JsonNode json = request.json();
    JsonFields body = JsonFields.ofBothSpellings(json);
    RechargeOrder _ =
        orders.callback(
            new RechargeCallback(
                tenant,
                either(body, "order_id", "recharge_order_id"),
                either(body, "payment_order_id", "payment_id"),
                body.requireDecimal("amount", "a number"),
                succeeded(body.requireText("status", STATUS))));
    return form.answer(Map.of("success", true));
  }

  /** A field that has two names, each in two spellings; where several are given, they agree. */
  private static String either(JsonFields body, String name, String other) {
    Optional<String> one = body.text(name, "a text");
    Optional<String> two = body.text(other, "a text");
    if (one.isPresent() && two.isPresent() && !one.equals(two)) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          name + ": differs from " + other + " (expected: one of them, or the same in both)");
    }
    return one.or(() -> two).orElseThrow(() -> JsonFields.missing(name, "a text"));
  }

  private static boolean succeeded(String status) {
    return switch (status.strip().toUpperCase(Locale.ROOT)) {
      case "SUCCESS" -> true;
      case "FAILED" -> false;
      default -> throw GivenText.refused("status", status, STATUS);
    };
  }
}
