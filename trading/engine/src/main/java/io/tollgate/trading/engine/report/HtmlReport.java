package io.tollgate.trading.engine.report;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.backtest.BacktestResult;
import io.tollgate.trading.engine.backtest.BacktestTrade;
import io.tollgate.trading.engine.backtest.EquityMark;
import io.tollgate.trading.engine.report.Plot.Spot;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * A page with a result: what was asked, figures, equity, drawdown, trades on the price, the trades.
 * It stands alone: no script, no address.
 */
public final class HtmlReport {
  /** Trades that are listed and drawn. */
  static final int MOST_TRADES = 1_000;

  private final ReportHead head;
  private final BacktestResult result;
  private final List<PriceTrace.Point> prices;
  private final ReportLanguage language;

  private HtmlReport(
      ReportHead head,
      BacktestResult result,
      List<PriceTrace.Point> prices,
      ReportLanguage language) {
    this.head = requireNonNull(head, "head is null");
    this.result = requireNonNull(result, "result is null");
    this.prices = List.copyOf(prices);
    this.language = requireNonNull(language, "language is null");
  }

  /**
   * The page.
   *
   * @param prices that it ran over
   */
  public static String of(
      ReportHead head,
      BacktestResult result,
      List<PriceTrace.Point> prices,
      ReportLanguage language) {
    return new HtmlReport(head, result, prices, language).page();
  }

  private String page() {
    StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"");
    page.append(language.tag()).append("\"><head><meta charset=\"utf-8\">");
    page.append("<meta name=\"viewport\" content=\"width=device-width\"><title>");
    page.append(escaped(head.title())).append("</title><style>\n").append(ReportStyle.CSS);
    page.append("</style></head><body><h1>").append(escaped(head.title())).append("</h1>\n");
    for (String warning : head.warnings()) {
      page.append("<p class=\"warning\">").append(escaped(warning)).append("</p>");
    }
    page.append("<section>").append(facts("", ReportFigures.of(result, language)));
    page.append("</section>\n");
    page.append(section(ReportWord.EQUITY, equity()));
    page.append(section(ReportWord.FALL, drawdown()));
    page.append(section(ReportWord.ON_PRICE, note() + price()));
    page.append(section(ReportWord.PARAMETERS, facts("asked", head.parameters())));
    page.append(section(ReportWord.TERMS, facts("asked", head.terms())));
    page.append(section(ReportWord.LIST, new TradeTable(result, language).html()));
    return page.append("</body></html>\n").toString();
  }

  private String section(ReportWord title, String content) {
    return "<section><h2>" + title.in(language) + "</h2>" + content + "</section>\n";
  }

  private String note() {
    return "<p class=\"note\">" + ReportWord.LEGEND.in(language) + "</p>";
  }

  private static String facts(String style, Map<String, String> facts) {
    StringBuilder list = new StringBuilder("<dl class=\"" + style + "\">");
    facts.forEach(
        (name, value) ->
            list.append("<div><dt>")
                .append(escaped(name))
                .append("</dt><dd>")
                .append(escaped(value))
                .append("</dd></div>"));
    return list.append("</dl>").toString();
  }

  private String equity() {
    List<EquityMark> marks = result.equityCurve();
    List<Spot> equity = marks.stream().map(m -> new Spot(m.time(), m.equity())).toList();
    List<Spot> balance = marks.stream().map(m -> new Spot(m.time(), m.balance())).toList();
    double initial = result.outcome().initialBalance().doubleValue();
    Plot plot =
        plot(
            DoubleStream.concat(
                marks.stream().flatMapToDouble(m -> DoubleStream.of(m.equity(), m.balance())),
                DoubleStream.of(initial)));
    plot.area("", equity, equity.stream().map(at -> new Spot(at.time(), initial)).toList());
    plot.line("price", balance);
    plot.line("", equity);
    return plot.html(ReportWord.EQUITY.in(language));
  }

  private String drawdown() {
    List<Spot> course =
        result.equityCurve().stream().map(m -> new Spot(m.time(), -m.drawdownPct())).toList();
    Plot plot =
        plot(DoubleStream.concat(DoubleStream.of(0), course.stream().mapToDouble(Spot::value)));
    plot.area("fall", course.stream().map(at -> new Spot(at.time(), 0)).toList(), course);
    plot.line("fall", course);
    return plot.html(ReportWord.FALL.in(language));
  }

  private String price() {
    List<BacktestTrade> drawn = result.trades().stream().limit(MOST_TRADES).toList();
    Plot plot =
        plot(
            DoubleStream.concat(
                prices.stream().flatMapToDouble(p -> DoubleStream.of(p.low(), p.high())),
                drawn.stream()
                    .flatMapToDouble(
                        t ->
                            DoubleStream.of(
                                t.entryPrice().doubleValue(), t.exitPrice().doubleValue()))));
    plot.area(
        "band",
        prices.stream().map(p -> new Spot(p.time(), p.high())).toList(),
        prices.stream().map(p -> new Spot(p.time(), p.low())).toList());
    plot.line("price", prices.stream().map(p -> new Spot(p.time(), p.close())).toList());
    drawn.forEach(trade -> draw(trade, plot));
    return plot.html(ReportWord.ON_PRICE.in(language));
  }

  private void draw(BacktestTrade trade, Plot plot) {
    Spot entry = new Spot(trade.entryTime(), trade.entryPrice().doubleValue());
    Spot exit = new Spot(trade.exitTime(), trade.exitPrice().doubleValue());
    String outcome = trade.pnl().signum() > 0 ? "won" : "lost";
    String title =
        ReportWord.of(trade.side()).in(language)
            + " "
            + ReportFigures.text(trade.entryPrice())
            + " → "
            + ReportFigures.text(trade.exitPrice())
            + ", "
            + ReportWord.of(trade.exitReason()).in(language)
            + ": "
            + ReportFigures.text(trade.pnl());
    plot.stroke(outcome, entry, exit);
    plot.dot(outcome, entry, title);
    plot.dot("ring " + outcome, exit, title);
    plot.dot("hole", exit, title);
  }

  /** A plot of as long a time as the run, with room for all values. */
  private Plot plot(DoubleStream values) {
    double least = 0;
    double most = 0;
    boolean first = true;
    for (double value : values.toArray()) {
      least = first ? value : Math.min(least, value);
      most = first ? value : Math.max(most, value);
      first = false;
    }
    return new Plot(result.startTime(), result.endTime(), least, most);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
