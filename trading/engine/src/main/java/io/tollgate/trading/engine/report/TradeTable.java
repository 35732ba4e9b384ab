package io.tollgate.trading.engine.report;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.backtest.BacktestResult;
import io.tollgate.trading.engine.backtest.BacktestTrade;
import java.time.Instant;
import java.util.List;

/** The trades of a result as a table, not more of them than somebody reads. */
final class TradeTable {
  private static final List<ReportWord> COLUMNS =
      List.of(
          ReportWord.SIDE,
          ReportWord.ENTRY,
          ReportWord.PRICE,
          ReportWord.EXIT,
          ReportWord.PRICE,
          ReportWord.QUANTITY,
          ReportWord.REASON,
          ReportWord.FEES,
          ReportWord.PROFIT);

  private final BacktestResult result;
  private final ReportLanguage language;

  TradeTable(BacktestResult result, ReportLanguage language) {
    this.result = requireNonNull(result, "result is null");
    this.language = requireNonNull(language, "language is null");
  }

  String html() {
    long count = result.all().trades();
    List<BacktestTrade> shown = result.trades().stream().limit(HtmlReport.MOST_TRADES).toList();
    StringBuilder html = new StringBuilder("<p class=\"note\">");
    if (shown.size() < count) {
      html.append(shown.size()).append(' ').append(ReportWord.SHOWN.in(language)).append(' ');
    }
    html.append(count).append("</p><div class=\"scroll\"><table><tr>");
    for (ReportWord column : COLUMNS) {
      html.append("<th scope=\"col\">").append(column.in(language)).append("</th>");
    }
    html.append("</tr>\n");
    shown.forEach(trade -> row(trade, html));
    return html.append("</table></div>").toString();
  }

  private void row(BacktestTrade trade, StringBuilder html) {
    html.append("<tr>");
    for (String cell :
        List.of(
            ReportWord.of(trade.side()).in(language),
            Instant.ofEpochMilli(trade.entryTime()).toString(),
            ReportFigures.text(trade.entryPrice()),
            Instant.ofEpochMilli(trade.exitTime()).toString(),
            ReportFigures.text(trade.exitPrice()),
            ReportFigures.text(trade.quantity()),
            ReportWord.of(trade.exitReason()).in(language),
            ReportFigures.text(trade.fees()))) {
      html.append("<td>").append(cell).append("</td>");
    }
    html.append("<td class=\"")
        .append(trade.pnl().signum() > 0 ? "gain" : "loss")
        .append("\">")
        .append(ReportFigures.text(trade.pnl()))
        .append("</td></tr>\n");
  }
}
