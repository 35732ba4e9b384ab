package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeOrder;
import io.tollgate.billing.RechargeOrders;
import io.tollgate.billing.RechargeRequest;
import io.tollgate.billing.internal.callers.BillingCallers;
import io.tollgate.billing.internal.callers.BillingForm;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.payments.NotificationAnswer;
import io.tollgate.payments.PaymentMethod;
import io.tollgate.payments.ReceivedNotification;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/billing/recharge}, for users and backends, and {@code /api/v1/billing/notify}, for
 * payment channels, whose signature decides.
 */
public final class RechargeRoutes implements Routes {
  private static final String PREFIX = "/api/v1/billing";
  private static final int NOTIFICATION_BYTES = 1 << 18;
  private static final String AMOUNT = "a number above 0 with at most 2 decimals";

  private final RechargeOrders orders;
  private final BillingCallers callers;
  private final BillingForm form;

  public RechargeRoutes(RechargeOrders orders, BillingCallers callers, BillingForm form) {
    this.orders = requireNonNull(orders, "orders is null");
    this.callers = requireNonNull(callers, "callers is null");
    this.form = requireNonNull(form, "form is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.fallback(PREFIX, form.errors());
    table.blocking(HttpMethod.POST, PREFIX + "/recharge", form.errors(), this::create);
    table.blocking(HttpMethod.GET, PREFIX + "/recharge/{order_id}", form.errors(), this::find);
    table.blocking(
        HttpMethod.POST,
        PREFIX + "/notify/{method}",
        form.errors(),
        NOTIFICATION_BYTES,
        this::notify);
  }

  private Response create(Request request) {
    BillingCallers.Caller caller = callers.caller(request);
    JsonFields body = JsonFields.ofBothSpellings(request.json());
    BillingCallers.Reached reached = caller.reaching(BillingCallers.userId(body));
    Optional<Long> plan = body.wholeNumber("plan_id", 1, Long.MAX_VALUE);
    RechargeOrder order =
        orders.create(
            new RechargeRequest(
                reached.tenant(),
                reached.externalId(),
                plan.isPresent()
                    ? body.decimal("amount", AMOUNT)
                    : Optional.of(body.requireDecimal("amount", AMOUNT)),
                body.requireText("payment_method", "one of " + PaymentMethod.codes()),
                body.text("currency", "a code such as USD"),
                Optional.empty(),
                request.header("Idempotency-Key"),
                body.text("subject", "a text"),
                body.text("return_url", "an address"),
                body.text("notify_url", "an address"),
                Optional.of(request.context().remoteAddress()),
                plan));
    return form.answer(new Made(order.orderId(), order.payUrl().orElse("")));
  }

  private Response find(Request request) {
    BillingCallers.Caller caller = callers.caller(request);
    String orderId = request.pathParam("order_id");
    RechargeOrder order =
        orders
            .find(caller.tenant(), orderId)
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.NOT_FOUND, "there is no order " + GivenText.shown(orderId)));
    caller
        .user()
        .filter(own -> !own.equals(order.externalId()))
        .ifPresent(
            own -> {
              throw new Refusal(
                  ErrorCode.FORBIDDEN, "the order is another user's (expected: one of your own)");
            });
    return form.answer(Shown.of(order));
  }

  private Response notify(Request request) {
    String given = request.pathParam("method");
    PaymentMethod method =
        PaymentMethod.find(given)
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.NOT_FOUND,
                        "payment channel "
                            + GivenText.shown(given)
                            + " (expected: one of "
                            + PaymentMethod.codes()
                            + ")"));
    NotificationAnswer answer =
        orders.notify(method, new ReceivedNotification(request::header, request.body()));
    return Response.text(answer.status(), answer.contentType(), answer.body());
  }

  private record Made(String orderId, String paymentUrl) {}

  private record Shown(
      String orderId,
      String userId,
      BigDecimal amount,
      BigDecimal refundedAmount,
      String currency,
      String paymentMethod,
      @Nullable String paymentOrderId,
      String status,
      @Nullable Long planId,
      @Nullable Long subscriptionId,
      @Nullable String planRefused,
      Instant createdAt,
      Instant updatedAt) {
    static Shown of(RechargeOrder order) {
      return new Shown(
          order.orderId(),
          order.externalId(),
          order.amount().toDecimal(),
          order.refunded().toDecimal(),
          order.amount().asset().code(),
          order.method().code(),
          order.paymentId().orElse(null),
          order.status().code(),
          order.purchase().map(RechargeOrder.Purchase::plan).orElse(null),
          order.purchase().flatMap(RechargeOrder.Purchase::subscription).orElse(null),
          order.purchase().flatMap(RechargeOrder.Purchase::refused).orElse(null),
          order.createdAt(),
          order.updatedAt());
    }
  }
}
