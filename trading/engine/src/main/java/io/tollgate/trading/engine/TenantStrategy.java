package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import java.math.BigDecimal;
import java.time.Instant;

/** A strategy that is open to a tenant, on the tenant's terms. */
public record TenantStrategy(
    long id, TenantId tenant, Strategy strategy, Terms terms, Instant createdAt) {
  public TenantStrategy {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(strategy, "strategy is null");
    requireNonNull(terms, "terms is null");
    requireNonNull(createdAt, "createdAt is null");
  }

  /** The tenant's own, else the strategy's. */
  public String name() {
    return terms.displayName().isEmpty() ? strategy.terms().name() : terms.displayName();
  }

  /** The tenant's own, else the strategy's. */
  public String description() {
    return terms.displayDescription().isEmpty()
        ? strategy.terms().description()
        : terms.displayDescription();
  }

  /** In USDT, where whoever follows it sets none. */
  public BigDecimal capital() {
    return terms.capital();
  }

  public int leverage() {
    return terms.leverage();
  }

  public RiskMode riskMode() {
    return terms.riskMode();
  }

  public BigDecimal minCapital() {
    return terms.minCapital();
  }

  /** Whether it can be followed: neither the tenant nor the operator has it off. */
  public boolean active() {
    return terms.active() && strategy.active();
  }

  /** Notional of one trade on these terms, in USDT. */
  public BigDecimal amountUsdt() {
    return terms.riskMode().amountUsdt(terms.capital(), terms.leverage());
  }

  /**
   * What a tenant has set of it.
   *
   * @param displayName empty: the strategy's own
   * @param displayDescription empty: the strategy's own
   * @param riskBasedSizing whether amounts follow from {@code maxLossPerTrade}; not while that is 0
   * @param maxLossPerTrade in USDT
   * @param sortOrder the tenant's strategies are listed from the lowest
   */
  public record Terms(
      String displayName,
      String displayDescription,
      BigDecimal capital,
      int leverage,
      RiskMode riskMode,
      boolean riskBasedSizing,
      BigDecimal maxLossPerTrade,
      BigDecimal minCapital,
      boolean active,
      int sortOrder) {
    private static final int SORT_MAX = 1_000_000;

    public Terms {
      requireNonNull(displayName, "displayName is null");
      requireNonNull(displayDescription, "displayDescription is null");
      requireNonNull(capital, "capital is null");
      requireNonNull(riskMode, "riskMode is null");
      requireNonNull(maxLossPerTrade, "maxLossPerTrade is null");
      requireNonNull(minCapital, "minCapital is null");
    }

    /** Where nothing is said, and nothing taken over. */
    public static Terms usual() {
      return new Terms(
          "",
          "",
          BigDecimal.ZERO,
          20,
          RiskMode.STEADY,
          false,
          BigDecimal.ZERO,
          BigDecimal.valueOf(200),
          true,
          0);
    }

    /** The strategy's own name and terms in place of these; what only tenants set stays. */
    public Terms takenFrom(Strategy.Terms master) {
      return new Terms(
          "",
          "",
          master.capital(),
          master.leverage(),
          master.riskMode(),
          riskBasedSizing,
          maxLossPerTrade,
          master.minCapital(),
          active,
          sortOrder);
    }

    /**
     * The same.
     *
     * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when a part of it is not valid
     */
    public Terms checked() {
      GivenTerms.text("display_name", displayName, 100);
      GivenTerms.text("display_description", displayDescription, 2_000);
      GivenTerms.usdt("capital", capital);
      GivenTerms.leverage(leverage);
      GivenTerms.usdt("max_loss_per_trade", maxLossPerTrade);
      GivenTerms.usdt("min_capital", minCapital);
      GivenTerms.within("sort_order", sortOrder, -SORT_MAX, SORT_MAX);
      return this;
    }
  }
}
