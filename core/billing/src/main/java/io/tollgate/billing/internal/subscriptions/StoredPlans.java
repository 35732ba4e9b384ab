package io.tollgate.billing.internal.subscriptions;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.Plan;
import io.tollgate.billing.PlanOrder;
import io.tollgate.billing.Plans;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.UserAccess;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;

/** Checks plans and keeps them. */
public final class StoredPlans implements Plans {
  private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
  private static final int NAME_MAX = 100;

  /** So much that a user may hold the quotas of thousands of windows. */
  private static final long TOKENS_MAX = 1_000_000_000_000L;

  private static final long PRICE_MAX = 1_000_000L;
  private static final int WINDOW_MAX = 366;

  private final Tenants tenants;
  private final UserAccess access;
  private final InstantSource clock;

  public StoredPlans(Tenants tenants, UserAccess access, InstantSource clock) {
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.access = requireNonNull(access, "access is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public ListPage<Plan> list(Transaction transaction, Filter filter, ListRequest page) {
    return PlanTable.page(transaction, filter, page);
  }

  @Override
  public List<Plan> sold(Transaction transaction, TenantId tenant) {
    return PlanTable.sold(transaction, tenant);
  }

  @Override
  public Plan create(Transaction transaction, TenantId tenant, String code, PlanOrder order) {
    if (!CODE.matcher(code).matches()) {
      throw GivenText.refused("code", code, "1 to 64 of a-z, 0-9, - and _");
    }
    Tenant found =
        tenants
            .find(transaction, tenant)
            .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + tenant));
    Plan made =
        PlanTable.insert(transaction, tenant, code, terms(order, found.currency()), clock.instant())
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.CONFLICT,
                        "code: " + code + " (expected: one that no other plan of the tenant has)"));
    access.keep(transaction, tenant, made.id(), made.access());
    return made;
  }

  @Override
  public Plan change(Transaction transaction, long id, PlanOrder order) {
    Plan plan = require(transaction, id);
    PlanTable.update(transaction, id, terms(order, plan.price().asset()), clock.instant());
    access.keep(transaction, plan.tenant(), id, order.access());
    return require(transaction, id);
  }

  @Override
  public Plan sell(Transaction transaction, long id, boolean selling) {
    Plan _ = require(transaction, id);
    PlanTable.sell(transaction, id, selling, clock.instant());
    return require(transaction, id);
  }

  private static Plan require(Transaction transaction, long id) {
    return PlanTable.find(transaction, id)
        .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no plan " + id));
  }

  private static PlanTable.Terms terms(PlanOrder order, Asset currency) {
    String name = order.name().strip();
    if (name.isEmpty() || name.length() > NAME_MAX) {
      throw GivenText.refused("name", name, "1 to " + NAME_MAX + " characters");
    }
    Amount price = Amount.of(currency, order.price());
    Amount max = Amount.parse(currency, Long.toString(PRICE_MAX));
    if (price.isNegative() || price.compareTo(max) > 0) {
      throw GivenText.refused("price", price.toPlainString(), "0 to " + PRICE_MAX);
    }
    if (order.tokens() < 0 || order.tokens() > TOKENS_MAX) {
      throw GivenText.refused("tokens", Long.toString(order.tokens()), "0 to " + TOKENS_MAX);
    }
    if (order.windowDays() < 0 || order.windowDays() > WINDOW_MAX) {
      throw GivenText.refused(
          "window_days", Integer.toString(order.windowDays()), "0 to " + WINDOW_MAX);
    }
    return new PlanTable.Terms(
        name, price, order.period(), order.tokens(), order.windowDays(), order.access());
  }
}
