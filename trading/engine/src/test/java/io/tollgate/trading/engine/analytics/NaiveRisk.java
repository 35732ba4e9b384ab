package io.tollgate.trading.engine.analytics;

import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The formulas once more, one after the other, in doubles and with nothing shared. */
final class NaiveRisk {
  private NaiveRisk() {}

  static Map<String, Double> of(List<EquityPoint> points) {
    int n = points.size() - 1;
    double[] r = new double[n];
    double[] net = new double[n + 1];
    net[0] = 1;
    for (int t = 1; t <= n; t++) {
      double before = points.get(t - 1).equity().doubleValue();
      double now = points.get(t).equity().doubleValue() - points.get(t).flow().doubleValue();
      r[t - 1] = before <= 0 ? 0 : (now / before - 1) * 100;
      net[t] = net[t - 1] * (1 + r[t - 1] / 100);
    }
    double days =
        Math.max(1, ChronoUnit.DAYS.between(points.getFirst().date(), points.getLast().date()));
    double mean = Arrays.stream(r).average().orElse(0);
    double squares = Arrays.stream(r).map(x -> (x - mean) * (x - mean)).sum();
    double deviation = n < 2 ? 0 : Math.sqrt(squares / (n - 1));
    double annualized = net[n] <= 0 ? -100 : (Math.pow(net[n], 365 / days) - 1) * 100;
    long k = Arrays.stream(r).filter(x -> x < 0).count();
    double lost = Arrays.stream(r).filter(x -> x < 0).map(x -> x * x).sum();
    double worst = 0;
    double under = 0;
    for (int t = 0; t <= n; t++) {
      double peak = Arrays.stream(net, 0, t + 1).max().orElseThrow();
      under = (peak - net[t]) / peak * 100;
      worst = Math.max(worst, under);
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("total", (net[n] - 1) * 100);
    figures.put("annualized", annualized);
    figures.put("daily volatility", deviation);
    figures.put("volatility", deviation * Math.sqrt(365));
    figures.put("sharpe", over(annualized, deviation * Math.sqrt(365)));
    figures.put("sharpe daily", over(mean * Math.sqrt(365), deviation));
    figures.put(
        "sortino", k < 2 ? 0 : over(annualized, Math.sqrt(lost / (k - 1)) * Math.sqrt(365)));
    figures.put("sortino daily", n == 0 ? 0 : over(mean * Math.sqrt(365), Math.sqrt(lost / n)));
    figures.put("drawdown", worst);
    figures.put("current", under);
    figures.put("calmar", over(annualized, worst));
    if (n >= 10) {
      Arrays.sort(r);
      int tail = n * 5 / 100;
      figures.put("var 95", -r[tail]);
      figures.put("var 99", -r[n / 100]);
      figures.put("cvar 95", -Arrays.stream(r, 0, tail + 1).average().orElseThrow());
    }
    return figures;
  }

  static Map<String, Double> of(RiskFigures figures) {
    Map<String, Double> named = new LinkedHashMap<>();
    named.put("total", figures.totalReturn().doubleValue());
    named.put("annualized", figures.annualizedReturn().doubleValue());
    named.put("daily volatility", figures.dailyVolatility().doubleValue());
    named.put("volatility", figures.annualizedVolatility().doubleValue());
    named.put("sharpe", figures.sharpeRatio().doubleValue());
    named.put("sharpe daily", figures.sharpeDaily().doubleValue());
    named.put("sortino", figures.sortinoRatio().doubleValue());
    named.put("sortino daily", figures.sortinoDaily().doubleValue());
    named.put("drawdown", figures.maxDrawdown().doubleValue());
    named.put("current", figures.currentDrawdown().doubleValue());
    named.put("calmar", figures.calmarRatio().doubleValue());
    figures
        .tail()
        .ifPresent(
            tail -> {
              named.put("var 95", tail.var95().doubleValue());
              named.put("var 99", tail.var99().doubleValue());
              named.put("cvar 95", tail.cvar95().doubleValue());
            });
    return named;
  }

  private static double over(double dividend, double divisor) {
    return divisor == 0 ? 0 : dividend / divisor;
  }
}
