package io.tollgate.trading.engine.candles;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.candles.internal.CandleColumn;
import io.tollgate.trading.engine.candles.internal.CandleRow;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Candles of comma-separated lines, read as they are asked for. The first line names the columns:
 * {@code timestamp} (or {@code time}, {@code ts}), {@code open, high, low, close, volume}, in any
 * order; others are passed over. Empty lines are too. A row that is broken is refused with {@code
 * VALIDATION_ERROR}, which names its line.
 */
public final class CsvCandles extends CandleRow {
  private static final int LONGEST_LINE = 4_000;

  private final Reader text;
  private final List<Optional<CandleColumn>> columns = new ArrayList<>();
  private final StringBuilder line = new StringBuilder();
  private long number;

  /**
   * @param text left open; read in small pieces, so it should be buffered
   * @throws Refusal {@code VALIDATION_ERROR} where the first line does not name the columns
   */
  public CsvCandles(Reader text) {
    this.text = requireNonNull(text, "text is null");
    if (nextLine()) {
      head();
    }
  }

  private void head() {
    Set<CandleColumn> missing = EnumSet.allOf(CandleColumn.class);
    if (line.charAt(0) == '\uFEFF') {
      line.deleteCharAt(0);
    }
    for (String name : line.toString().split(",", -1)) {
      Optional<CandleColumn> column = column(bare(name));
      if (column.isPresent() && !missing.remove(column.get())) {
        throw refused(name, "each column once");
      }
      columns.add(column);
    }
    if (!missing.isEmpty()) {
      throw refused(line.toString(), "a first line with timestamp, open, high, low, close, volume");
    }
  }

  @Override
  public boolean next() {
    if (!nextLine()) {
      return false;
    }
    begin();
    int from = 0;
    for (int i = 0; i < columns.size(); i++) {
      int comma = line.indexOf(",", from);
      boolean last = i == columns.size() - 1;
      if (last != (comma < 0)) {
        throw refused(line.toString(), columns.size() + " values, as in the first line");
      }
      int to = last ? line.length() : comma;
      if (columns.get(i).isPresent()) {
        fill(columns.get(i).get(), bare(line.substring(from, to)));
      }
      from = to + 1;
    }
    end();
    return true;
  }

  private static String bare(String value) {
    String text = value.strip();
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  /** Goes to the next line that is not empty; false at the end. */
  private boolean nextLine() {
    try {
      int c;
      do {
        line.setLength(0);
        number++;
        while ((c = text.read()) >= 0 && c != '\n') {
          if (line.length() == LONGEST_LINE) {
            throw refused(line.toString(), "a line of at most " + LONGEST_LINE + " characters");
          }
          if (c != '\r') {
            line.append((char) c);
          }
        }
      } while (c >= 0 && line.toString().isBlank());
      return !line.toString().isBlank();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Refusal refused(String given, String expected) {
    return new Refusal(
            ErrorCode.VALIDATION_ERROR,
            place() + ": " + GivenText.shown(given) + " (expected: " + expected + ")")
        .ofField("candles");
  }

  @Override
  protected String place() {
    return "candles, line " + number;
  }
}
