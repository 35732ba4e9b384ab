package io.tollgate.trading.strategies;

import io.tollgate.ground.GivenText;
import io.tollgate.ground.config.NearestName;
import io.tollgate.trading.strategies.internal.rules.Arbitrage;
import io.tollgate.trading.strategies.internal.rules.BollingerBands;
import io.tollgate.trading.strategies.internal.rules.BollingerSqueeze;
import io.tollgate.trading.strategies.internal.rules.DenseAverages;
import io.tollgate.trading.strategies.internal.rules.DonchianBreakout;
import io.tollgate.trading.strategies.internal.rules.ExponentialCross;
import io.tollgate.trading.strategies.internal.rules.FibonacciLimit;
import io.tollgate.trading.strategies.internal.rules.FibonacciReturn;
import io.tollgate.trading.strategies.internal.rules.Grid;
import io.tollgate.trading.strategies.internal.rules.Hedge;
import io.tollgate.trading.strategies.internal.rules.HighFrequency;
import io.tollgate.trading.strategies.internal.rules.KeltnerChannel;
import io.tollgate.trading.strategies.internal.rules.MacdCross;
import io.tollgate.trading.strategies.internal.rules.MarketRegime;
import io.tollgate.trading.strategies.internal.rules.MeanReversion;
import io.tollgate.trading.strategies.internal.rules.Momentum;
import io.tollgate.trading.strategies.internal.rules.MovingAverageCross;
import io.tollgate.trading.strategies.internal.rules.MultipleTimeframes;
import io.tollgate.trading.strategies.internal.rules.Portfolio;
import io.tollgate.trading.strategies.internal.rules.Reversal;
import io.tollgate.trading.strategies.internal.rules.ReversalHedge;
import io.tollgate.trading.strategies.internal.rules.RsiBollinger;
import io.tollgate.trading.strategies.internal.rules.RsiReturn;
import io.tollgate.trading.strategies.internal.rules.Scalping;
import io.tollgate.trading.strategies.internal.rules.SmartMoney;
import io.tollgate.trading.strategies.internal.rules.SupertrendTurn;
import io.tollgate.trading.strategies.internal.rules.SupportBreak;
import io.tollgate.trading.strategies.internal.rules.Swing;
import io.tollgate.trading.strategies.internal.rules.TrendAdd;
import io.tollgate.trading.strategies.internal.rules.TrendAggressive;
import io.tollgate.trading.strategies.internal.rules.Turtle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All strategies there are. */
public final class StrategyCatalogue {
  private static final List<StrategyKind> ALL =
      List.of(
          MarketRegime.KIND,
          ExponentialCross.KIND,
          MovingAverageCross.KIND,
          RsiReturn.KIND,
          RsiBollinger.KIND,
          MacdCross.KIND,
          SupertrendTurn.KIND,
          BollingerSqueeze.KIND,
          KeltnerChannel.KIND,
          DonchianBreakout.KIND,
          MeanReversion.KIND,
          Turtle.KIND,
          Grid.KIND,
          Momentum.KIND,
          BollingerBands.KIND,
          TrendAggressive.KIND,
          TrendAdd.KIND,
          Swing.KIND,
          DenseAverages.KIND,
          Reversal.KIND,
          Scalping.KIND,
          Arbitrage.KIND,
          Hedge.KIND,
          Hedge.CONSERVATIVE,
          ReversalHedge.KIND,
          SmartMoney.KIND,
          FibonacciReturn.KIND,
          FibonacciLimit.KIND,
          MultipleTimeframes.KIND,
          SupportBreak.KIND,
          HighFrequency.KIND,
          Portfolio.KIND,
          MarketRegime.BALANCED,
          MarketRegime.AGGRESSIVE);

  private static final Map<String, StrategyKind> BY_CODE =
      ALL.stream()
          .collect(
              Collectors.toMap(
                  StrategyKind::code,
                  kind -> kind,
                  (one, other) -> {
                    throw new IllegalStateException("two strategies are called " + one.code());
                  },
                  LinkedHashMap::new));

  private StrategyCatalogue() {}

  /** All of them, in the order in which they are shown. */
  public static List<StrategyKind> all() {
    return ALL;
  }

  public static Optional<StrategyKind> find(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /**
   * The strategy of a code.
   *
   * @param field in which it was given
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when there is none such; it names
   *     the nearest
   */
  public static StrategyKind require(String field, String code) {
    return find(code)
        .orElseThrow(
            () ->
                GivenText.refused(
                    field,
                    code,
                    "the code of a strategy"
                        + NearestName.of(GivenText.shown(code), BY_CODE.keySet())
                            .map(nearest -> ", such as " + nearest)
                            .orElse("")));
  }
}
