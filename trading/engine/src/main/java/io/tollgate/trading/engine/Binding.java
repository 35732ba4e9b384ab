package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.trading.exchange.Exchange;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A user's account follows a strategy.
 *
 * @param boundAccount which one
 * @param followed which strategy
 * @param terms on which it does
 * @param running whether it was opened, and not closed since
 * @param totalProfit realised so far, in USDT
 */
public record Binding(
    long id,
    TenantId tenant,
    UserId user,
    BoundAccount boundAccount,
    Followed followed,
    Terms terms,
    boolean running,
    BigDecimal totalProfit,
    long totalTrades,
    Instant createdAt) {
  public Binding {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(boundAccount, "boundAccount is null");
    requireNonNull(followed, "followed is null");
    requireNonNull(terms, "terms is null");
    requireNonNull(totalProfit, "totalProfit is null");
    requireNonNull(createdAt, "createdAt is null");
  }

  /** Number of the account. */
  public long account() {
    return boundAccount.id();
  }

  /** Number of the strategy. */
  public long strategy() {
    return followed.id();
  }

  /** As the operator calls the strategy. */
  public String strategyName() {
    return followed.strategyName();
  }

  /** As the tenant calls the strategy. */
  public String name() {
    return followed.name();
  }

  public String symbol() {
    return followed.symbol();
  }

  public Mode mode() {
    return terms.mode();
  }

  /** In USDT: its own, else that of the tenant's strategy. */
  public BigDecimal capital() {
    return terms.capital();
  }

  public int leverage() {
    return terms.leverage();
  }

  public RiskMode riskMode() {
    return terms.riskMode();
  }

  /** Points under which nothing new is entered. */
  public Amount minPointCard() {
    return terms.minPointCard();
  }

  /** Notional of one trade, in USDT. */
  public BigDecimal amountUsdt() {
    return terms.riskMode().amountUsdt(terms.capital(), terms.leverage());
  }

  /** What one trade puts up, in USDT. */
  public BigDecimal marginPerTrade() {
    return terms.riskMode().amountUsdt(terms.capital(), 1);
  }

  /**
   * The account that follows.
   *
   * @param label by which its owner knows it again
   */
  public record BoundAccount(long id, Exchange exchange, String label) {
    public BoundAccount {
      requireNonNull(exchange, "exchange is null");
      requireNonNull(label, "label is null");
    }
  }

  /**
   * What is followed.
   *
   * @param strategyName as the operator calls it
   * @param name as the tenant does
   * @param riskBasedSizing whether the tenant has amounts follow from what may be lost
   */
  public record Followed(
      long id,
      String code,
      String strategyName,
      String name,
      String symbol,
      boolean riskBasedSizing) {
    public Followed {
      requireNonNull(code, "code is null");
      requireNonNull(strategyName, "strategyName is null");
      requireNonNull(name, "name is null");
      requireNonNull(symbol, "symbol is null");
    }
  }

  /**
   * On what terms.
   *
   * @param capital in USDT: its own, else that of the tenant's strategy
   * @param maxLossPerTrade in USDT; 0: none
   * @param ratio how much of what it would trade it does trade, in percent
   * @param minPointCard points under which nothing new is entered
   */
  public record Terms(
      Mode mode,
      BigDecimal capital,
      int leverage,
      RiskMode riskMode,
      BigDecimal maxLossPerTrade,
      int ratio,
      Amount minPointCard) {
    public Terms {
      requireNonNull(mode, "mode is null");
      requireNonNull(capital, "capital is null");
      requireNonNull(riskMode, "riskMode is null");
      requireNonNull(maxLossPerTrade, "maxLossPerTrade is null");
      requireNonNull(minPointCard, "minPointCard is null");
    }
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
