package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Plans that say how much tenants may have, and what they have used. A tenant without a plan has no
 * limits. Runs in the caller's transaction.
 */
public interface QuotaPlans {
  /** Plans in the order in which they were made. */
  ListPage<QuotaPlan> list(Transaction transaction, Optional<Boolean> active, ListRequest page);

  Optional<QuotaPlan> find(Transaction transaction, long id);

  /**
   * Makes a plan.
   *
   * @throws io.tollgate.ground.Refusal {@code CONFLICT} when the code is taken; {@code
   *     INVALID_REQUEST} when a part of it is not valid
   */
  QuotaPlan create(Transaction transaction, String code, Terms terms);

  /**
   * Changes a plan, for all tenants on it, from now on.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code INVALID_REQUEST}
   */
  QuotaPlan change(Transaction transaction, long id, Terms terms);

  /**
   * Lets tenants be put on a plan, or no more.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}
   */
  QuotaPlan setActive(Transaction transaction, long id, boolean active);

  /**
   * Puts a tenant on a plan, or on none. What it has beyond the new limits it keeps.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such tenant or plan;
   *     {@code CONFLICT} when the plan is off
   */
  void assign(Transaction transaction, TenantId tenant, Optional<Long> plan);

  /** The plan that a tenant is on. */
  Optional<QuotaPlan> planOf(Transaction transaction, TenantId tenant);

  /**
   * Refuses where a tenant's plan has no room for one more of something. Where there is a limit,
   * others of the tenant who ask wait until this transaction ends, so that of two at once one sees
   * the other's.
   *
   * @param there how many there are; asked only where there is a limit
   * @throws io.tollgate.ground.Refusal {@code PLAN_LIMIT}
   */
  void requireRoom(Transaction transaction, TenantId tenant, PlanLimit limit, LongSupplier there);

  /** Calls of the merchant interface that were let through, by day of the tenant's zone. */
  List<DayOfCalls> calls(Transaction transaction, TenantId tenant, LocalDate from, LocalDate to);

  /** Calls of this day and this month, in the tenant's zone. */
  CallsNow callsNow(Transaction transaction, Tenant tenant);

  /** What can be changed of a plan. */
  record Terms(String name, QuotaPlan.Limits limits, BigDecimal fee) {
    public Terms {
      requireNonNull(name, "name is null");
      requireNonNull(limits, "limits is null");
      requireNonNull(fee, "fee is null");
    }
  }

  /** A day on which there were calls. */
  record DayOfCalls(LocalDate day, long calls) {
    public DayOfCalls {
      requireNonNull(day, "day is null");
    }
  }

  /** Where a tenant stands. */
  record CallsNow(LocalDate day, long today, long thisMonth) {
    public CallsNow {
      requireNonNull(day, "day is null");
    }
  }
}
