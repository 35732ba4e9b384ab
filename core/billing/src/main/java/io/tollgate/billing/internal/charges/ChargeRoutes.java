package io.tollgate.billing.internal.charges;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ChargeReceipt;
import io.tollgate.billing.QuotaAnswer;
import io.tollgate.billing.QuotaCheck;
import io.tollgate.billing.ServiceCall;
import io.tollgate.billing.ServiceCharges;
import io.tollgate.billing.ServiceDeduct;
import io.tollgate.billing.ServiceRefund;
import io.tollgate.billing.internal.callers.BillingCallers;
import io.tollgate.billing.internal.callers.BillingForm;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.web.BlockingRoute;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.UUID;

/** {@code POST /internal/v1/billing/…}: backends check, deduct and refund. */
public final class ChargeRoutes implements Routes {
  private static final String PREFIX = "/internal/v1/billing";

  private final ServiceCharges charges;
  private final BillingCallers callers;
  private final BillingForm form;

  public ChargeRoutes(ServiceCharges charges, BillingCallers callers, BillingForm form) {
    this.charges = requireNonNull(charges, "charges is null");
    this.callers = requireNonNull(callers, "callers is null");
    this.form = requireNonNull(form, "form is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    post(table, "/check", this::check);
    post(table, "/deduct", this::deduct);
    post(table, "/refund", this::refund);
  }

  private void post(RouteTable table, String path, BlockingRoute route) {
    table.blocking(HttpMethod.POST, PREFIX + path, form.errors(), route);
  }

  private Response check(Request request) {
    TenantId tenant = callers.backend(request);
    JsonFields body = JsonFields.ofBothSpellings(request.json());
    QuotaAnswer answer =
        charges.check(
            new QuotaCheck(
                tenant, BillingCallers.userId(body), service(body), count(body), requestId(body)));
    return form.answer(new Checked(answer.allowed(), answer.reason()));
  }

  private Response deduct(Request request) {
    TenantId tenant = callers.backend(request);
    JsonFields body = JsonFields.ofBothSpellings(request.json());
    ChargeReceipt receipt =
        charges.deduct(
            new ServiceDeduct(
                tenant,
                BillingCallers.userId(body),
                service(body),
                count(body),
                body.decimal("cost", "a number, 0 or more"),
                requestId(body)));
    return form.answer(new Done(true, receipt.record().toString()));
  }

  private Response refund(Request request) {
    TenantId tenant = callers.backend(request);
    JsonFields body = JsonFields.ofBothSpellings(request.json());
    String record = body.requireText("record_id", "the record_id of a deduct");
    ChargeReceipt receipt =
        charges.refund(
            new ServiceRefund(tenant, id(record), body.text("reason", "a text").orElse("")));
    return form.answer(new Done(true, receipt.record().toString()));
  }

  private static ChargeId id(String given) {
    try {
      ChargeId id = new ChargeId(UUID.fromString(given));
      if (id.toString().equalsIgnoreCase(given)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      throw notThere(given);
    }
    throw notThere(given);
  }

  private static Refusal notThere(String given) {
    return new Refusal(ErrorCode.NOT_FOUND, "record " + GivenText.shown(given) + " is not there");
  }

  private static String service(JsonFields body) {
    return body.requireText("service_name", "the name of a service");
  }

  private static long count(JsonFields body) {
    return body.wholeNumber("count", 1, ServiceCall.COUNT_MAX)
        .orElseThrow(
            () -> JsonFields.missing("count", "a whole number from 1 to " + ServiceCall.COUNT_MAX));
  }

  private static Optional<String> requestId(JsonFields body) {
    return body.text("request_id", "a text of 1 to " + ServiceCall.REQUEST_ID_MAX + " characters");
  }

  private record Checked(boolean allowed, String reason) {}

  private record Done(boolean success, String recordId) {}
}
