package io.tollgate.trading.strategies.naive;

import static io.tollgate.trading.strategies.naive.Formulas.distance;
import static io.tollgate.trading.strategies.naive.Formulas.lowestBefore;
import static io.tollgate.trading.strategies.naive.TableTwins.atr;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Those that look at the shape of what has been. */
final class StructureTwins {
  private StructureTwins() {}

  static Map<String, Twin> all() {
    Map<String, Twin> twins = new HashMap<>();
    twins.put("smc", StructureTwins::smartMoney);
    twins.put("smc_fibo", StructureTwins::fibonacciReturn);
    twins.put("smc_fibo_flex", StructureTwins::fibonacciLimit);
    return twins;
  }

  /** A bar upside down: what is a rule for buying is one for selling of it. */
  private static Series mirrored(Series s) {
    return new Series(
        s.time(),
        negated(s.open()),
        negated(s.low()),
        negated(s.high()),
        negated(s.close()),
        s.volume());
  }

  private static double[] negated(double[] x) {
    return Formulas.series(x.length, i -> -x[i]);
  }

  private static @Nullable Said[] smartMoney(Series s, Values v) {
    int needed = Math.max(v.whole("lookback"), v.whole("liquidity_lookback")) + 3;
    boolean[] buys = returns(s, v, needed);
    boolean[] sells = returns(mirrored(s), v, needed);
    double[] a = distance(s, v.number("atr_floor_pct"));
    return Twin.each(
        s,
        needed,
        i ->
            atr(
                buys[i] ? 1 : sells[i] ? -1 : 0,
                s.close()[i],
                a[i],
                v.number("sl_atr_mult"),
                v.number("tp_atr_mult"),
                75));
  }

  /** Where the price returns into a block from above after a sweep of lows. */
  private static boolean[] returns(Series s, Values v, int needed) {
    double[] o = s.open();
    double[] h = s.high();
    double[] l = s.low();
    double[] c = s.close();
    int lookback = v.whole("lookback");
    int liquidity = v.whole("liquidity_lookback");
    double[] floor = lowestBefore(l, liquidity);
    boolean[] returns = new boolean[s.length()];
    int block = -1;
    int made = -1;
    for (int i = 2; i < s.length(); i++) {
      if (block >= 0 && (i - made > lookback || c[i] < l[block])) {
        block = -1;
      }
      int now = i;
      boolean swept =
          IntStream.rangeClosed(Math.max(0, i - liquidity), i)
              .anyMatch(k -> l[k] < floor[k] && c[k] > floor[k]);
      if (i + 1 >= needed && block >= 0 && swept && c[i] > o[i] && l[i] <= h[block]) {
        returns[i] = true;
        block = -1;
      }
      double gap = l[i] - h[i - 2];
      if (gap > 0 && gap / Math.abs(c[i]) >= v.number("fvg_min_gap")) {
        OptionalInt found =
            IntStream.range(2, 2 + lookback)
                .map(ago -> now - ago)
                .filter(
                    k ->
                        k >= 0
                            && c[k] < o[k]
                            && (o[k] - c[k]) / (h[k] - l[k]) >= v.number("ob_min_body_ratio"))
                .findFirst();
        if (found.isPresent()) {
          block = found.getAsInt();
          made = i;
        }
      }
    }
    return returns;
  }

  /** An impulse known at a bar: where it began and ended. */
  private record Impulse(double from, double to) {}

  /** Impulses upwards by the bar with which they are known. */
  private static @Nullable Impulse[] impulses(Series s, Values v) {
    int left = v.whole("swing_left");
    int right = v.whole("swing_right");
    @Nullable Impulse[] known = new @Nullable Impulse[s.length()];
    double lastHigh = Double.NaN;
    double lastLow = Double.NaN;
    for (int i = left + right; i < s.length(); i++) {
      int middle = i - right;
      boolean top =
          IntStream.rangeClosed(i - right - left, i)
              .allMatch(k -> k == middle || s.high()[k] < s.high()[middle]);
      boolean bottom =
          IntStream.rangeClosed(i - right - left, i)
              .allMatch(k -> k == middle || s.low()[k] > s.low()[middle]);
      double high = s.high()[middle];
      if (top && !bottom && high > lastHigh && high > lastLow) {
        known[i] = new Impulse(lastLow, high);
      }
      lastHigh = top ? high : lastHigh;
      lastLow = bottom ? s.low()[middle] : lastLow;
    }
    return known;
  }

  private static @Nullable Said[] fibonacciReturn(Series s, Values v) {
    double[] c = s.close();
    Series down = mirrored(s);
    @Nullable Impulse[] rises = impulses(s, v);
    @Nullable Impulse[] falls = impulses(down, v);
    int needed = v.whole("swing_left") + v.whole("swing_right") + 2;
    @Nullable Said[] said = new @Nullable Said[s.length()];
    @Nullable Impulse impulse = null;
    int side = 0;
    int known = 0;
    for (int i = 0; i < s.length(); i++) {
      if (impulse != null) {
        Series seen = side > 0 ? s : down;
        double close = seen.close()[i];
        double height = impulse.to - impulse.from;
        double entry = impulse.to - v.number("fibo_level") * height;
        double stop = impulse.from - 0.1 * height;
        double target = impulse.from + 1.618 * height;
        boolean failed = close < impulse.from;
        if (!failed
            && i + 1 >= needed
            && seen.low()[i] <= entry
            && close > entry
            && close > seen.open()[i]
            && (target - close) / (close - stop) >= v.number("min_rr")) {
          said[i] = Said.open(side, c[i], side * stop, side * target, 70);
        }
        if (failed || said[i] != null || i - known == v.whole("retest_bars")) {
          impulse = null;
        }
      }
      if (rises[i] != null || falls[i] != null) {
        impulse = rises[i] != null ? rises[i] : falls[i];
        side = rises[i] != null ? 1 : -1;
        known = i;
      }
    }
    return said;
  }

  private static @Nullable Said[] fibonacciLimit(Series s, Values v) {
    @Nullable Impulse[] rises = impulses(s, v);
    @Nullable Impulse[] falls = impulses(mirrored(s), v);
    return Twin.each(
        s,
        v.whole("swing_left") + v.whole("swing_right") + 2,
        i -> {
          @Nullable Impulse rise = rises[i];
          @Nullable Impulse fall = falls[i];
          if (rise != null) {
            return limit(rise, 1, s.close()[i], v);
          }
          return fall == null ? null : limit(fall, -1, -s.close()[i], v);
        });
  }

  private static @Nullable Said limit(Impulse impulse, int side, double close, Values v) {
    double height = impulse.to - impulse.from;
    double stop = impulse.from - 0.1 * height;
    double target = impulse.from + 1.618 * height;
    for (double level : v.numbers("fibo_levels")) {
      double entry = impulse.to - level * height;
      if (close > entry && (target - entry) / (entry - stop) >= v.number("min_rr")) {
        return Said.open(side, side * entry, side * stop, side * target, 70)
            .asking("retest_bars", v.whole("retest_bars"));
      }
    }
    return null;
  }
}
