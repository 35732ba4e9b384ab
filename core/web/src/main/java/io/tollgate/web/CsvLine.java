package io.tollgate.web;

import java.util.List;
import java.util.stream.Collectors;

/** Writes lines of CSV (RFC 4180) that spreadsheets take for what they are. */
public final class CsvLine {
  private static final String FORMULAS = "=+-@\t\r";
  private static final String END = "\r\n";

  private CsvLine() {}

  /** Names of columns, which are ours. */
  public static String head(List<String> names) {
    return String.join(",", names) + END;
  }

  /**
   * A line, with its end. Spreadsheets would compute what begins as a formula: it is shown as text.
   */
  public static String of(List<String> cells) {
    return cells.stream().map(CsvLine::cell).collect(Collectors.joining(",", "", END));
  }

  private static String cell(String value) {
    boolean formula = !value.isEmpty() && FORMULAS.indexOf(value.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + value.replace("\"", "\"\"") + '"';
  }
}
