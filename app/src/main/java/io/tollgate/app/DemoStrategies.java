package io.tollgate.app;

import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.rewards.Points;
import io.tollgate.trading.engine.Binding;
import io.tollgate.trading.engine.Bindings;
import io.tollgate.trading.engine.Bindings.BindingChange;
import io.tollgate.trading.engine.Bindings.BindingFilter;
import io.tollgate.trading.engine.Bindings.BindingOrder;
import io.tollgate.trading.engine.Bindings.Place;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.trading.engine.RiskMode;
import io.tollgate.trading.engine.Strategies;
import io.tollgate.trading.engine.Strategy;
import io.tollgate.trading.exchange.MarketType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Strategies of the demo, which are open to its tenant, and who follows them. They look at every
 * minute of every pair of the simulator, with short spans, so that something is traded within a
 * minute of a start; stops and targets are as near as fees allow.
 */
final class DemoStrategies {
  private static final List<String> PAIRS =
      List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT");
  private static final BigDecimal CAPITAL = BigDecimal.valueOf(1_000);
  private static final BigDecimal LEAST_CAPITAL = BigDecimal.valueOf(200);
  private static final BigDecimal LEAST_POINTS = BigDecimal.ONE;
  private static final int LEVERAGE = 20;
  private static final int LEAST_CONFIDENCE = 50;

  /** What a day may see of trades is not used up in an hour. */
  private static final int COOLDOWN_MINUTES = 20;

  private static final int MOST = 500;
  private static final BindingChange STOPPED =
      new BindingChange(
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          Optional.of(false));

  private static final List<Strategy.Sheet> OFFERED =
      List.of(
          sheet(
              "ma_cross_btc",
              "Moving averages",
              "Buys when the average of two minutes rises above that of five, sells when it falls"
                  + " below.",
              1,
              RiskMode.STEADY,
              "{\"fast_ma\":2,\"slow_ma\":5,\"atr_floor_pct\":0.001}"),
          sheet(
              "macd_eth",
              "MACD",
              "Goes with the turn of a short MACD.",
              2,
              RiskMode.BALANCED,
              "{\"macd_fast\":3,\"macd_slow\":6,\"macd_signal\":3,\"atr_floor_pct\":0.001}"),
          sheet(
              "momentum_sol",
              "Momentum",
              "Goes with a price that has moved within five minutes.",
              3,
              RiskMode.BOLD,
              "{\"momentum_period\":5,\"momentum_threshold\":0.03,\"atr_floor_pct\":0.001}"));

  private final Strategies strategies;
  private final Bindings bindings;

  DemoStrategies(ModuleSite site) {
    EngineModule engine = site.module(EngineModule.class);
    this.strategies = engine.strategies();
    this.bindings = engine.bindings();
  }

  /** Makes those that are missing, and opens them to the tenant. */
  void offer(Transaction transaction, TenantId tenant) {
    for (Strategy.Sheet sheet : OFFERED) {
      if (strategies.findByCode(transaction, sheet.terms().code()).isEmpty()) {
        Strategy made = strategies.create(transaction, sheet);
        var _ = strategies.open(transaction, tenant, made.id());
      }
    }
  }

  /** Lets an account follow those that it never followed. */
  void follow(Transaction transaction, TenantId tenant, UserId user, long account) {
    List<Long> known =
        bindings.of(transaction, tenant, user).stream()
            .filter(binding -> binding.account() == account)
            .map(Binding::strategy)
            .toList();
    for (Strategy.Sheet sheet : OFFERED) {
      Optional<Long> open =
          strategies
              .findByCode(transaction, sheet.terms().code())
              .map(Strategy::id)
              .filter(id -> strategies.find(transaction, tenant, id).isPresent())
              .filter(id -> !known.contains(id));
      open.ifPresent(
          id ->
              bindings.open(
                  transaction,
                  new BindingOrder(
                      new Place(tenant, user, account, id),
                      Binding.Mode.LOOP,
                      Optional.empty(),
                      LEVERAGE,
                      sheet.terms().riskMode(),
                      Points.of(LEAST_POINTS))));
    }
  }

  /**
   * Stops what follows strategies in the tenant, and turns the demo's off; says how many that were.
   */
  int stop(Transaction transaction, TenantId tenant) {
    int stopped = 0;
    BindingFilter running =
        new BindingFilter(
            Optional.of(tenant), Optional.empty(), Optional.empty(), Optional.of(true));
    for (Binding binding : bindings.list(transaction, running, ListRequest.first(MOST)).rows()) {
      Binding _ = bindings.change(transaction, binding.id(), STOPPED);
      stopped++;
    }
    for (Strategy.Sheet sheet : OFFERED) {
      strategies
          .findByCode(transaction, sheet.terms().code())
          .filter(Strategy::active)
          .ifPresent(
              one -> strategies.change(transaction, one.id(), given -> given.withActive(false)));
    }
    return stopped;
  }

  private static Strategy.Sheet sheet(
      String code,
      String name,
      String description,
      int riskLevel,
      RiskMode risk,
      String parameters) {
    return new Strategy.Sheet(
        new Strategy.Terms(
            code,
            name,
            description,
            PAIRS.getFirst(),
            "1m",
            Optional.empty(),
            LEAST_CAPITAL,
            CAPITAL,
            LEVERAGE,
            risk),
        new Strategy.Rules(
            PAIRS, MarketType.FUTURE, riskLevel, LEAST_CONFIDENCE, COOLDOWN_MINUTES, parameters),
        new Strategy.Display(true, "", ""),
        true);
  }
}
