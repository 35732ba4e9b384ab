package io.tollgate.edge.admin;

import io.tollgate.rewards.PointCard;
import io.tollgate.trading.engine.Binding;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A binding as {@code /api/strategy-bindings-admin} lists it.
 *
 * @param status 1: it runs; 0: stopped
 * @param paused it runs, but enters nothing new: points are owed or too few
 * @param capital its own, else that of the tenant's strategy
 * @param amountUsdt notional of one trade, leverage included
 * @param marginPerTrade what one trade puts up
 * @param ratio how much of that it does trade, in percent
 */
record BindingShown(
    long id,
    long tenantId,
    @Nullable String tenantName,
    long userId,
    @Nullable String userEmail,
    long accountId,
    String exchange,
    String exchangeAccountLabel,
    String strategyCode,
    String strategyName,
    int mode,
    int status,
    boolean paused,
    BigDecimal capital,
    int leverage,
    int riskMode,
    String riskModeLabel,
    BigDecimal amountUsdt,
    BigDecimal marginPerTrade,
    int ratio,
    boolean riskBasedSizing,
    BigDecimal maxLossPerTrade,
    BigDecimal minPointCard,
    BigDecimal pointCardSelf,
    BigDecimal pointCardGift,
    BigDecimal pointCardTotal,
    BigDecimal totalProfit,
    long totalTrades,
    Instant createdAt) {
  static BindingShown of(
      Binding row, @Nullable String tenantName, MemberNames names, PointCard card) {
    Binding.Terms terms = row.terms();
    return new BindingShown(
        row.id(),
        row.tenant().value(),
        tenantName,
        row.user().value(),
        names.email(row.user()),
        row.account(),
        row.boundAccount().exchange().code(),
        row.boundAccount().label(),
        row.followed().code(),
        row.strategyName(),
        terms.mode().number(),
        TradingFields.shown(row.running()),
        row.running() && card.pauses(terms.minPointCard()),
        terms.capital(),
        terms.leverage(),
        terms.riskMode().number(),
        terms.riskMode().label(),
        row.amountUsdt(),
        row.marginPerTrade(),
        terms.ratio(),
        row.followed().riskBasedSizing(),
        terms.maxLossPerTrade(),
        terms.minPointCard().toDecimal(),
        card.self().toDecimal(),
        card.gift().toDecimal(),
        card.total().toDecimal(),
        row.totalProfit(),
        row.totalTrades(),
        row.createdAt());
  }

  /** As {@code /api/strategy-bindings} lists it. */
  Brief brief() {
    return new Brief(
        id,
        userId,
        userEmail,
        accountId,
        exchange,
        strategyCode,
        strategyName,
        mode,
        status,
        capital,
        leverage,
        riskMode,
        riskModeLabel,
        amountUsdt,
        totalProfit,
        totalTrades,
        pointCardTotal,
        createdAt,
        minPointCard,
        paused);
  }

  /** What one tenant's list shows of it. */
  record Brief(
      long id,
      long userId,
      @Nullable String userEmail,
      long accountId,
      String exchange,
      String strategyCode,
      String strategyName,
      int mode,
      int status,
      BigDecimal capital,
      int leverage,
      int riskMode,
      String riskModeLabel,
      BigDecimal amountUsdt,
      BigDecimal totalProfit,
      long totalTrades,
      BigDecimal pointCardTotal,
      Instant createdAt,
      BigDecimal minPointCard,
      boolean paused) {}
}
