package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A user's account follows a strategy.
 *
 * @param strategy its number
 * @param name as the tenant calls the strategy
 * @param strategyName as the operator does
 * @param capital in USDT: its own, else that of the tenant's strategy
 * @param minPointCard points under which nothing new is entered
 * @param running whether it was opened, and not closed since
 * @param totalProfit realised so far, in USDT
 */
public record Binding(
    long id,
    TenantId tenant,
    UserId user,
    long account,
    long strategy,
    String strategyName,
    String name,
    String symbol,
    Mode mode,
    BigDecimal capital,
    int leverage,
    RiskMode riskMode,
    Amount minPointCard,
    boolean running,
    BigDecimal totalProfit,
    long totalTrades,
    Instant createdAt) {
  public Binding {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(strategyName, "strategyName is null");
    requireNonNull(name, "name is null");
    requireNonNull(symbol, "symbol is null");
    requireNonNull(mode, "mode is null");
    requireNonNull(capital, "capital is null");
    requireNonNull(riskMode, "riskMode is null");
    requireNonNull(minPointCard, "minPointCard is null");
    requireNonNull(totalProfit, "totalProfit is null");
    requireNonNull(createdAt, "createdAt is null");
  }

  /** Notional of one trade, in USDT. */
  public BigDecimal amountUsdt() {
    return riskMode.amountUsdt(capital, leverage);
  }

  /** How long it goes on. */
  public enum Mode {
    /** For one position. */
    ONCE(1),
    LOOP(2);

    private final int number;

    Mode(int number) {
      this.number = number;
    }

    /** As interfaces write it. */
    public int number() {
      return number;
    }
  }
}
