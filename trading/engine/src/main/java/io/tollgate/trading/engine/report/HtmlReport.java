package io.tollgate.trading.engine.report;

import io.tollgate.trading.engine.backtest.BacktestResult;
import io.tollgate.trading.engine.backtest.BacktestTrade;
import io.tollgate.trading.engine.backtest.EquityMark;
import io.tollgate.trading.strategies.SignalSide;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A page with a result: figures, equity, drawdown, trades on the price. No script, no address. */
public final class HtmlReport {
  /** Trades that are listed and drawn. */
  private static final int MOST_TRADES = 1_000;

  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 1040px; margin: 2rem auto; padding: 0 1rem; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      td, th { padding: .2rem .8rem .2rem 0; text-align: right; } th:first-child { text-align: left; }
      .scroll { overflow-x: auto; } svg { width: 100%; height: auto; }
      polyline { fill: none; stroke: #2a78d6; stroke-width: 1.5; } polyline.fall { stroke: #c43b3b; }
      polyline.price { stroke: #8a8a8a; } line.grid { stroke: #8a8a8a; stroke-opacity: .25; }
      text { fill: currentColor; font-size: 11px; text-anchor: end; }
      circle.long { fill: #1f9d55; } circle.short { fill: #c43b3b; } circle.exit { fill: none; stroke: currentColor; }
      """;

  private HtmlReport() {}

  /**
   * The page.
   *
   * @param title what was run, as text
   * @param prices that it ran over
   */
  public static String of(String title, BacktestResult result, List<PriceTrace.Point> prices) {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width\"><title>"
        + escaped(title)
        + "</title><style>\n"
        + STYLE
        + "</style></head><body><h1>"
        + escaped(title)
        + "</h1>\n"
        + figures(result)
        + "<h2>Equity</h2>"
        + equity(result.equityCurve())
        + "<h2>Drawdown, %</h2>"
        + drawdown(result)
        + "<h2>Trades on the price</h2>"
        + price(result.trades(), prices)
        + trades(result)
        + "</body></html>\n";
  }

  /** The main figures by their names, for people. */
  public static Map<String, String> figuresOf(BacktestResult result) {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put(
        "Time",
        Instant.ofEpochMilli(result.startTime()) + " to " + Instant.ofEpochMilli(result.endTime()));
    figures.put("Candles", result.outcome().bars() + ", gaps: " + result.outcome().gaps());
    figures.put("Trades", result.all().trades() + ", won: " + result.all().winRate() + " %");
    figures.put("Final balance", text(result.outcome().finalBalance()));
    figures.put(
        "Profit",
        text(result.all().pnl())
            + " ("
            + result.all().pnlPercentOf(result.outcome().initialBalance())
            + " %)");
    figures.put("Fees", text(result.outcome().fees()));
    figures.put("Funding", text(result.outcome().funding()));
    figures.put(
        "Largest drawdown",
        String.format(Locale.ROOT, "%.4f %%", result.outcome().maxDrawdownPct()));
    figures.put(
        "Sharpe, Sortino, Calmar",
        result.risk().sharpeRatio()
            + ", "
            + result.risk().sortinoRatio()
            + ", "
            + result.risk().calmarRatio());
    figures.put(
        "Profit factor", result.all().profitFactor().map(BigDecimal::toString).orElse("no loss"));
    figures.put("Not traded", result.dropped().toString());
    return figures;
  }

  private static String figures(BacktestResult result) {
    StringBuilder rows = new StringBuilder("<table>");
    figuresOf(result)
        .forEach(
            (name, value) ->
                rows.append("<tr><th scope=\"row\">")
                    .append(name)
                    .append("</th><td>")
                    .append(escaped(value))
                    .append("</td></tr>"));
    return rows.append("</table>\n").toString();
  }

  private static String equity(List<EquityMark> marks) {
    List<double[]> course =
        marks.stream().map(mark -> new double[] {mark.time(), mark.equity()}).toList();
    Plot plot = plot(course);
    plot.line("equity", course);
    return plot.svg("Equity over time");
  }

  private static String drawdown(BacktestResult result) {
    double peak = result.outcome().initialBalance().doubleValue();
    List<double[]> course = new ArrayList<>();
    for (EquityMark mark : result.equityCurve()) {
      peak = Math.max(peak, mark.equity());
      course.add(new double[] {mark.time(), (mark.equity() - peak) / peak * 100});
    }
    Plot plot = plot(course);
    plot.line("fall", course);
    return plot.svg("Drawdown over time");
  }

  private static String price(List<BacktestTrade> trades, List<PriceTrace.Point> prices) {
    List<double[]> course =
        prices.stream().map(point -> new double[] {point.time(), point.close()}).toList();
    List<BacktestTrade> drawn = trades.stream().limit(MOST_TRADES).toList();
    List<double[]> all = new ArrayList<>(course);
    for (BacktestTrade trade : drawn) {
      all.add(new double[] {trade.entryTime(), trade.entryPrice().doubleValue()});
      all.add(new double[] {trade.exitTime(), trade.exitPrice().doubleValue()});
    }
    Plot plot = plot(all);
    plot.line("price", course);
    for (BacktestTrade trade : drawn) {
      String side = trade.side() == SignalSide.BUY ? "long" : "short";
      plot.dot(
          side,
          trade.entryTime(),
          trade.entryPrice().doubleValue(),
          side + " " + text(trade.entryPrice()));
      plot.dot(
          "exit",
          trade.exitTime(),
          trade.exitPrice().doubleValue(),
          trade.exitReason() + " " + text(trade.exitPrice()) + ", " + text(trade.pnl()));
    }
    return plot.svg("Price over time, with entries and exits");
  }

  private static Plot plot(List<double[]> points) {
    double from = points.stream().mapToDouble(point -> point[0]).min().orElse(0);
    double to = points.stream().mapToDouble(point -> point[0]).max().orElse(1);
    double least = points.stream().mapToDouble(point -> point[1]).min().orElse(0);
    double most = points.stream().mapToDouble(point -> point[1]).max().orElse(1);
    return new Plot((long) from, (long) to, least, most);
  }

  private static String trades(BacktestResult result) {
    StringBuilder rows = new StringBuilder();
    rows.append("<p>").append(result.all().trades()).append(" trades");
    if (result.all().trades() > MOST_TRADES) {
      rows.append(", the first ").append(MOST_TRADES).append(" of them shown");
    }
    rows.append(
        ".</p><div class=\"scroll\"><table><tr><th>Side</th><th>Entry</th><th>Price</th><th>Exit"
            + "</th><th>Price</th><th>Quantity</th><th>Reason</th><th>Profit</th></tr>");
    for (BacktestTrade trade : result.trades().stream().limit(MOST_TRADES).toList()) {
      rows.append("<tr>");
      for (String cell :
          List.of(
              trade.side() == SignalSide.BUY ? "long" : "short",
              Instant.ofEpochMilli(trade.entryTime()).toString(),
              text(trade.entryPrice()),
              Instant.ofEpochMilli(trade.exitTime()).toString(),
              text(trade.exitPrice()),
              text(trade.quantity()),
              trade.exitReason().name(),
              text(trade.pnl()))) {
        rows.append("<td>").append(cell).append("</td>");
      }
      rows.append("</tr>\n");
    }
    return rows.append("</table></div>").toString();
  }

  private static String text(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
