package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.Subscription;
import io.tollgate.billing.Subscriptions;
import io.tollgate.billing.Subscriptions.By;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.web.BlockingRoute;
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
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /api/subscriptions}: who subscribes to what, and what administrators do about it. */
final class SubscriptionRoutes implements Routes {
  private static final String PATH = "/api/subscriptions";

  private final Transactions transactions;
  private final Subscriptions subscriptions;
  private final AdminList<Subscriptions.Filter, Subscription> list;
  private final AdminGate gate;

  SubscriptionRoutes(Transactions transactions, Subscriptions subscriptions, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.subscriptions = requireNonNull(subscriptions, "subscriptions is null");
    this.list =
        AdminList.counted(
            PATH, SubscriptionRoutes::filter, subscriptions::list, Row.class, Row::of);
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    list.declare(table, gate, transactions);
    post(table, PATH, this::create);
    post(table, PATH + "/{id}/cancel", request -> renew(request, false));
    post(table, PATH + "/{id}/resume", request -> renew(request, true));
    post(table, PATH + "/{id}/prolong", this::prolong);
    post(table, PATH + "/{id}/off", this::stop);
  }

  private void post(RouteTable table, String path, BlockingRoute route) {
    table.blocking(
        HttpMethod.POST, path, ErrorForms.admin(), gate.guard(AdminPermission.SELLING, route));
  }

  private static Subscriptions.Filter filter(Filters filters) {
    return new Subscriptions.Filter(
        filters.tenant(),
        filters.id("user_id", UserId::new),
        filters.id("plan_id", id -> id),
        filters.choice(
            "state", Arrays.asList(Subscription.State.values()), Subscription.State::code));
  }

  private Response create(Request request) {
    JsonFields body = JsonFields.of(request.json());
    Subscription bought =
        subscriptions.buy(
            new TenantId(MoneyFields.number(body, "tenant_id", 1, Long.MAX_VALUE)),
            new UserId(MoneyFields.number(body, "user_id", 1, Long.MAX_VALUE)),
            MoneyFields.number(body, "plan_id", 1, Long.MAX_VALUE),
            body.requireText("idempotency_key", "1 to 128 characters"),
            by(request));
    return AnswerEnvelope.of(Row.of(bought));
  }

  private Response renew(Request request, boolean renews) {
    long id = MoneyFields.id(request, "subscription");
    By by = by(request);
    return changed(transaction -> subscriptions.renew(transaction, id, renews, by));
  }

  private Response prolong(Request request) {
    int days = (int) MoneyFields.number(JsonFields.of(request.json()), "days", 1, 366);
    long id = MoneyFields.id(request, "subscription");
    By by = by(request);
    return changed(transaction -> subscriptions.prolong(transaction, id, days, by));
  }

  private Response stop(Request request) {
    long id = MoneyFields.id(request, "subscription");
    By by = by(request);
    return changed(transaction -> subscriptions.stop(transaction, id, by.admin().orElseThrow()));
  }

  private By by(Request request) {
    return By.admin(gate.require(request).admin());
  }

  private Response changed(Function<Transaction, Subscription> change) {
    return AnswerEnvelope.of(Row.of(transactions.write(change::apply)));
  }

  /**
   * A subscription as it is listed.
   *
   * @param nextPlanId the plan from the next period on; null: the same
   * @param renews whether it goes on when its period ends
   * @param graceEndsAt null: it is not in grace
   */
  private record Row(
      long id,
      long tenantId,
      long userId,
      long planId,
      String planCode,
      @Nullable Long nextPlanId,
      String state,
      boolean renews,
      BigDecimal periodPrice,
      String currency,
      Instant periodStartsAt,
      Instant periodEndsAt,
      Instant windowEndsAt,
      @Nullable Instant graceEndsAt,
      Instant createdAt,
      @Nullable Instant endedAt) {
    static Row of(Subscription subscription) {
      Optional<Long> next = subscription.nextPlan();
      return new Row(
          subscription.id(),
          subscription.tenant().value(),
          subscription.user().value(),
          subscription.plan().id(),
          subscription.plan().code(),
          next.orElse(null),
          subscription.state().code(),
          subscription.renews(),
          subscription.periodPrice().toDecimal(),
          subscription.periodPrice().asset().code(),
          subscription.periodStartsAt(),
          subscription.periodEndsAt(),
          subscription.windowEndsAt(),
          subscription.graceEndsAt().orElse(null),
          subscription.createdAt(),
          subscription.endedAt().orElse(null));
    }
  }
}
