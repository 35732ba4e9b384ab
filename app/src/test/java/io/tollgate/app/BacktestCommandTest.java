package io.tollgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestCommandTest {
  @TempDir Path folder;

  @Test
  void a_file_of_candles_becomes_a_page_that_stands_alone() throws IOException {
    Path csv = folder.resolve("candles.csv");
    StringBuilder rows = new StringBuilder("time,open,high,low,close,volume\n");
    StringBuilder objects = new StringBuilder("[");
    for (int i = 0; i < 400; i++) {
      double price = 100 + 10 * Math.sin(i / 9.0);
      long time = 1_767_225_600L + i * 3_600L;
      rows.append(
          time + "," + price + "," + (price + 1) + "," + (price - 1) + "," + price + ",1\n");
      objects.append(
          (i == 0 ? "" : ",")
              + "{\"ts\":%d,\"open\":%s,\"high\":%s,\"low\":%s,\"close\":%s,\"volume\":1}"
                  .formatted(time, price, price + 1, price - 1, price));
    }
    Files.writeString(csv, rows);
    Path page = folder.resolve("report.html");
    assertThat(run(csv, page, "--set", "fast_ma=3")).isZero();
    String html = Files.readString(page);
    assertThat(html)
        .contains(
            "<h2>Equity</h2><div class=\"frame\"><svg",
            "<h2>Drawdown, %</h2><div class=\"frame\"><svg",
            "class=\"dot ring ",
            "<dt>fast_ma</dt><dd>3</dd>",
            "<td>target</td>",
            ">2026-01-07</span>")
        .doesNotContain("<script", "http", "NaN");

    Path json = folder.resolve("candles.json");
    Files.writeString(json, objects.append("]"));
    Path same = folder.resolve("same.html");
    assertThat(run(json, same, "--set", "fast_ma=3")).isZero();
    assertThat(Files.readString(same)).isEqualTo(html);
  }

  @Test
  void a_file_of_parquet_becomes_the_same_page_as_csv() throws IOException, SQLException {
    Path csv = folder.resolve("candles.csv");
    StringBuilder rows = new StringBuilder("ts,open,high,low,close,volume\n");
    for (int i = 0; i < 400; i++) {
      double price = 100 + Math.round(1_000 * Math.sin(i / 9.0)) / 100.0;
      rows.append(1_767_225_600L + i * 3_600L)
          .append("," + price + "," + (price + 1) + "," + (price - 1) + "," + price + ",1\n");
    }
    Files.writeString(csv, rows);
    Path parquet = folder.resolve("candles.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      boolean _ =
          statement.execute(
              "COPY (FROM read_csv('" + csv + "')) TO '" + parquet + "' (FORMAT parquet)");
    }
    Path one = folder.resolve("one.html");
    Path other = folder.resolve("other.html");
    assertThat(run(csv, one)).isZero();
    assertThat(run(parquet, other)).isZero();
    assertThat(Files.readString(other)).isEqualTo(Files.readString(one));
    Files.writeString(parquet, "PAR1 and no more");
    assertThat(run(parquet, other)).isEqualTo(2);
  }

  @Test
  void candles_want_to_be_named_and_books_to_be_there() {
    String nowhere = folder.resolve("nowhere").toString();
    String[] named = {"--exchange", "okx", "--symbol", "BTC/USDT", "--timeframe", "1m"};
    assertThat(ProgramCommands.run("candles", "list", "--data-dir", nowhere)).isEqualTo(1);
    assertThat(ProgramCommands.run("candles", "import", "--data-dir", nowhere)).isEqualTo(2);
    assertThat(ProgramCommands.run("candles", "burn", "--data-dir", nowhere)).isEqualTo(2);
    for (int i = 1; i < named.length; i += 2) {
      String[] wrong = named.clone();
      wrong[i] = "x";
      String[] all = new String[4 + wrong.length];
      System.arraycopy(new String[] {"candles", "import", "--data-dir", nowhere}, 0, all, 0, 4);
      System.arraycopy(wrong, 0, all, 4, wrong.length);
      assertThat(ProgramCommands.run(all)).as(named[i - 1]).isEqualTo(2);
    }
  }

  @Test
  void what_is_wrong_is_wrong_usage() throws IOException {
    Path csv = folder.resolve("candles.csv");
    Path page = folder.resolve("report.html");
    assertThat(run(csv, page)).isEqualTo(2);
    Files.writeString(csv, "time,open,high,low,close,volume\n1,2,1,1,1,1\n");
    assertThat(run(csv, page)).isEqualTo(2);
    assertThat(run(csv, page, "--set", "fast_ma=x")).isEqualTo(2);
    assertThat(run(csv, page, "--leverage", "0")).isEqualTo(2);
    assertThat(run(csv, page, "--timeframe", "7m")).isEqualTo(2);
    assertThat(page).doesNotExist();
  }

  private static int run(Path file, Path page, String... more) {
    String[] arguments = new String[4 + more.length];
    arguments[0] = "backtest";
    arguments[1] = file.toString();
    arguments[2] = "--out";
    arguments[3] = page.toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return ProgramCommands.run(arguments);
  }
}
