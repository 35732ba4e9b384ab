package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ListedRefund;
import io.tollgate.billing.RechargeModule;
import io.tollgate.billing.RechargeRefund;
import io.tollgate.billing.RechargeRefunds;
import io.tollgate.billing.RefundFilter;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.payments.PaymentMethod;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** {@code /api/refunds}: what was given back, of whichever sort, and another try of it. */
final class RefundRoutes implements Routes {
  private static final String PATH = "/api/refunds";

  private final Transactions transactions;
  private final RechargeRefunds refunds;
  private final AdminGate gate;
  private final AdminList<RefundFilter, ListedRefund> list;

  RefundRoutes(Transactions transactions, RechargeModule recharge, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.refunds = recharge.refunds();
    this.gate = requireNonNull(gate, "gate is null");
    this.list =
        AdminList.endless(
            PATH, RefundRoutes::filter, recharge.admin()::refunds, RefundRow.class, RefundRow::of);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    list.declare(table, gate, transactions);
    table.blocking(
        HttpMethod.POST,
        PATH + "/{id}/retry",
        ErrorForms.admin(),
        gate.guard(AdminPermission.MONEY, this::retry));
  }

  private static RefundFilter filter(Filters filters) {
    return new RefundFilter(
        filters.choice("kind", List.of(ListedRefund.Kind.values()), ListedRefund.Kind::code),
        filters.tenant(),
        filters.id("user_id", UserId::new),
        filters.choice(
            "state",
            List.of(RechargeRefund.State.values()),
            state -> state.name().toLowerCase(Locale.ROOT)),
        filters.choice("method", List.of(PaymentMethod.values()), PaymentMethod::code),
        filters.time("start"),
        filters.time("end"));
  }

  private Response retry(Request request) {
    return AnswerEnvelope.of(
        RechargeRefundRow.of(refunds.retry(id(request), gate.require(request).admin())));
  }

  private static UUID id(Request request) {
    String text = request.pathParam("id");
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no refund " + GivenText.shown(text), e);
    }
  }
}
