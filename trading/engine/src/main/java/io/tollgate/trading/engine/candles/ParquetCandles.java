package io.tollgate.trading.engine.candles;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.candles.internal.CandleColumn;
import io.tollgate.trading.engine.candles.internal.CandleRow;
import io.tollgate.trading.engine.candles.internal.ParquetColumns;
import io.tollgate.trading.engine.candles.internal.ParquetFile;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Candles of a file of Parquet, read as they are asked for: columns {@code timestamp} (or {@code
 * time}, {@code ts}), {@code open, high, low, close, volume}, in any order; others are passed over.
 * Times are timestamps, numbers of seconds or milliseconds, or texts; the rest numbers or texts. A
 * row that is broken is refused with {@code VALIDATION_ERROR}, which names its number, counted from
 * 1; so is a file that is none.
 */
public final class ParquetCandles implements AutoCloseable {
  private static final String WHOLE = "a whole file of Parquet";

  private final ParquetFile file;
  private final ParquetColumns columns;
  private final ResultSet rows;

  /**
   * @throws Refusal {@code VALIDATION_ERROR} where the file is none of Parquet, or has not all of
   *     the columns
   */
  public ParquetCandles(Path path) {
    this.file = ParquetFile.open(requireNonNull(path, "path is null"));
    try {
      this.columns = ParquetColumns.of(file.columns());
      this.rows = file.rows(columns.query());
    } catch (SQLException e) {
      file.close();
      throw refused("candles", "what cannot be read", WHOLE, e);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Rows of the file. */
  public long count() {
    return file.count();
  }

  /** Its candles, once; of no use after {@link #close}. */
  public BarFeed bars() {
    return new Rows();
  }

  private static Refusal refused(String place, String given, String expected, SQLException cause) {
    return new Refusal(
            ErrorCode.VALIDATION_ERROR,
            place + ": " + GivenText.shown(given) + " (expected: " + expected + ")",
            cause)
        .ofField("candles");
  }

  @Override
  public void close() {
    file.close();
  }

  private final class Rows extends CandleRow {
    @Override
    public boolean next() {
      try {
        if (!rows.next()) {
          return false;
        }
        begin();
        for (CandleColumn column : CandleColumn.values()) {
          take(column);
        }
      } catch (SQLException e) {
        throw refused(
            "candles, after row " + (index() + 1),
            "what cannot be read",
            "the rest of the file",
            e);
      }
      end();
      return true;
    }

    private void take(CandleColumn column) throws SQLException {
      int at = column.ordinal() + 1;
      if (columns.isText(column)) {
        String text = rows.getString(at);
        fill(column, text == null ? "null" : text);
      } else if (column == CandleColumn.TIME) {
        long time = rows.getLong(at);
        if (columns.hasTimestamps() && !rows.wasNull()) {
          fillTime(time);
        } else {
          fill(column, rows.wasNull() ? "null" : Long.toString(time));
        }
      } else {
        double number = rows.getDouble(at);
        if (rows.wasNull()) {
          fill(column, "null");
        } else {
          fill(column, number);
        }
      }
    }

    @Override
    protected String place() {
      return "candles, row " + (index() + 1);
    }
  }
}
