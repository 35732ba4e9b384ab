package io.tollgate.tests.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.Program;
import io.tollgate.tests.installation.TestExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code candles}, beside a program that is running. */
@Tag("slow")
class CandlesCommandTest {
  private static final TestExchange exchange = new TestExchange();
  private static Installation installation;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    installation = Installation.start();
  }

  @AfterAll
  static void stop() {
    installation.close();
    exchange.close();
  }

  @Test
  void candles_of_an_exchange_and_of_a_file_are_brought_once_and_listed() throws IOException {
    Program.Ended first = candles("import", "--from", "2026-01-01T00:00:00Z", "--to", "1767276000");
    assertThat(first.exitCode()).as(first.output()).isZero();
    assertThat(first.output()).contains("binance future BTC/USDT 1m: 840 added, 0 were there");
    Program.Ended again = candles("import", "--to", "2026-01-01T14:10:00Z");
    assertThat(again.output()).contains("10 added, 0 were there");

    Path file = folder.resolve("candles.csv");
    Files.writeString(
        file,
        """
        ts,open,high,low,close,volume
        1767276540,1,2,1,2,1
        1767276600,1,2,1,2,1
        """);
    Program.Ended different = candles("import", file.toString());
    assertThat(different.exitCode()).as(different.output()).isEqualTo(1);
    assertThat(different.output())
        .contains("1 added, 0 were there")
        .contains("1 differ and were left out, the first of them of 2026-01-01T14:09:00Z");
    Program.Ended replaced = candles("import", file.toString(), "--replace");
    assertThat(replaced.exitCode()).as(replaced.output()).isZero();
    assertThat(candles("list").output())
        .contains(
            "binance future BTC/USDT 1m: 851 candles, 2026-01-01T00:00:00Z to 2026-01-01T14:11:00Z");

    assertThat(candles("import", folder.resolve("none.csv").toString()).exitCode()).isEqualTo(2);
    assertThat(candles("export").exitCode()).isEqualTo(2);
  }

  private static Program.Ended candles(String... words) {
    Path data = installation.dataDirectory();
    List<String> command = new ArrayList<>(List.of("candles"));
    command.addAll(List.of(words));
    command.addAll(List.of("--data-dir", data.toString()));
    command.addAll(List.of("--exchange", "binance", "--symbol", "BTC/USDT", "--timeframe", "1m"));
    command.addAll(List.of(exchange.flags()));
    return Program.run(data, command.toArray(String[]::new));
  }
}
