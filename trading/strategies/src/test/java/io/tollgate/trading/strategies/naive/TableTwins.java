package io.tollgate.trading.strategies.naive;

import static io.tollgate.trading.strategies.naive.Formulas.deviation;
import static io.tollgate.trading.strategies.naive.Formulas.distance;
import static io.tollgate.trading.strategies.naive.Formulas.ema;
import static io.tollgate.trading.strategies.naive.Formulas.highestBefore;
import static io.tollgate.trading.strategies.naive.Formulas.histogram;
import static io.tollgate.trading.strategies.naive.Formulas.lowestBefore;
import static io.tollgate.trading.strategies.naive.Formulas.roc;
import static io.tollgate.trading.strategies.naive.Formulas.rsi;
import static io.tollgate.trading.strategies.naive.Formulas.sma;
import static io.tollgate.trading.strategies.naive.Formulas.supertrend;
import static io.tollgate.trading.strategies.naive.Formulas.zScore;

import io.tollgate.trading.strategies.naive.Formulas.Trend;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The strategies of the table. */
final class TableTwins {
  private TableTwins() {}

  static Map<String, Twin> all() {
    Map<String, Twin> twins = new HashMap<>();
    twins.put("ma_cross", TableTwins::movingAverageCross);
    twins.put("ema_cross", TableTwins::exponentialCross);
    twins.put("macd", TableTwins::macd);
    twins.put("rsi", TableTwins::rsiReturn);
    twins.put("bollinger", TableTwins::bollinger);
    twins.put("rsi_boll", TableTwins::rsiBollinger);
    twins.put("boll_squeeze", TableTwins::squeeze);
    twins.put("breakout", TableTwins::breakout);
    twins.put("turtle", TableTwins::turtle);
    twins.put("momentum", TableTwins::momentum);
    twins.put("mean_reversion", TableTwins::meanReversion);
    twins.put("supertrend", TableTwins::supertrendTurn);
    twins.put("keltner", TableTwins::keltner);
    twins.put("grid", GridTwin::say);
    return twins;
  }

  /** 1 where x comes from at or under y to over it, −1 mirrored, else 0. */
  static int cross(double[] x, double[] y, int i) {
    if (x[i - 1] <= y[i - 1] && x[i] > y[i]) {
      return 1;
    }
    return x[i - 1] >= y[i - 1] && x[i] < y[i] ? -1 : 0;
  }

  /** An entry at the close with stop and target in multiples of a distance. */
  static @Nullable Said atr(
      int side, double close, double distance, double stop, double target, double confidence) {
    return side == 0
        ? null
        : Said.open(
            side,
            close,
            close - side * (stop * distance),
            close + side * (target * distance),
            confidence);
  }

  private static @Nullable Said[] movingAverageCross(Series s, Values v) {
    double[] c = s.close();
    boolean exponential = v.is("use_ema");
    double[] fast = exponential ? ema(c, v.whole("fast_ma")) : sma(c, v.whole("fast_ma"));
    double[] slow = exponential ? ema(c, v.whole("slow_ma")) : sma(c, v.whole("slow_ma"));
    double[] a = distance(s, v.number("atr_floor_pct"));
    return Twin.each(
        s,
        v.whole("slow_ma") + 2,
        i ->
            atr(
                cross(fast, slow, i),
                c[i],
                a[i],
                v.number("atr_sl_mult"),
                v.number("atr_tp_mult"),
                Math.min(90, 70 + 10 * Math.abs(fast[i] - slow[i]) / slow[i] * 100)));
  }

  private static @Nullable Said[] exponentialCross(Series s, Values v) {
    double[] c = s.close();
    double[] fast = ema(c, v.whole("fast_ema"));
    double[] slow = ema(c, v.whole("slow_ema"));
    double[] signal = ema(c, v.whole("signal_ema"));
    double[] a = distance(s, v.number("atr_floor_pct"));
    return Twin.each(
        s,
        v.whole("slow_ema") + 2,
        i -> {
          int side = cross(fast, slow, i);
          boolean passed = side > 0 ? c[i] > signal[i] : c[i] < signal[i];
          return passed
              ? atr(side, c[i], a[i], v.number("sl_atr_mult"), v.number("tp_atr_mult"), 75)
              : null;
        });
  }

  private static @Nullable Said[] macd(Series s, Values v) {
    double[] c = s.close();
    double[] bars =
        histogram(c, v.whole("macd_fast"), v.whole("macd_slow"), v.whole("macd_signal"));
    double[] zero = new double[s.length()];
    double[] a = distance(s, v.number("atr_floor_pct"));
    return Twin.each(
        s,
        v.whole("macd_slow") + v.whole("macd_signal"),
        i ->
            atr(
                cross(bars, zero, i),
                c[i],
                a[i],
                v.number("sl_atr_mult"),
                v.number("tp_atr_mult"),
                Math.min(85, 65 + 5 * Math.abs(bars[i]))));
  }

  private static @Nullable Said[] rsiReturn(Series s, Values v) {
    double[] c = s.close();
    double[] r = rsi(c, v.whole("rsi_period"));
    double[] a = distance(s, v.number("atr_floor_pct"));
    double dear = v.number("rsi_overbought");
    double cheap = v.number("rsi_oversold");
    return Twin.each(
        s,
        v.whole("rsi_period") + 2,
        i -> {
          double was = r[i - 1];
          int side = 0;
          double confidence = 80;
          if (was < cheap && r[i] >= cheap) {
            side = 1;
            confidence = was < 20 ? 85 : was < 25 ? 80 : 70;
          } else if (was > dear && r[i] <= dear) {
            side = -1;
            confidence = was > 80 ? 85 : was > 75 ? 80 : 70;
          } else if (was >= 20 && r[i] < 20) {
            side = 1;
          } else if (was <= 80 && r[i] > 80) {
            side = -1;
          }
          return atr(
              side, c[i], a[i], v.number("sl_atr_mult"), v.number("tp_atr_mult"), confidence);
        });
  }

  private static @Nullable Said[] bollinger(Series s, Values v) {
    double[] c = s.close();
    int n = v.whole("boll_period");
    double[] middle = sma(c, n);
    double[] sigma = deviation(c, n, false);
    double k = v.number("boll_std");
    double[] upper = Formulas.series(s.length(), i -> middle[i] + k * sigma[i]);
    double[] lower = Formulas.series(s.length(), i -> middle[i] - k * sigma[i]);
    double[] a = distance(s, v.number("atr_floor_pct"));
    double sl = v.number("sl_atr_mult");
    double tp = v.number("tp_atr_mult");
    if (v.text("mode").equals("breakout")) {
      return Twin.each(
          s,
          n + 1,
          i -> {
            boolean up = c[i - 1] <= upper[i - 1] && c[i] > upper[i];
            boolean down = c[i - 1] >= lower[i - 1] && c[i] < lower[i];
            return atr(up ? 1 : down ? -1 : 0, c[i], a[i], sl, tp, 70);
          });
    }
    return Twin.each(
        s,
        n + 1,
        i -> {
          if (c[i - 1] < lower[i - 1] && c[i] >= lower[i]) {
            return Said.open(1, c[i], c[i] - sl * a[i], middle[i], 70);
          }
          return c[i - 1] > upper[i - 1] && c[i] <= upper[i]
              ? Said.open(-1, c[i], c[i] + sl * a[i], middle[i], 70)
              : null;
        });
  }

  private static @Nullable Said[] rsiBollinger(Series s, Values v) {
    double[] c = s.close();
    int n = v.whole("boll_period");
    double[] r = rsi(c, v.whole("rsi_period"));
    double[] middle = sma(c, n);
    double[] sigma = deviation(c, n, false);
    double k = v.number("boll_std");
    return Twin.each(
        s,
        Math.max(v.whole("rsi_period") + 1, n),
        i -> {
          double upper = middle[i] + k * sigma[i];
          double lower = middle[i] - k * sigma[i];
          if (r[i] < v.number("rsi_oversold") && c[i] <= lower * 1.01) {
            double more = r[i] < 20 ? 20 : r[i] < 25 ? 15 : r[i] < 30 ? 10 : 0;
            return Said.open(1, c[i], lower * 0.98, middle[i], 60 + more);
          }
          if (r[i] > v.number("rsi_overbought") && c[i] >= upper * 0.99) {
            double more = r[i] > 80 ? 20 : r[i] > 75 ? 15 : r[i] > 70 ? 10 : 0;
            return Said.open(-1, c[i], upper * 1.02, middle[i], 60 + more);
          }
          return null;
        });
  }

  private static @Nullable Said[] squeeze(Series s, Values v) {
    double[] c = s.close();
    int n = v.whole("boll_period");
    double[] middle = sma(c, n);
    double[] sigma = deviation(c, n, false);
    double k = v.number("boll_std");
    double[] a = distance(s, v.number("atr_floor_pct"));
    return Twin.each(
        s,
        n,
        i -> {
          double upper = middle[i] + k * sigma[i];
          double lower = middle[i] - k * sigma[i];
          double further = v.number("tp_atr_mult") * a[i];
          if ((upper - lower) / middle[i] * 100 >= v.number("squeeze_threshold")) {
            return null;
          }
          if (c[i] > middle[i]) {
            return Said.open(1, c[i], middle[i], upper + further, 70);
          }
          return c[i] < middle[i] ? Said.open(-1, c[i], middle[i], lower - further, 70) : null;
        });
  }

  private static @Nullable Said[] breakout(Series s, Values v) {
    double[] c = s.close();
    int n = v.whole("lookback");
    double[] high = highestBefore(s.high(), n);
    double[] low = lowestBefore(s.low(), n);
    return Twin.each(
        s,
        n + 1,
        i -> {
          if (c[i] > high[i]) {
            return Said.open(1, c[i], high[i], c[i] + (c[i] - high[i]), 80);
          }
          return c[i] < low[i] ? Said.open(-1, c[i], low[i], c[i] - (low[i] - c[i]), 80) : null;
        });
  }

  private static @Nullable Said[] turtle(Series s, Values v) {
    double[] c = s.close();
    double[] h = s.high();
    double[] l = s.low();
    double[] enterHigh = highestBefore(h, v.whole("entry_period"));
    double[] enterLow = lowestBefore(l, v.whole("entry_period"));
    double[] exitHigh = highestBefore(h, v.whole("exit_period"));
    double[] exitLow = lowestBefore(l, v.whole("exit_period"));
    double[] range = Formulas.atr(s, v.whole("atr_period"));
    double risk = v.number("risk_unit");
    int needed =
        Math.max(v.whole("entry_period"), Math.max(v.whole("exit_period"), v.whole("atr_period")))
            + 1;
    Supposed supposed = new Supposed();
    return Twin.each(
        s,
        needed,
        i -> {
          supposed.pass(h[i], l[i]);
          if (supposed.isLong() && c[i] < exitLow[i]) {
            supposed.endLong();
            return Said.close(-1, c[i], 80);
          }
          if (supposed.isShort() && c[i] > exitHigh[i]) {
            supposed.endShort();
            return Said.close(1, c[i], 80);
          }
          if (h[i] > enterHigh[i] && l[i] < enterLow[i]) {
            return null;
          }
          int side = h[i] > enterHigh[i] ? 1 : l[i] < enterLow[i] ? -1 : 0;
          return supposed.open(atr(side, c[i], range[i], risk, 2 * risk, 80));
        });
  }

  private static @Nullable Said[] momentum(Series s, Values v) {
    double[] c = s.close();
    double[] change = roc(c, v.whole("momentum_period"));
    double[] a = distance(s, v.number("atr_floor_pct"));
    double threshold = v.number("momentum_threshold");
    return Twin.each(
        s,
        v.whole("momentum_period") + 1,
        i ->
            atr(
                change[i] > threshold ? 1 : change[i] < -threshold ? -1 : 0,
                c[i],
                a[i],
                v.number("sl_atr_mult"),
                v.number("tp_atr_mult"),
                Math.min(90, 70 + Math.abs(change[i]))));
  }

  private static @Nullable Said[] meanReversion(Series s, Values v) {
    double[] c = s.close();
    int n = v.whole("period");
    double[] z = zScore(c, n);
    double[] mean = sma(c, n);
    double[] a = distance(s, v.number("atr_floor_pct"));
    Supposed supposed = new Supposed();
    return Twin.each(
        s,
        n + 1,
        i -> {
          supposed.pass(s.high()[i], s.low()[i]);
          double confidence = 70 + Math.min(5 * Math.abs(z[i]), 20);
          if (Math.abs(z[i]) < v.number("exit_std") && (supposed.isLong() || supposed.isShort())) {
            int side = (supposed.isShort() ? 1 : 0) - (supposed.isLong() ? 1 : 0);
            supposed.endLong();
            supposed.endShort();
            return Said.close(side, c[i], confidence);
          }
          int side = z[i] < -v.number("std_mult") ? 1 : z[i] > v.number("std_mult") ? -1 : 0;
          return side == 0
              ? null
              : supposed.open(Said.open(side, c[i], c[i] - side * (2 * a[i]), mean[i], confidence));
        });
  }

  private static @Nullable Said[] supertrendTurn(Series s, Values v) {
    double[] c = s.close();
    Trend trend = supertrend(s, v.whole("period"), v.number("multiplier"));
    double[] range = Formulas.atr(s, v.whole("period"));
    return Twin.each(
        s,
        v.whole("period") + 2,
        i -> {
          int side = trend.up()[i];
          return side == trend.up()[i - 1]
              ? null
              : Said.open(side, c[i], trend.line()[i], c[i] + side * (4 * range[i]), 80);
        });
  }

  private static @Nullable Said[] keltner(Series s, Values v) {
    double[] c = s.close();
    double[] middle = ema(c, v.whole("ema_period"));
    double[] range = Formulas.atr(s, v.whole("atr_period"));
    double m = v.number("atr_mult");
    boolean trend = v.text("mode").equals("trend");
    return Twin.each(
        s,
        Math.max(v.whole("ema_period"), v.whole("atr_period")) + 1,
        i -> {
          double upper = middle[i] + m * range[i];
          double lower = middle[i] - m * range[i];
          if (trend) {
            int side = c[i] > upper ? 1 : c[i] < lower ? -1 : 0;
            return side == 0
                ? null
                : Said.open(side, c[i], middle[i], c[i] + side * (3 * range[i]), 75);
          }
          if (c[i] <= lower * 1.01) {
            return Said.open(1, c[i], lower - 0.5 * range[i], middle[i], 70);
          }
          return c[i] >= upper * 0.99
              ? Said.open(-1, c[i], upper + 0.5 * range[i], middle[i], 70)
              : null;
        });
  }
}
