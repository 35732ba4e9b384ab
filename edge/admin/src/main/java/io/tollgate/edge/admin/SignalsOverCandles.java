package io.tollgate.edge.admin;

import io.tollgate.trading.engine.backtest.RunControl;
import io.tollgate.trading.engine.candles.BarFeed;
import io.tollgate.trading.strategies.SignalStrategy;
import io.tollgate.trading.strategies.StrategyOutput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What a strategy says of candles, one after another, without trading it. */
final class SignalsOverCandles {
  /** Outputs that are shown; all are counted. */
  static final int MOST = 20_000;

  private SignalsOverCandles() {}

  static Map<String, @Nullable Object> of(BacktestBody asked, RunControl control) {
    SignalStrategy strategy = asked.strategy();
    long first = asked.firstOutput(strategy);
    List<Row> rows = new ArrayList<>();
    long total = 0;
    BarFeed bars = control.watch(asked.candles().feed());
    for (long index = 0; bars.next(); index++) {
      Optional<StrategyOutput> output =
          strategy.onBar(
              bars.openTime(), bars.open(), bars.high(), bars.low(), bars.close(), bars.volume());
      if (output.isPresent() && index >= first) {
        total++;
        if (rows.size() < MOST) {
          rows.add(Row.of(index, bars.openTime(), output.get()));
        }
      }
    }
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("outputs", rows);
    shown.put("total", total);
    shown.put("warnings", asked.settings().warnings());
    return shown;
  }

  /** One of them; numbers are the strategy's own doubles, to the last bit. */
  private record Row(
      long index,
      Instant time,
      String symbol,
      String signalType,
      @Nullable String side,
      @Nullable Double entryPrice,
      @Nullable Double stopLoss,
      @Nullable Double takeProfit,
      @Nullable Double confidence,
      String reason,
      Map<String, Double> indicators) {
    static Row of(long index, long openTime, StrategyOutput output) {
      return new Row(
          index,
          Instant.ofEpochMilli(openTime),
          output.symbol(),
          output.type().name(),
          output.side().map(Enum::name).orElse(null),
          number(output.entryPrice()),
          number(output.stopLoss()),
          number(output.takeProfit()),
          number(output.confidence()),
          output.reason(),
          output.indicators());
    }

    private static @Nullable Double number(OptionalDouble given) {
      return given.isPresent() ? given.getAsDouble() : null;
    }
  }
}
