package io.tollgate.trading.engine.report;

import io.tollgate.trading.engine.backtest.BacktestResult;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of a result by their names, for people, the most telling ones first. */
public final class ReportFigures {
  private ReportFigures() {}

  public static Map<String, String> of(BacktestResult result, ReportLanguage language) {
    Map<ReportWord, String> figures = new LinkedHashMap<>();
    figures.put(
        ReportWord.PROFIT,
        text(result.all().pnl())
            + " ("
            + result.all().pnlPercentOf(result.outcome().initialBalance())
            + " % "
            + ReportWord.OF_BALANCE.in(language)
            + ")");
    figures.put(ReportWord.FINAL_BALANCE, text(result.outcome().finalBalance()));
    figures.put(
        ReportWord.DRAWDOWN,
        String.format(Locale.ROOT, "%.4f %%", result.outcome().maxDrawdownPct()));
    figures.put(
        ReportWord.TRADES,
        result.all().trades()
            + ", "
            + ReportWord.WON.in(language)
            + " "
            + result.all().winRate()
            + " %");
    figures.put(
        ReportWord.PROFIT_FACTOR,
        result
            .all()
            .profitFactor()
            .map(BigDecimal::toString)
            .orElse(ReportWord.NO_LOSS.in(language)));
    figures.put(
        ReportWord.RATIOS,
        result.risk().sharpeRatio()
            + ", "
            + result.risk().sortinoRatio()
            + ", "
            + result.risk().calmarRatio());
    figures.put(ReportWord.FEES, text(result.outcome().fees()));
    figures.put(ReportWord.FUNDING, text(result.outcome().funding()));
    figures.put(
        ReportWord.TIME,
        Instant.ofEpochMilli(result.startTime()) + " – " + Instant.ofEpochMilli(result.endTime()));
    figures.put(
        ReportWord.CANDLES,
        result.outcome().bars()
            + ", "
            + ReportWord.GAPS.in(language)
            + " "
            + result.outcome().gaps());
    figures.put(ReportWord.NOT_TRADED, notTraded(result, language));
    Map<String, String> named = new LinkedHashMap<>();
    figures.forEach((name, value) -> named.put(name.in(language), value));
    return named;
  }

  private static String notTraded(BacktestResult result, ReportLanguage language) {
    if (result.dropped().isEmpty()) {
      return ReportWord.NOTHING.in(language);
    }
    return result.dropped().entrySet().stream()
        .map(each -> ReportWord.of(each.getKey()).in(language) + ": " + each.getValue())
        .collect(Collectors.joining("; "));
  }

  /** An amount with all its digits. */
  static String text(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }
}
