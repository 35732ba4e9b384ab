package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.OptionalLong;

/**
 * How much a tenant may have.
 *
 * @param code by which it is known, e.g. {@code free}; never changes
 * @param fee per month; shown, and charged by nobody
 * @param active whether tenants are put on it; those that are on it stay
 */
public record QuotaPlan(
    long id, String code, String name, Limits limits, BigDecimal fee, boolean active) {
  public QuotaPlan {
    requireNonNull(code, "code is null");
    requireNonNull(name, "name is null");
    requireNonNull(limits, "limits is null");
    requireNonNull(fee, "fee is null");
  }

  /**
   * The numbers of a plan; what is empty has no limit.
   *
   * @param apiCallsDaily calls of the merchant interface in a day of the tenant's zone
   * @param apiCallsMonthly the same in a month
   */
  public record Limits(
      OptionalLong apiCallsDaily,
      OptionalLong apiCallsMonthly,
      OptionalLong maxUsers,
      OptionalLong maxStrategies,
      OptionalLong maxExchangeAccounts) {
    /** No limits at all. */
    public static final Limits NONE =
        new Limits(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());

    public Limits {
      requireNonNull(apiCallsDaily, "apiCallsDaily is null");
      requireNonNull(apiCallsMonthly, "apiCallsMonthly is null");
      requireNonNull(maxUsers, "maxUsers is null");
      requireNonNull(maxStrategies, "maxStrategies is null");
      requireNonNull(maxExchangeAccounts, "maxExchangeAccounts is null");
    }

    /** How many there may be. */
    public OptionalLong of(PlanLimit limit) {
      return switch (limit) {
        case USERS -> maxUsers;
        case STRATEGIES -> maxStrategies;
        case EXCHANGE_ACCOUNTS -> maxExchangeAccounts;
      };
    }
  }
}
