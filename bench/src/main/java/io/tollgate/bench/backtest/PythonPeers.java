package io.tollgate.bench.backtest;

import io.tollgate.trading.engine.candles.BarFeed;
import io.tollgate.trading.engine.candles.CandleSeries;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Others of Python, in a process of their own, over the same bars. */
record PythonPeers(Path folder, Path peers) {
  /**
   * What they came to, and why some did not run.
   *
   * @param absent a sentence for each
   */
  record Seen(List<BarRate> rates, List<String> absent) {
    Seen {
      rates = List.copyOf(rates);
      absent = List.copyOf(absent);
    }
  }

  Seen run(CandleSeries candles) throws IOException, InterruptedException {
    Path python = peers.resolve(".venv/bin/python");
    if (!Files.isExecutable(python)) {
      return new Seen(List.of(), List.of("Python's: their environment could not be made"));
    }
    Path file = folder.resolve("bars.f64");
    write(candles, file);
    List<BarRate> rates = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    for (String name : List.of("numpy", "backtrader", "nautilus")) {
      String said = said(python, name, file);
      for (String line : said.lines().filter(each -> each.startsWith("RATE\t")).toList()) {
        String[] parts = line.split("\t", -1);
        rates.add(
            new BarRate(
                parts[1],
                Long.parseLong(parts[2]),
                Double.parseDouble(parts[3]),
                Double.parseDouble(parts[4]),
                Long.parseLong(parts[5])));
      }
      if (said.lines().noneMatch(each -> each.startsWith("RATE\t"))) {
        absent.add(name + ": " + said.strip().lines().reduce((a, b) -> b).orElse("said nothing"));
      }
    }
    return new Seen(rates, absent);
  }

  private String said(Path python, String name, Path file)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                python.toString(), peers.resolve("backtest.py").toString(), name, file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int _ = process.waitFor();
    return said;
  }

  /** Six doubles a bar: when it opened, open, high, low, close, volume. */
  private static void write(CandleSeries candles, Path file) throws IOException {
    BarFeed bars = candles.feed();
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20))) {
      while (bars.next()) {
        out.writeDouble(bars.openTime());
        out.writeDouble(bars.open());
        out.writeDouble(bars.high());
        out.writeDouble(bars.low());
        out.writeDouble(bars.close());
        out.writeDouble(bars.volume());
      }
    }
  }
}
