package io.tollgate.trading.strategies.naive;

import static io.tollgate.trading.strategies.naive.Formulas.adx;
import static io.tollgate.trading.strategies.naive.Formulas.deviation;
import static io.tollgate.trading.strategies.naive.Formulas.distance;
import static io.tollgate.trading.strategies.naive.Formulas.rsi;
import static io.tollgate.trading.strategies.naive.Formulas.sma;
import static io.tollgate.trading.strategies.naive.Formulas.zScore;
import static io.tollgate.trading.strategies.naive.TableTwins.atr;
import static io.tollgate.trading.strategies.naive.TableTwins.cross;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Those that expect prices to come back, or go both ways. */
final class ReversionTwins {
  private ReversionTwins() {}

  static Map<String, Twin> all() {
    Map<String, Twin> twins = new HashMap<>();
    twins.put("reversal", ReversionTwins::reversal);
    twins.put("scalping", ReversionTwins::scalping);
    twins.put("arbitrage", ReversionTwins::arbitrage);
    twins.put("hedge", (s, v) -> hedge(s, v, false));
    twins.put("hedge_conservative", (s, v) -> hedge(s, v, true));
    twins.put("reversal_hedge", ReversionTwins::reversalHedge);
    twins.put("market_regime", ReversionTwins::marketRegime);
    twins.put("market_regime_balanced", ReversionTwins::marketRegime);
    twins.put("market_regime_aggressive", ReversionTwins::marketRegime);
    return twins;
  }

  private static @Nullable Said[] reversal(Series s, Values v) {
    double[] c = s.close();
    double[] r = rsi(c, 14);
    double[] a = distance(s, v.number("atr_floor_pct"));
    double x = v.number("rsi_extreme");
    return Twin.each(
        s,
        16,
        i -> {
          boolean buys = r[i - 1] < x && r[i] > r[i - 1] && c[i] > s.open()[i];
          boolean sells = r[i - 1] > 100 - x && r[i] < r[i - 1] && c[i] < s.open()[i];
          return atr(
              buys ? 1 : sells ? -1 : 0,
              c[i],
              a[i],
              v.number("sl_atr_mult"),
              v.number("tp_atr_mult"),
              75);
        });
  }

  private static @Nullable Said[] scalping(Series s, Values v) {
    double[] c = s.close();
    double[] r = rsi(c, v.whole("rsi_period"));
    double stop = v.number("stop_loss") / 100;
    double target = v.number("scalp_target") / 100;
    return Twin.each(
        s,
        v.whole("rsi_period") + 1,
        i -> {
          if (r[i] < v.number("rsi_oversold") && c[i] > s.open()[i]) {
            return Said.open(1, c[i], c[i] * (1 - stop), c[i] * (1 + target), 65);
          }
          return r[i] > v.number("rsi_overbought") && c[i] < s.open()[i]
              ? Said.open(-1, c[i], c[i] * (1 + stop), c[i] * (1 - target), 65)
              : null;
        });
  }

  private static @Nullable Said[] arbitrage(Series s, Values v) {
    double[] c = s.close();
    int n = v.whole("lookback");
    double[] z = zScore(c, n);
    double[] mean = sma(c, n);
    double[] a = distance(s, v.number("atr_floor_pct"));
    double threshold = v.number("spread_threshold");
    return Twin.each(
        s,
        n + 1,
        i -> {
          double spread = (c[i] - mean[i]) / mean[i] * 100;
          int side =
              z[i] < -1.5 && spread < -threshold ? 1 : z[i] > 1.5 && spread > threshold ? -1 : 0;
          double confidence = 70 + Math.min(5 * Math.abs(z[i]), 20);
          return side == 0
              ? null
              : Said.open(side, c[i], c[i] - side * (2 * a[i]), mean[i], confidence);
        });
  }

  private static Said both(
      double close,
      double longStop,
      double longTarget,
      double shortStop,
      double shortTarget,
      double confidence) {
    Said said = Said.of("HEDGE", 0, close, Double.NaN, Double.NaN, confidence);
    said = longStop > 0 ? said.asking("long_stop_loss", longStop) : said;
    said = longTarget > 0 ? said.asking("long_take_profit", longTarget) : said;
    said = shortStop > 0 ? said.asking("short_stop_loss", shortStop) : said;
    return shortTarget > 0 ? said.asking("short_take_profit", shortTarget) : said;
  }

  private static @Nullable Said[] hedge(Series s, Values v, boolean careful) {
    double[] c = s.close();
    int n = v.whole("boll_period");
    double[] middle = sma(c, n);
    double[] sigma = deviation(c, n, false);
    double k = v.number("boll_std");
    double[] width =
        Formulas.series(
            c.length,
            i -> (middle[i] + k * sigma[i] - (middle[i] - k * sigma[i])) / middle[i] * 100);
    double[] r = rsi(c, 14);
    double stop = v.number("stop_loss_pct") / 100;
    return Twin.each(
        s,
        Math.max(careful ? 2 * n : n, 15) + 1,
        i -> {
          double upper = middle[i] + k * sigma[i];
          double lower = middle[i] - k * sigma[i];
          if (cross(c, middle, i) == 0
              || c[i] <= lower
              || c[i] >= upper
              || Math.abs(r[i] - v.number("rsi_threshold")) > 10) {
            return null;
          }
          if (careful) {
            return width[i] < Formulas.mean(width, i - n + 1, i)
                ? both(c[i], c[i] * (1 - stop), upper, c[i] * (1 + stop), lower, 65)
                : null;
          }
          double half = upper - middle[i];
          return both(c[i], c[i] * (1 - stop), upper + half, c[i] * (1 + stop), lower - half, 60);
        });
  }

  private static @Nullable Said[] reversalHedge(Series s, Values v) {
    double[] c = s.close();
    int n = v.whole("boll_period");
    double[] middle = sma(c, n);
    double[] sigma = deviation(c, n, false);
    double k = v.number("boll_std");
    double[] r = rsi(c, v.whole("rsi_period"));
    double[] a = distance(s, v.number("atr_floor_pct"));
    double x = v.number("rsi_extreme_low");
    return Twin.each(
        s,
        Math.max(n, v.whole("rsi_period") + 1) + 1,
        i -> {
          if (r[i - 1] >= x && r[i] < x && c[i] < middle[i] - k * sigma[i]) {
            return both(c[i], c[i] - 2 * a[i], middle[i], c[i] + a[i], c[i] - 2 * a[i], 70);
          }
          return r[i - 1] <= 100 - x && r[i] > 100 - x && c[i] > middle[i] + k * sigma[i]
              ? both(c[i], c[i] - a[i], c[i] + 2 * a[i], c[i] + 2 * a[i], middle[i], 70)
              : null;
        });
  }

  private static @Nullable Said[] marketRegime(Series s, Values v) {
    double[] c = s.close();
    double[] strength = adx(s, v.whole("adx_period"));
    double[] middle = sma(c, v.whole("bb_period"));
    double[] sigma = deviation(c, v.whole("bb_period"), false);
    double k = v.number("bb_std");
    double[] one = sma(c, v.wholes("ma_periods").get(0));
    double[] two = sma(c, v.wholes("ma_periods").get(1));
    double[] three = sma(c, v.wholes("ma_periods").get(2));
    double[] a = distance(s, v.number("atr_floor_pct"));
    boolean margin = v.text("sl_tp_mode").equals("margin_pct");
    double stop = v.number("sl_pct") / v.number("leverage");
    double target = v.number("tp_pct") / v.number("leverage");
    int needed =
        Math.max(
                Math.max(2 * v.whole("adx_period"), v.whole("bb_period")),
                v.wholes("ma_periods").get(2))
            + 1;
    @Nullable Said[] said = new @Nullable Said[s.length()];
    int next = needed - 1;
    for (int i = needed - 1; i < s.length(); i++) {
      if (i < next) {
        continue;
      }
      double width = (middle[i] + k * sigma[i] - (middle[i] - k * sigma[i])) / middle[i] * 100;
      double longStop = margin ? c[i] * (1 - stop) : c[i] - 2 * a[i];
      double longTarget = margin ? c[i] * (1 + target) : c[i] + 4 * a[i];
      double shortStop = margin ? c[i] * (1 + stop) : c[i] + 2 * a[i];
      double shortTarget = margin ? c[i] * (1 - target) : c[i] - 4 * a[i];
      boolean trending = strength[i] >= v.number("adx_trend_threshold");
      if (trending && one[i] > two[i] && two[i] > three[i]) {
        said[i] = Said.open(1, c[i], longStop, longTarget, Math.min(90, 60 + strength[i]));
      } else if (trending && one[i] < two[i] && two[i] < three[i]) {
        said[i] = Said.open(-1, c[i], shortStop, shortTarget, Math.min(90, 60 + strength[i]));
      } else if (strength[i] <= v.number("adx_range_threshold")
          || width < v.number("bb_squeeze_threshold") * 100) {
        said[i] = both(c[i], longStop, longTarget, shortStop, shortTarget, 60);
      }
      if (said[i] != null) {
        next = i + v.whole("cooldown_bars") + 1;
      }
    }
    return said;
  }
}
