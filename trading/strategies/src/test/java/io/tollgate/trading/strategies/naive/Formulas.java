package io.tollgate.trading.strategies.naive;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Indicators as they are defined, over whole series: NaN before the first value. Nothing is kept
 * from one bar to the next but where the definition itself does so.
 */
public final class Formulas {
  private Formulas() {}

  static double[] series(int length, IntToDoubleFunction at) {
    double[] all = new double[length];
    Arrays.setAll(all, at);
    return all;
  }

  /** The exact mean of x[from] to x[to], both in, as the nearest double. */
  public static double mean(double[] x, int from, int to) {
    BigDecimal total = BigDecimal.ZERO;
    for (int i = from; i <= to; i++) {
      total = total.add(new BigDecimal(x[i]));
    }
    return nearest(total, to - from + 1);
  }

  /** The double nearest to an exact quotient; of two as near the even one. */
  private static double nearest(BigDecimal total, int count) {
    double guess = total.doubleValue() / count;
    double nearest = guess;
    BigDecimal least = distance(total, count, guess);
    for (double other : new double[] {Math.nextDown(guess), Math.nextUp(guess)}) {
      BigDecimal distance = distance(total, count, other);
      int compared = distance.compareTo(least);
      boolean even = (Double.doubleToRawLongBits(other) & 1) == 0;
      if (compared < 0 || compared == 0 && even) {
        nearest = other;
        least = distance;
      }
    }
    return nearest;
  }

  private static BigDecimal distance(BigDecimal total, int count, double quotient) {
    return total.subtract(new BigDecimal(quotient).multiply(BigDecimal.valueOf(count))).abs();
  }

  /** Index of the first number; the length where there is none. */
  static int first(double[] x) {
    int i = 0;
    while (i < x.length && Double.isNaN(x[i])) {
      i++;
    }
    return i;
  }

  /** By exact sums from the beginning, of which each window's is the difference of two. */
  public static double[] sma(double[] x, int n) {
    BigDecimal[] sums = new BigDecimal[x.length + 1];
    sums[0] = BigDecimal.ZERO;
    for (int i = 0; i < x.length; i++) {
      sums[i + 1] = sums[i].add(new BigDecimal(x[i]));
    }
    return series(
        x.length, i -> i < n - 1 ? Double.NaN : nearest(sums[i + 1].subtract(sums[i + 1 - n]), n));
  }

  public static double[] ema(double[] x, int n) {
    double[] e = new double[x.length];
    Arrays.fill(e, Double.NaN);
    int seed = first(x) + n - 1;
    for (int i = seed; i < x.length; i++) {
      e[i] = i == seed ? mean(x, i - n + 1, i) : e[i - 1] + 2.0 / (n + 1) * (x[i] - e[i - 1]);
    }
    return e;
  }

  public static double[] rma(double[] x, int n) {
    double[] r = new double[x.length];
    Arrays.fill(r, Double.NaN);
    int seed = first(x) + n - 1;
    for (int i = seed; i < x.length; i++) {
      r[i] = i == seed ? mean(x, i - n + 1, i) : r[i - 1] + (x[i] - r[i - 1]) / n;
    }
    return r;
  }

  static double[] trueRange(Series s) {
    return series(
        s.length(),
        i ->
            i == 0
                ? Double.NaN
                : Math.max(
                    s.high()[i] - s.low()[i],
                    Math.max(
                        Math.abs(s.high()[i] - s.close()[i - 1]),
                        Math.abs(s.low()[i] - s.close()[i - 1]))));
  }

  public static double[] atr(Series s, int n) {
    return rma(trueRange(s), n);
  }

  /** A: what stops and targets are multiples of. */
  static double[] distance(Series s, double floor) {
    double[] atr = atr(s, 14);
    return series(
        s.length(),
        i -> Double.isNaN(atr[i]) ? floor * s.close()[i] : Math.max(atr[i], floor * s.close()[i]));
  }

  public static double[] rsi(double[] c, int n) {
    double[] up =
        series(c.length, i -> i == 0 ? Double.NaN : c[i] > c[i - 1] ? c[i] - c[i - 1] : 0);
    double[] down =
        series(c.length, i -> i == 0 ? Double.NaN : c[i] < c[i - 1] ? c[i - 1] - c[i] : 0);
    double[] gain = rma(up, n);
    double[] loss = rma(down, n);
    return series(
        c.length,
        i -> {
          if (loss[i] == 0) {
            return gain[i] == 0 ? 50 : 100;
          }
          return 100 - 100 / (1 + gain[i] / loss[i]);
        });
  }

  static double[] minus(double[] x, double[] y) {
    return series(x.length, i -> x[i] - y[i]);
  }

  /** The histogram of the MACD. */
  public static double[] histogram(double[] c, int fast, int slow, int signal) {
    double[] line = minus(ema(c, fast), ema(c, slow));
    return minus(line, ema(line, signal));
  }

  /** Square root of the mean square distance from the mean; divided by n, or by n−1. */
  public static double[] deviation(double[] x, int n, boolean sample) {
    double[] mean = sma(x, n);
    return series(
        x.length,
        i -> {
          if (i < n - 1) {
            return Double.NaN;
          }
          double squares = 0;
          for (int k = i - n + 1; k <= i; k++) {
            squares += (x[k] - mean[i]) * (x[k] - mean[i]);
          }
          return Math.sqrt(squares / (sample ? n - 1 : n));
        });
  }

  public static double[] zScore(double[] c, int n) {
    double[] mean = sma(c, n);
    double[] s = deviation(c, n, true);
    return series(c.length, i -> s[i] == 0 ? 0 : (c[i] - mean[i]) / s[i]);
  }

  /** Highest of the n before this one. */
  public static double[] highestBefore(double[] x, int n) {
    return series(
        x.length, i -> i < n ? Double.NaN : Arrays.stream(x, i - n, i).max().orElseThrow());
  }

  /** Lowest of the n before this one. */
  public static double[] lowestBefore(double[] x, int n) {
    return series(
        x.length, i -> i < n ? Double.NaN : Arrays.stream(x, i - n, i).min().orElseThrow());
  }

  public static double[] roc(double[] c, int n) {
    return series(c.length, i -> i < n ? Double.NaN : (c[i] / c[i - n] - 1) * 100);
  }

  /** Line and trend (1 up, −1 down) of the supertrend. */
  public record Trend(double[] line, int[] up) {}

  public static Trend supertrend(Series s, int n, double m) {
    double[] atr = atr(s, n);
    double[] upper = new double[s.length()];
    double[] lower = new double[s.length()];
    double[] line = new double[s.length()];
    Arrays.fill(line, Double.NaN);
    int[] up = new int[s.length()];
    for (int i = n; i < s.length(); i++) {
      double middle = (s.high()[i] + s.low()[i]) / 2;
      double basicUpper = middle + m * atr[i];
      double basicLower = middle - m * atr[i];
      if (i == n) {
        upper[i] = basicUpper;
        lower[i] = basicLower;
        up[i] = s.close()[i] >= middle ? 1 : -1;
      } else {
        double before = s.close()[i - 1];
        upper[i] = basicUpper < upper[i - 1] || before > upper[i - 1] ? basicUpper : upper[i - 1];
        lower[i] = basicLower > lower[i - 1] || before < lower[i - 1] ? basicLower : lower[i - 1];
        up[i] = up[i - 1];
        if (up[i - 1] < 0 && s.close()[i] > upper[i]) {
          up[i] = 1;
        } else if (up[i - 1] > 0 && s.close()[i] < lower[i]) {
          up[i] = -1;
        }
      }
      line[i] = up[i] > 0 ? lower[i] : upper[i];
    }
    return new Trend(line, up);
  }

  public static double[] adx(Series s, int n) {
    double[] h = s.high();
    double[] l = s.low();
    double[] plus =
        rma(
            series(s.length(), i -> i == 0 ? Double.NaN : moved(h[i] - h[i - 1], l[i - 1] - l[i])),
            n);
    double[] minus =
        rma(
            series(s.length(), i -> i == 0 ? Double.NaN : moved(l[i - 1] - l[i], h[i] - h[i - 1])),
            n);
    double[] range = rma(trueRange(s), n);
    double[] dx =
        series(
            s.length(),
            i -> {
              if (Double.isNaN(range[i])) {
                return Double.NaN;
              }
              double p = range[i] == 0 ? 0 : 100 * plus[i] / range[i];
              double m = range[i] == 0 ? 0 : 100 * minus[i] / range[i];
              return p + m == 0 ? 0 : 100 * Math.abs(p - m) / (p + m);
            });
    return rma(dx, n);
  }

  private static double moved(double forward, double other) {
    return forward > other && forward > 0 ? forward : 0;
  }
}
