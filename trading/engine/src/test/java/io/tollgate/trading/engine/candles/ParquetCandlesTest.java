package io.tollgate.trading.engine.candles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetCandlesTest {
  private static final String PRICES =
      "1.0 AS open, 2.5 AS high, 0.5 AS low, 2.0 AS close, 7 AS volume";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TIMESTAMP '2026-01-01 00:00:00' AS timestamp",
        "TIMESTAMPTZ '2026-01-01 01:00:00+01' AS Timestamp",
        "TIMESTAMP_NS '2026-01-01 00:00:00' AS ts",
        "TIMESTAMP_S '2026-01-01 00:00:00' AS time",
        "DATE '2026-01-01' AS time",
        "1767225600 AS ts",
        "1767225600000::UBIGINT AS ts",
        "'2026-01-01T00:00:00Z' AS ts"
      })
  void times_are_read_however_they_are_written(String time) throws SQLException {
    assertThat(seen(written("SELECT 'x' AS note, " + PRICES + ", " + time)))
        .isEqualTo("1767225600000 1.0 2.5 0.5 2.0 7.0");
  }

  @Test
  void numbers_are_read_of_every_type_that_holds_them() throws SQLException {
    String row =
        "SELECT 10 AS ts, 1::DECIMAL(18,8) AS open, '2.5' AS high, 0.5::FLOAT AS low,"
            + " 2::BIGINT AS close, 7e0 AS volume";
    assertThat(seen(written(row))).isEqualTo("10000 1.0 2.5 0.5 2.0 7.0");
  }

  @Test
  void rows_without_end_are_read_one_by_one_in_their_order() throws SQLException {
    Path file =
        written(
            "SELECT i * 60 AS ts, 1 AS open, 2 AS high, 1 AS low, 2 AS close, 1 AS volume"
                + " FROM range(1, 300001) AS rows(i)");
    try (ParquetCandles candles = new ParquetCandles(file)) {
      assertThat(candles.count()).isEqualTo(300_000);
      BarFeed bars = candles.bars();
      long rows = 0;
      while (bars.next()) {
        rows++;
        assertThat(bars.openTime()).isEqualTo(rows * 60_000);
      }
      assertThat(rows).isEqualTo(300_000);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10, 1, 2, 1, 2, 1         | candles, row 2.timestamp: 1970-01-01T00:00:10Z (expected: after
          20, NULL, 2, 1, 2, 1      | candles, row 2.open: null (expected: a price above 0
          20, 'NaN'::DOUBLE, 2, 1, 2, 1 | candles, row 2.open: NaN (expected: a price above 0
          20, 1, 2, 1, 2, -1        | candles, row 2.volume: -1 (expected: a number from 0
          20, 1, 2, 1, 2, 0         | candles, row 2.volume: 0 (expected: above 0, as the price
          NULL, 1, 2, 1, 2, 1       | candles, row 2.timestamp: null (expected: a time
          -5, 1, 2, 1, 2, 1         | candles, row 2.timestamp: -5 (expected: a time
          """)
  void a_broken_row_is_refused_with_its_place(String values, String sentence) throws SQLException {
    Path file =
        written(
            "SELECT * FROM (VALUES (10, 1, 2, 1, 2, 1), ("
                + values
                + ")) AS rows(ts, open, high, low, close, volume)");
    refused(() -> seen(file), sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 AS open, 2 AS ts                        | candles: open, ts (expected: columns timestamp, open
          1 AS ts, 2 AS time                        | candles: time twice (expected: columns timestamp
          1.5 AS ts, 1 AS open, 1 AS high, 1 AS low, 1 AS close, 1 AS volume  | candles.timestamp: a column of type DECIMAL(2,1) (expected: timestamps, whole
          1 AS ts, [1] AS open, 1 AS high, 1 AS low, 1 AS close, 1 AS volume  | candles.open: a column of type INTEGER[] (expected: numbers or texts
          """)
  void columns_that_do_not_do_are_refused(String columns, String sentence) throws SQLException {
    Path file = written("SELECT " + columns);
    refused(() -> seen(file), sentence);
  }

  @Test
  void what_is_no_whole_file_is_refused_wherever_it_ends() throws SQLException, IOException {
    Path whole =
        written(
            "SELECT i * 60 AS ts, 1 AS open, 2 AS high, 1 AS low, 2 AS close, random() + 1 AS"
                + " volume FROM range(1, 3000) AS rows(i)");
    byte[] bytes = Files.readAllBytes(whole);
    Path broken = folder.resolve("broken.parquet");
    for (int length : List.of(0, 3, 4, 8, 100, bytes.length / 2, bytes.length - 1)) {
      Files.write(broken, Arrays.copyOf(bytes, length));
      refused(
          () -> seen(broken), "candles: no file of Parquet, or a broken one (expected: a whole");
    }
    for (String text : List.of("PAR1PAR1", "PAR1....PAR1", "PAR1" + "x".repeat(500) + "PAR1")) {
      Files.write(broken, text.getBytes(StandardCharsets.US_ASCII));
      refused(() -> seen(broken), "candles");
    }
    // a hole in its middle
    byte[] holed = bytes.clone();
    Arrays.fill(holed, 4, bytes.length / 2, (byte) 0x5A);
    Files.write(broken, holed);
    refused(() -> seen(broken), "candles");
  }

  @Test
  void whatever_byte_is_broken_it_is_refused_or_read_and_nothing_else_comes_of_it()
      throws SQLException, IOException {
    byte[] bytes =
        Files.readAllBytes(
            written(
                "SELECT i * 60 AS ts, 1 AS open, 2 AS high, 1 AS low, 2 AS close, random() + 1 AS"
                    + " volume FROM range(1, 200) AS rows(i)"));
    Random random = new Random(11);
    Path broken = folder.resolve("broken.parquet");
    int refused = 0;
    for (int i = 0; i < 100; i++) {
      byte[] changed = bytes.clone();
      for (int n = random.nextInt(3); n >= 0; n--) {
        // its description is at its end
        int from = random.nextBoolean() ? bytes.length / 2 : 4;
        changed[from + random.nextInt(bytes.length - from)] = (byte) random.nextInt(256);
      }
      Files.write(broken, changed);
      Throwable thrown = catchThrowable(() -> seen(broken));
      if (thrown != null) {
        refused++;
        assertThat(thrown).isInstanceOf(Refusal.class).hasMessageContaining("candles");
      }
    }
    assertThat(refused).isPositive();
  }

  private Path written(String query) throws SQLException {
    Path file = folder.resolve("candles.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      boolean _ = statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet)");
    }
    return file;
  }

  private static String seen(Path file) {
    try (ParquetCandles candles = new ParquetCandles(file)) {
      StringBuilder seen = new StringBuilder();
      BarFeed bars = candles.bars();
      while (bars.next()) {
        seen.append(seen.isEmpty() ? "" : ", ")
            .append(bars.openTime())
            .append(' ')
            .append(bars.open())
            .append(' ')
            .append(bars.high())
            .append(' ')
            .append(bars.low())
            .append(' ')
            .append(bars.close())
            .append(' ')
            .append(bars.volume());
      }
      return seen.toString();
    }
  }

  private static void refused(Runnable reading, String sentence) {
    assertThat(catchThrowable(reading::run))
        .isInstanceOfSatisfying(
            Refusal.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
              assertThat(e.sentence()).startsWith(sentence);
            });
  }
}
