package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.trading.engine.risk.RiskFacts;
import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.engine.risk.RiskRules;
import io.tollgate.trading.engine.risk.RiskVerdict;
import io.tollgate.trading.engine.risk.RuleSetting;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Rules of risk as administrators set them, and what they say of an order. Orders are judged by
 * them from the next transaction on. Runs in the caller's transaction. Safe for use by many
 * threads.
 */
public interface RiskSettings {
  /** Whose rules. */
  sealed interface Owner {
    /** Everybody's. */
    record Platform() implements Owner {}

    /** Those of a tenant's accounts; whether there is such a tenant, the caller knows. */
    record OfTenant(TenantId tenant) implements Owner {
      public OfTenant {
        requireNonNull(tenant, "tenant is null");
      }
    }

    /** Those of one exchange account. */
    record OfAccount(long account) implements Owner {}
  }

  /**
   * How they are set.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such account
   */
  RiskRules of(Transaction transaction, Owner owner);

  /**
   * Changes them; what is not named stays. Of two changes at once none is lost.
   *
   * @param changes by the rules' names
   * @return as they are now
   * @throws io.tollgate.ground.Refusal as {@link #of}; {@code INVALID_REQUEST} of a rule or a
   *     parameter that does not exist, or a value that it does not take; nothing is changed then
   */
  RiskRules change(Transaction transaction, Owner owner, Map<String, RuleSetting.Change> changes);

  /**
   * What they would say of an order now. Nothing is kept of it.
   *
   * @param account on which; empty: the platform's rules, and nothing is known but what is given
   * @param given in place of what is known of the account
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such account
   */
  RiskVerdict judge(
      Transaction transaction, OptionalLong account, RiskOrder order, RiskFacts given);
}
