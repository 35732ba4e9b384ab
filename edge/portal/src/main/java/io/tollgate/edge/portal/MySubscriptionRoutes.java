package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.GrantReceipt;
import io.tollgate.billing.Plan;
import io.tollgate.billing.Plans;
import io.tollgate.billing.RedemptionCodes;
import io.tollgate.billing.Subscription;
import io.tollgate.billing.SubscriptionChange;
import io.tollgate.billing.Subscriptions;
import io.tollgate.billing.Subscriptions.By;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Amount;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.identity.KeyRates;
import io.tollgate.identity.Principal;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/me/subscription}: plans and the subscription of the user who calls; {@code
 * /api/v1/me/redeem}: what a code gives.
 */
final class MySubscriptionRoutes implements Routes {
  private static final String PATH = "/api/v1/me/subscription";

  private final Transactions transactions;
  private final Tenants tenants;
  private final Plans plans;
  private final Subscriptions subscriptions;
  private final RedemptionCodes codes;
  private final PortalGate gate;

  MySubscriptionRoutes(
      Transactions transactions,
      Tenants tenants,
      Plans plans,
      Subscriptions subscriptions,
      RedemptionCodes codes,
      PortalGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.plans = requireNonNull(plans, "plans is null");
    this.subscriptions = requireNonNull(subscriptions, "subscriptions is null");
    this.codes = requireNonNull(codes, "codes is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.blocking(HttpMethod.GET, PATH, errors, this::show);
    table.blocking(HttpMethod.POST, PATH, errors, this::buy);
    table.blocking(HttpMethod.GET, PATH + "/change", errors, this::quote);
    table.blocking(HttpMethod.POST, PATH + "/change", errors, this::change);
    table.blocking(HttpMethod.POST, PATH + "/cancel", errors, request -> renew(request, false));
    table.blocking(HttpMethod.POST, PATH + "/resume", errors, request -> renew(request, true));
    table.blocking(HttpMethod.POST, "/api/v1/me/redeem", errors, this::redeem);
  }

  private Response show(Request request) {
    Principal.OfUser user = gate.require(request).user();
    return transactions.read(
        transaction ->
            PortalAnswer.of(
                new Overview(
                    subscriptions
                        .of(transaction, user.tenant(), user.user())
                        .map(Mine::of)
                        .orElse(null),
                    plans.sold(transaction, user.tenant()).stream().map(Offer::of).toList())));
  }

  private Response buy(Request request) {
    Principal.OfUser user = gate.require(request).user();
    JsonFields body = JsonFields.of(request.json());
    return PortalAnswer.of(
        Mine.of(
            subscriptions.buy(
                user.tenant(),
                user.user(),
                plan(body),
                body.requireText("idempotency_key", "1 to 128 characters"),
                By.USER)));
  }

  private Response quote(Request request) {
    Principal.OfUser user = gate.require(request).user();
    String given = request.query("plan_id").orElse("");
    long plan;
    try {
      plan = Numerals.wholeNumber(given);
    } catch (NumberFormatException _) {
      throw GivenText.refused("plan_id", given, "a whole number from 1");
    }
    return PortalAnswer.of(
        Change.of(
            transactions.read(
                transaction ->
                    subscriptions.quote(transaction, user.tenant(), user.user(), plan))));
  }

  private Response change(Request request) {
    Principal.OfUser user = gate.require(request).user();
    JsonFields body = JsonFields.of(request.json());
    Optional<Amount> max =
        body.decimal("max", "a decimal number, 0 or more")
            .map(given -> Amount.of(currency(user).currency(), given));
    return PortalAnswer.of(
        Mine.of(subscriptions.change(user.tenant(), user.user(), plan(body), max, By.USER)));
  }

  private Response renew(Request request, boolean renews) {
    Principal.OfUser user = gate.require(request).user();
    return PortalAnswer.of(
        Mine.of(
            transactions.write(
                transaction ->
                    subscriptions.renew(
                        transaction, user.tenant(), user.user(), renews, By.USER))));
  }

  private Response redeem(Request request) {
    Principal.OfUser user = gate.require(request).user();
    String code = JsonFields.of(request.json()).requireSecret("code");
    GrantReceipt receipt =
        transactions.write(
            transaction -> codes.redeem(transaction, user.tenant(), user.user(), code));
    return PortalAnswer.of(
        new Redeemed(
            receipt.amount().asset().code(),
            receipt.amount().toDecimal(),
            receipt.expiresAt().orElse(null)));
  }

  private static long plan(JsonFields body) {
    return body.wholeNumber("plan_id", 1, Long.MAX_VALUE)
        .orElseThrow(() -> JsonFields.missing("plan_id", "a whole number from 1"));
  }

  private Tenant currency(Principal.OfUser user) {
    return transactions.read(transaction -> tenant(transaction, user));
  }

  private Tenant tenant(Transaction transaction, Principal.OfUser user) {
    return tenants.find(transaction, user.tenant()).orElseThrow();
  }

  /**
   * What the user has and could have.
   *
   * @param subscription null: none
   */
  private record Overview(@Nullable Mine subscription, List<Offer> plans) {}

  /**
   * A plan as it is sold; the price is of a period.
   *
   * @param models null: all
   * @param requestsPerMinute of all keys together; null: whatever they may, as with the other two
   */
  private record Offer(
      long planId,
      String code,
      String name,
      BigDecimal price,
      String currency,
      String periodUnit,
      int periodCount,
      long tokens,
      int windowDays,
      @Nullable List<String> models,
      @Nullable Integer requestsPerMinute,
      @Nullable Long tokensPerMinute,
      @Nullable Integer concurrentMax) {
    static Offer of(Plan plan) {
      List<String> models = plan.access().models().patterns();
      KeyRates rates = plan.access().rates();
      return new Offer(
          plan.id(),
          plan.code(),
          plan.name(),
          plan.price().toDecimal(),
          plan.price().asset().code(),
          plan.period().unit().code(),
          plan.period().count(),
          plan.tokens(),
          plan.windowDays(),
          models.isEmpty() ? null : models,
          rates.requestsPerMinute().isPresent() ? rates.requestsPerMinute().getAsInt() : null,
          rates.tokensPerMinute().isPresent() ? rates.tokensPerMinute().getAsLong() : null,
          rates.concurrent().isPresent() ? rates.concurrent().getAsInt() : null);
    }
  }

  /**
   * A user's own subscription.
   *
   * @param nextPlanId the plan from the next period on; null: the same
   * @param graceEndsAt null: it is not in grace
   */
  private record Mine(
      Offer plan,
      @Nullable Long nextPlanId,
      String state,
      boolean renews,
      Instant periodStartsAt,
      Instant periodEndsAt,
      Instant windowEndsAt,
      @Nullable Instant graceEndsAt) {
    static Mine of(Subscription subscription) {
      return new Mine(
          Offer.of(subscription.plan()),
          subscription.nextPlan().orElse(null),
          subscription.state().code(),
          subscription.renews(),
          subscription.periodStartsAt(),
          subscription.periodEndsAt(),
          subscription.windowEndsAt(),
          subscription.graceEndsAt().orElse(null));
    }
  }

  /** What another plan would mean. */
  private record Change(
      Offer plan, Instant at, boolean immediate, BigDecimal due, String currency, long tokens) {
    static Change of(SubscriptionChange change) {
      return new Change(
          Offer.of(change.plan()),
          change.at(),
          change.immediate(),
          change.due().toDecimal(),
          change.due().asset().code(),
          change.tokens());
    }
  }

  /**
   * What a code gave.
   *
   * @param expiresAt null: never
   */
  private record Redeemed(String asset, BigDecimal amount, @Nullable Instant expiresAt) {}
}
