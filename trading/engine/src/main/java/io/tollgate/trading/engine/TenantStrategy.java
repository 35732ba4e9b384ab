package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import java.math.BigDecimal;

/**
 * A strategy that is open to a tenant, on the tenant's terms.
 *
 * @param name the tenant's own, else the strategy's
 * @param description likewise
 * @param capital in USDT, where whoever follows it sets none
 * @param active whether it can be followed: neither the tenant nor the operator has it off
 */
public record TenantStrategy(
    long id,
    TenantId tenant,
    Strategy strategy,
    String name,
    String description,
    BigDecimal capital,
    int leverage,
    RiskMode riskMode,
    BigDecimal minCapital,
    boolean active) {
  public TenantStrategy {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(strategy, "strategy is null");
    requireNonNull(name, "name is null");
    requireNonNull(description, "description is null");
    requireNonNull(capital, "capital is null");
    requireNonNull(riskMode, "riskMode is null");
    requireNonNull(minCapital, "minCapital is null");
  }

  /** Notional of one trade on these terms, in USDT. */
  public BigDecimal amountUsdt() {
    return riskMode.amountUsdt(capital, leverage);
  }
}
