package io.tollgate.app;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.SettingsException;
import io.tollgate.trading.engine.candles.BarFeed;
import io.tollgate.trading.engine.candles.CsvCandles;
import io.tollgate.trading.engine.candles.JsonCandles;
import io.tollgate.trading.engine.candles.ParquetCandles;
import io.tollgate.web.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/** Candles of a file, however long, with a bar that shows how far it is. */
final class CandleFile implements AutoCloseable {
  /** What its name says of it. */
  static final String EXPECTED = ".csv, .parquet, or .json with a list of objects";

  private final BarFeed bars;
  private final ProgressBar bar;
  private final AutoCloseable source;

  private CandleFile(BarFeed bars, ProgressBar bar, AutoCloseable source) {
    this.bars = requireNonNull(bars, "bars is null");
    this.bar = requireNonNull(bar, "bar is null");
    this.source = requireNonNull(source, "source is null");
  }

  /**
   * Opens it.
   *
   * @throws io.tollgate.ground.Refusal when it is not what its name says
   */
  static CandleFile open(Path file, PrintWriter out) throws IOException {
    boolean shown = System.console() != null;
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (name.endsWith(".parquet")) {
      ParquetCandles candles = new ParquetCandles(file);
      ProgressBar bar = new ProgressBar(candles.count(), shown, out);
      return new CandleFile(new CountedBars(candles.bars(), bar), bar, candles);
    }
    ProgressBar bar = new ProgressBar(Files.size(file), shown, out);
    InputStream bytes = new CountedBytes(Files.newInputStream(file), bar);
    try {
      return new CandleFile(name.endsWith(".json") ? json(bytes) : csv(bytes), bar, bytes);
    } catch (JacksonException e) {
      bytes.close();
      throw new SettingsException(file + " is not JSON (expected: a list of candles)");
    } catch (RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private static BarFeed csv(InputStream bytes) {
    return new CsvCandles(
        new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), 1 << 16));
  }

  private static BarFeed json(InputStream bytes) {
    JsonParser json = Json.MAPPER.createParser(bytes);
    json.nextToken();
    return new JsonCandles(json);
  }

  /** Its candles, once. */
  BarFeed bars() {
    return bars;
  }

  @Override
  public void close() throws IOException {
    bar.end();
    try {
      source.close();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
