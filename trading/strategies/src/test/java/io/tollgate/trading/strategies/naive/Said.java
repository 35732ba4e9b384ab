package io.tollgate.trading.strategies.naive;

import io.tollgate.trading.strategies.StrategyOutput;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is said of a bar, without words: NaN for what is absent.
 *
 * @param side 1 buys, −1 sells, 0 neither
 * @param asks what indicators ask for
 */
public record Said(
    String type,
    int side,
    double entry,
    double stop,
    double target,
    double confidence,
    Map<String, Double> asks) {
  private static final java.util.List<String> ASKING =
      java.util.List.of(
          StrategyOutput.OPEN_FRACTION,
          StrategyOutput.CLOSE_FRACTION,
          StrategyOutput.LONG_STOP_LOSS,
          StrategyOutput.LONG_TAKE_PROFIT,
          StrategyOutput.SHORT_STOP_LOSS,
          StrategyOutput.SHORT_TAKE_PROFIT,
          StrategyOutput.RETEST_BARS);

  public static Said of(StrategyOutput output) {
    return new Said(
        output.type().name(),
        output.side().map(side -> side.sign()).orElse(0),
        output.entryPrice().orElse(Double.NaN),
        output.stopLoss().orElse(Double.NaN),
        output.takeProfit().orElse(Double.NaN),
        output.confidence().orElse(Double.NaN),
        output.indicators().entrySet().stream()
            .filter(entry -> ASKING.contains(entry.getKey()))
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (one, two) -> one, TreeMap::new)));
  }

  static Said of(
      String type, int side, double entry, double stop, double target, double confidence) {
    return new Said(
        type,
        side,
        entry,
        stop > 0 ? stop : Double.NaN,
        target > 0 ? target : Double.NaN,
        Math.max(0, Math.min(100, confidence)),
        new TreeMap<>());
  }

  static Said open(int side, double entry, double stop, double target, double confidence) {
    return of("OPEN", side, entry, stop, target, confidence);
  }

  static Said close(int side, double entry, double confidence) {
    return of("CLOSE", side, entry, Double.NaN, Double.NaN, confidence);
  }

  Said asking(String name, double value) {
    Map<String, Double> more = new TreeMap<>(asks);
    more.put(name, value);
    return new Said(type, side, entry, stop, target, confidence, more);
  }
}
