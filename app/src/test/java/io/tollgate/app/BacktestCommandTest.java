package io.tollgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
