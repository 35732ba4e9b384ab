package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeAdmin;
import io.tollgate.billing.RechargeCase;
import io.tollgate.billing.RechargeComparison;
import io.tollgate.billing.RechargeDetail;
import io.tollgate.billing.RechargeModule;
import io.tollgate.billing.RechargeOrder;
import io.tollgate.billing.RechargeOrderFilter;
import io.tollgate.billing.RechargeOrders;
import io.tollgate.billing.RechargePayment;
import io.tollgate.billing.RechargePaymentFilter;
import io.tollgate.billing.RechargeRefund;
import io.tollgate.billing.RechargeRefundOrder;
import io.tollgate.billing.RechargeRefunds;
import io.tollgate.billing.RechargeStatus;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.payments.PaymentMethod;
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
import java.util.List;
import java.util.Optional;

/**
 * {@code /api/recharge-orders} and what belongs to them: payments that were kept apart, refunds,
 * comparisons with channels' bills, and cases that somebody has to look at.
 */
final class RechargeRoutes implements Routes {
  private static final String ORDERS = "/api/recharge-orders";
  private static final String CASES = "/api/recharge-cases";

  private final Transactions transactions;
  private final RechargeOrders orders;
  private final RechargeRefunds refunds;
  private final RechargeAdmin admin;
  private final AdminGate gate;
  private final AdminList<RechargeOrderFilter, RechargeOrder> list;
  private final AdminList<RechargePaymentFilter, RechargePayment> payments;
  private final AdminList<Optional<PaymentMethod>, RechargeComparison> comparisons;
  private final AdminList<RechargeCase.Filter, RechargeCase> cases;

  RechargeRoutes(Transactions transactions, RechargeModule recharge, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.orders = recharge.orders();
    this.refunds = recharge.refunds();
    this.admin = recharge.admin();
    this.gate = requireNonNull(gate, "gate is null");
    this.list =
        AdminList.endless(
            ORDERS,
            RechargeRoutes::orderFilter,
            admin::orders,
            RechargeOrderRow.class,
            RechargeOrderRow::of);
    this.payments =
        AdminList.endless(
            "/api/recharge-payments",
            filters -> new RechargePaymentFilter(filters.tenant(), filters.either("apart")),
            admin::payments,
            RechargePaymentRow.class,
            RechargePaymentRow::of);
    this.comparisons =
        AdminList.endless(
            "/api/recharge-comparisons",
            RechargeRoutes::method,
            admin::comparisons,
            RechargeComparisonRow.class,
            RechargeComparisonRow::of);
    this.cases =
        AdminList.endless(
            CASES, this::caseFilter, admin::cases, RechargeCaseRow.class, RechargeCaseRow::of);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    list.declare(table, gate, transactions);
    payments.declare(table, gate, transactions);
    comparisons.declare(table, gate, transactions);
    cases.declare(table, gate, transactions);
    table.blocking(HttpMethod.GET, ORDERS + "/{id}", errors, gate.guard(this::one));
    table.blocking(
        HttpMethod.POST,
        ORDERS + "/{id}/refund",
        errors,
        gate.guard(AdminPermission.MONEY, this::refund));
    table.blocking(
        HttpMethod.POST,
        ORDERS + "/{id}/ask",
        errors,
        gate.guard(AdminPermission.ORDERS, this::ask));
    table.blocking(
        HttpMethod.POST,
        CASES + "/{id}/take",
        errors,
        gate.guard(AdminPermission.ORDERS, this::take));
    table.blocking(
        HttpMethod.POST,
        CASES + "/{id}/close",
        errors,
        gate.guard(AdminPermission.MONEY, this::close));
  }

  private static RechargeOrderFilter orderFilter(Filters filters) {
    return new RechargeOrderFilter(
        filters.tenant(),
        filters.id("user_id", UserId::new),
        filters.text("order_id"),
        filters.choice("status", List.of(RechargeStatus.values()), RechargeStatus::code),
        method(filters),
        filters.time("start"),
        filters.time("end"));
  }

  private static Optional<PaymentMethod> method(Filters filters) {
    return filters.choice("method", List.of(PaymentMethod.values()), PaymentMethod::code);
  }

  private RechargeCase.Filter caseFilter(Filters filters) {
    return new RechargeCase.Filter(
        filters.tenant(),
        filters.choice("kind", admin.kinds(), kind -> kind),
        filters.choice("state", List.of("open", "taken", "closed"), state -> state),
        filters.id("comparison_id", id -> id));
  }

  private Response one(Request request) {
    return AnswerEnvelope.of(RechargeDetailRow.of(detail(request)));
  }

  private Response refund(Request request) {
    AdminId decided = gate.require(request).admin();
    JsonFields body = JsonFields.of(request.json());
    var payment = body.text("payment_id", "a text");
    var amount = body.decimal("amount", "a number above 0");
    String reason = body.requireText("reason", "1 to 200 characters");
    RechargeOrder order = detail(request).order();
    RechargeRefund refund =
        refunds.refund(
            new RechargeRefundOrder(
                order.tenant(),
                order.orderId(),
                payment,
                amount,
                reason,
                request
                    .header("Idempotency-Key")
                    .orElseThrow(
                        () ->
                            new Refusal(
                                ErrorCode.INVALID_REQUEST,
                                "Idempotency-Key is missing (expected: a header of 1 to 128"
                                    + " characters)")),
                Optional.of(decided)));
    return AnswerEnvelope.of(RechargeRefundRow.of(refund));
  }

  private Response ask(Request request) {
    RechargeOrder order = detail(request).order();
    RechargeOrder asked = orders.ask(order.tenant(), order.orderId()).orElse(order);
    return AnswerEnvelope.of(RechargeOrderRow.of(asked));
  }

  private Response take(Request request) {
    long id = id(request, "case");
    AdminId who = gate.require(request).admin();
    return AnswerEnvelope.of(RechargeCaseRow.of(transactions.write(tx -> admin.take(tx, id, who))));
  }

  private Response close(Request request) {
    AdminId who = gate.require(request).admin();
    JsonFields body = JsonFields.of(request.json());
    String action = body.requireText("action", "what was done");
    String note = body.requireText("note", "why");
    long id = id(request, "case");
    return AnswerEnvelope.of(
        RechargeCaseRow.of(transactions.write(tx -> admin.close(tx, id, who, action, note))));
  }

  private RechargeDetail detail(Request request) {
    long id = id(request, "recharge order");
    return transactions
        .read(tx -> admin.order(tx, id))
        .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no recharge order " + id));
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
