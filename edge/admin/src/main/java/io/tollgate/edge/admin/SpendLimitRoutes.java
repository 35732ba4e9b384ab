package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.SpendLimitFilter;
import io.tollgate.billing.SpendLimitOrder;
import io.tollgate.billing.SpendLimitSettings;
import io.tollgate.billing.SpendLimitStanding;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
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
import java.util.Map;

/** {@code /api/spend-limits}: what may be spent by keys, users and tenants. */
final class SpendLimitRoutes implements Routes {
  private static final String PATH = "/api/spend-limits";

  private final Transactions transactions;
  private final SpendLimitSettings limits;
  private final AdminList<SpendLimitFilter, SpendLimitStanding> list;
  private final AdminGate gate;

  SpendLimitRoutes(Transactions transactions, SpendLimitSettings limits, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.list =
        AdminList.counted(
            PATH, SpendLimitRoutes::filter, limits::list, SpendLimitRow.class, SpendLimitRow::of);
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    list.declare(table, gate, transactions);
    table.blocking(HttpMethod.PUT, PATH, errors, gate.guard(AdminPermission.LIMITS, this::set));
    table.blocking(
        HttpMethod.DELETE,
        PATH + "/{id}",
        errors,
        gate.guard(AdminPermission.LIMITS, this::remove));
  }

  private static SpendLimitFilter filter(Filters filters) {
    return new SpendLimitFilter(
        filters.tenant(),
        filters.id("user_id", UserId::new),
        filters.id("api_key_id", ApiKeyId::new),
        filters.text("scope").map(SpendLimitBody::scope));
  }

  private Response set(Request request) {
    SpendLimitOrder order = SpendLimitBody.read(JsonFields.of(request.json()));
    SpendLimitStanding set = transactions.write(transaction -> limits.set(transaction, order));
    return AnswerEnvelope.of(SpendLimitRow.of(set));
  }

  private Response remove(Request request) {
    long id = id(request.pathParam("id"));
    boolean _ =
        transactions.write(
            transaction -> {
              limits.remove(transaction, id);
              return true;
            });
    return AnswerEnvelope.of(Map.of("message", "spend limit " + id + " deleted"));
  }

  private static long id(String text) {
    try {
      return Numerals.wholeNumber(text);
    } catch (NumberFormatException e) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no spend limit " + GivenText.shown(text), e);
    }
  }
}
