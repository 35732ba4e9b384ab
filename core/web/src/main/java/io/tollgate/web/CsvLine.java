package io.tollgate.web;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

  /** The same of values: decimals in full, what is null as nothing. */
  public static String ofValues(@Nullable Object... values) {
    return of(Arrays.stream(values).map(CsvLine::text).toList());
  }

  private static String text(@Nullable Object value) {
    return value instanceof BigDecimal decimal
        ? decimal.toPlainString()
        : Objects.toString(value, "");
  }

  private static String cell(String value) {
    boolean formula = !value.isEmpty() && FORMULAS.indexOf(value.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + value.replace("\"", "\"\"") + '"';
  }
}
