package io.tollgate.trading.strategies.naive;

import static io.tollgate.trading.strategies.naive.Formulas.distance;
import static io.tollgate.trading.strategies.naive.Formulas.ema;
import static io.tollgate.trading.strategies.naive.Formulas.highestBefore;
import static io.tollgate.trading.strategies.naive.Formulas.lowestBefore;
import static io.tollgate.trading.strategies.naive.Formulas.rsi;
import static io.tollgate.trading.strategies.naive.Formulas.sma;
import static io.tollgate.trading.strategies.naive.TableTwins.atr;
import static io.tollgate.trading.strategies.naive.TableTwins.cross;

import io.tollgate.contracts.Timeframe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Those that follow a trend, or expect one to begin. */
final class TrendTwins {
  private TrendTwins() {}

  static Map<String, Twin> all() {
    Map<String, Twin> twins = new HashMap<>();
    twins.put("trend_aggressive", TrendTwins::aggressive);
    twins.put("trend_add", TrendTwins::additions);
    twins.put("swing", TrendTwins::swing);
    twins.put("ma_dense", TrendTwins::dense);
    twins.put("sr_break", TrendTwins::supportBreak);
    twins.put("hft", TrendTwins::highFrequency);
    return twins;
  }

  private static @Nullable Said[] aggressive(Series s, Values v) {
    double[] c = s.close();
    double[] fast = ema(c, v.whole("ema_fast"));
    double[] slow = ema(c, v.whole("ema_slow"));
    double[] r = rsi(c, 14);
    double[] a = distance(s, v.number("atr_floor_pct"));
    return Twin.each(
        s,
        Math.max(v.whole("ema_slow"), 14) + 2,
        i -> {
          int side = cross(fast, slow, i);
          boolean room = side > 0 ? r[i] < 65 : r[i] > 35;
          return room ? atr(side, c[i], a[i], v.number("atr_multiplier"), 3, 75) : null;
        });
  }

  private static @Nullable Said[] additions(Series s, Values v) {
    double[] c = s.close();
    double[] mean = ema(c, v.whole("ema_period"));
    double[] a = distance(s, v.number("atr_floor_pct"));
    double near = v.number("pullback_pct") / 100;
    int needed = v.whole("ema_period") + 1;
    Supposed supposed = new Supposed();
    @Nullable Said[] said = new @Nullable Said[s.length()];
    int crossed = 0;
    boolean away = false;
    int additions = 0;
    for (int i = 1; i < s.length(); i++) {
      supposed.pass(s.high()[i], s.low()[i]);
      int crossing = cross(c, mean, i);
      crossed = crossing == 0 ? crossed : crossing;
      if (i + 1 < needed) {
        continue;
      }
      if (supposed.isLong()) {
        if (c[i] < mean[i]) {
          supposed.endLong();
          said[i] = Said.close(-1, c[i], 70);
        } else if (s.low()[i] > mean[i] * (1 + near)) {
          away = true;
        } else if (away
            && c[i] > s.open()[i]
            && c[i] > mean[i]
            && additions < v.whole("max_additions")) {
          away = false;
          additions++;
          said[i] = added(1, c[i], a[i]);
        }
      } else if (supposed.isShort()) {
        if (c[i] > mean[i]) {
          supposed.endShort();
          said[i] = Said.close(1, c[i], 70);
        } else if (s.high()[i] < mean[i] * (1 - near)) {
          away = true;
        } else if (away
            && c[i] < s.open()[i]
            && c[i] < mean[i]
            && additions < v.whole("max_additions")) {
          away = false;
          additions++;
          said[i] = added(-1, c[i], a[i]);
        }
      } else {
        boolean up = crossed == 1 && c[i] > mean[i] && mean[i] > mean[i - 1];
        boolean down = crossed == -1 && c[i] < mean[i] && mean[i] < mean[i - 1];
        if (up || down) {
          said[i] = supposed.open(atr(up ? 1 : -1, c[i], a[i], 2, 4, 70));
          crossed = 0;
          away = false;
          additions = 0;
        }
      }
    }
    return said;
  }

  private static Said added(int side, double close, double a) {
    return Said.of("ADD", side, close, close - side * (2 * a), close + side * (4 * a), 65)
        .asking("open_fraction", 0.5);
  }

  private static @Nullable Said[] swing(Series s, Values v) {
    double[] c = s.close();
    double[] mean = sma(c, v.whole("ma_period"));
    double[] a = distance(s, v.number("atr_floor_pct"));
    double share = v.number("swing_target") / 100;
    return Twin.each(
        s,
        Math.max(v.whole("ma_period"), 5) + 1,
        i -> {
          int side = cross(c, mean, i);
          if (side > 0 && mean[i] >= mean[i - 1]) {
            double low = Arrays.stream(s.low(), i - 4, i + 1).min().orElseThrow();
            return Said.open(1, c[i], Math.min(low, c[i] - a[i]), c[i] * (1 + share), 70);
          }
          if (side < 0 && mean[i] <= mean[i - 1]) {
            double high = Arrays.stream(s.high(), i - 4, i + 1).max().orElseThrow();
            return Said.open(-1, c[i], Math.max(high, c[i] + a[i]), c[i] * (1 - share), 70);
          }
          return null;
        });
  }

  private static @Nullable Said[] dense(Series s, Values v) {
    double[] c = s.close();
    List<double[]> averages =
        v.wholes("ma_periods").stream()
            .map(n -> v.text("ma_type").equals("SMA") ? sma(c, n) : ema(c, n))
            .toList();
    double[] top =
        Formulas.series(
            c.length, i -> averages.stream().mapToDouble(x -> x[i]).max().orElseThrow());
    double[] bottom =
        Formulas.series(
            c.length, i -> averages.stream().mapToDouble(x -> x[i]).min().orElseThrow());
    double[] a = distance(s, v.number("atr_floor_pct"));
    return Twin.each(
        s,
        v.wholes("ma_periods").getLast() + 1,
        i -> {
          double apart = (top[i - 1] - bottom[i - 1]) / bottom[i - 1] * 100;
          if (apart >= v.number("dense_threshold")) {
            return null;
          }
          int side = cross(c, top, i) > 0 ? 1 : cross(c, bottom, i) < 0 ? -1 : 0;
          return atr(side, c[i], a[i], v.number("sl_atr_mult"), v.number("tp_atr_mult"), 75);
        });
  }

  private static @Nullable Said[] supportBreak(Series s, Values v) {
    double[] c = s.close();
    int n = v.whole("lookback");
    double[] top = highestBefore(s.high(), n);
    double[] bottom = lowestBefore(s.low(), n);
    double[] a = distance(s, v.number("atr_floor_pct"));
    double tolerance = v.number("tolerance_pct") / 100;
    return Twin.each(
        s,
        n + 1,
        i -> {
          long touchedTop =
              Arrays.stream(s.high(), i - n, i).filter(h -> h >= top[i] * (1 - tolerance)).count();
          long touchedBottom =
              Arrays.stream(s.low(), i - n, i)
                  .filter(l -> l <= bottom[i] * (1 + tolerance))
                  .count();
          if (c[i] > top[i] && touchedTop >= v.whole("min_touches")) {
            double stop = top[i] - a[i];
            return Said.open(1, c[i], stop, c[i] + 2 * (c[i] - stop), 75);
          }
          if (c[i] < bottom[i] && touchedBottom >= v.whole("min_touches")) {
            double stop = bottom[i] + a[i];
            return Said.open(-1, c[i], stop, c[i] - 2 * (stop - c[i]), 75);
          }
          return null;
        });
  }

  private static @Nullable Said[] highFrequency(Series s, Values v) {
    double[] c = s.close();
    double[] mean = ema(c, v.whole("ema_period"));
    double[] r = rsi(c, v.whole("rsi_period"));
    double stop = v.number("stop_loss") / 100;
    double target = v.number("profit_target") / 100;
    return Twin.each(
        s,
        Math.max(v.whole("ema_period"), v.whole("rsi_period")) + 1,
        i -> {
          int side = cross(c, mean, i);
          if (side > 0 && r[i] > 50) {
            return Said.open(1, c[i], c[i] * (1 - stop), c[i] * (1 + target), 65);
          }
          return side < 0 && r[i] < 50
              ? Said.open(-1, c[i], c[i] * (1 + stop), c[i] * (1 - target), 65)
              : null;
        });
  }

  /** Depends on how long a bar is, too. */
  static @Nullable Said[] multipleTimeframes(Series s, Timeframe timeframe, Values v) {
    double[] c = s.close();
    double[] fast = ema(c, v.whole("ema_fast"));
    double[] slow = ema(c, v.whole("ema_slow"));
    double[] a = distance(s, v.number("atr_floor_pct"));
    long length = timeframe.lengthMs() * v.whole("higher_factor");
    int needed =
        Math.max(v.whole("ema_slow") + 2, v.whole("higher_factor") * (v.whole("higher_ema") + 1));
    return Twin.each(
        s,
        needed,
        i -> {
          int side = cross(fast, slow, i);
          return side != 0 && trend(s, timeframe, length, i, v.whole("higher_ema")) == side
              ? atr(side, c[i], a[i], v.number("sl_atr_mult"), v.number("tp_atr_mult"), 80)
              : null;
        });
  }

  /** The trend of the longer bars that are closed with the bar of an index. */
  private static int trend(Series s, Timeframe timeframe, long length, int last, int n) {
    List<Double> closes = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      long period = Math.floorDiv(s.time()[i], length);
      boolean ends =
          i == last
              ? s.time()[i] + timeframe.lengthMs() == (period + 1) * length
              : Math.floorDiv(s.time()[i + 1], length) > period;
      boolean whole = period > Math.floorDiv(s.time()[0], length) || s.time()[0] == period * length;
      if (ends && whole) {
        closes.add(s.close()[i]);
      }
    }
    double[] all = closes.stream().mapToDouble(x -> x).toArray();
    double mean = all.length == 0 ? Double.NaN : ema(all, n)[all.length - 1];
    return Double.isNaN(mean) ? 0 : (int) Math.signum(all[all.length - 1] - mean);
  }
}
