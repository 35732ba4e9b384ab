package io.tollgate.trading.engine.candles.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.candles.internal.ParquetFile.Column;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which columns of a file of Parquet hold what, and how they are asked for. */
public final class ParquetColumns {
  private static final String EXPECTED =
      "columns timestamp, open, high, low, close, volume, each once";
  private static final Set<String> WHOLE =
      Set.of(
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "UBIGINT",
          "HUGEINT");

  private final Map<CandleColumn, Column> columns;

  private ParquetColumns(Map<CandleColumn, Column> columns) {
    this.columns = columns;
  }

  /**
   * Finds them.
   *
   * @throws Refusal {@code VALIDATION_ERROR} when one is missing, there twice, or of a type that
   *     cannot be what it should
   */
  public static ParquetColumns of(List<Column> all) {
    Map<CandleColumn, Column> found = new EnumMap<>(CandleColumn.class);
    for (Column each : all) {
      Optional<CandleColumn> column = CandleRow.column(each.name());
      if (column.isPresent() && found.put(column.get(), each) != null) {
        throw refused("candles", each.name() + " twice", EXPECTED);
      }
    }
    if (found.size() < CandleColumn.values().length) {
      String names = all.stream().map(Column::name).collect(Collectors.joining(", "));
      throw refused("candles", names, EXPECTED);
    }
    ParquetColumns columns = new ParquetColumns(found);
    found.forEach(columns::require);
    return columns;
  }

  private void require(CandleColumn column, Column held) {
    boolean fits =
        isText(column)
            || (column == CandleColumn.TIME
                ? isTimestamp(held) || WHOLE.contains(held.type())
                : isNumber(held));
    if (!fits) {
      throw refused(
          "candles." + column.label(),
          "a column of type " + held.type(),
          column == CandleColumn.TIME ? "timestamps, whole numbers or texts" : "numbers or texts");
    }
  }

  private static boolean isTimestamp(Column held) {
    return held.type().startsWith("TIMESTAMP") || held.type().equals("DATE");
  }

  private static boolean isNumber(Column held) {
    return WHOLE.contains(held.type())
        || held.type().equals("DOUBLE")
        || held.type().equals("FLOAT")
        || held.type().startsWith("DECIMAL");
  }

  private static Refusal refused(String place, String given, String expected) {
    return new Refusal(
            ErrorCode.VALIDATION_ERROR,
            place + ": " + GivenText.shown(given) + " (expected: " + expected + ")")
        .ofField("candles");
  }

  private Column of(CandleColumn column) {
    Column held = columns.get(column);
    if (held == null) {
      throw new IllegalStateException("no column " + column);
    }
    return held;
  }

  /** Whether it is read as a text. */
  public boolean isText(CandleColumn column) {
    return of(column).type().equals("VARCHAR");
  }

  /** Whether times come as milliseconds since 1970, and not as numbers that somebody wrote. */
  public boolean hasTimestamps() {
    return isTimestamp(of(CandleColumn.TIME));
  }

  /** What is asked for: the columns in the order of {@link CandleColumn}. */
  public String query() {
    return Arrays.stream(CandleColumn.values())
        .map(this::expression)
        .collect(Collectors.joining(", "));
  }

  private String expression(CandleColumn column) {
    Column held = of(column);
    String name = '"' + held.name().replace("\"", "\"\"") + '"';
    if (isText(column)) {
      return name;
    }
    if (column != CandleColumn.TIME) {
      return "CAST(" + name + " AS DOUBLE)";
    }
    return isTimestamp(held) ? "epoch_ms(" + name + ")" : "CAST(" + name + " AS BIGINT)";
  }
}
