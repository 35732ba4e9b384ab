package io.tollgate.web;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes lines of CSV (RFC 4180) that spreadsheets take for what they are. */
public final class CsvLine {
  private static final String FORMULAS = "=+-@\t\r";
  private static final String MARK = "\uFEFF";
  private static final String END = "\r\n";

  private CsvLine() {}

  /**
   * What a file begins with: a byte order mark, without which spreadsheets take it for the encoding
   * of their country, and the names of columns, which are ours.
   */
  public static String head(List<String> names) {
    return MARK + String.join(",", names) + END;
  }

  /**
   * A line, with its end. Spreadsheets would compute what begins as a formula: it is shown as text.
   */
  public static String of(List<String> cells) {
    return line(cells.stream().map(CsvLine::text));
  }

  /**
   * The same of values: decimals in full, numbers below zero as the numbers they are, what is null
   * as nothing.
   */
  public static String ofValues(@Nullable Object... values) {
    return line(Arrays.stream(values).map(CsvLine::value));
  }

  private static String line(Stream<String> cells) {
    return cells.collect(Collectors.joining(",", "", END));
  }

  private static String value(@Nullable Object value) {
    if (value == null) {
      return quoted("");
    }
    return switch (value) {
      case BigDecimal decimal -> quoted(decimal.toPlainString());
      case Number number -> quoted(number.toString());
      default -> text(value.toString());
    };
  }

  private static String text(String value) {
    boolean formula = !value.isEmpty() && FORMULAS.indexOf(value.charAt(0)) >= 0;
    return quoted(formula ? "'" + value : value);
  }

  private static String quoted(String value) {
    return '"' + value.replace("\"", "\"\"") + '"';
  }
}
