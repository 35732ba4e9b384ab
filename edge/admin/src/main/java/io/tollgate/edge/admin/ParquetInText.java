package io.tollgate.edge.admin;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.candles.CandleSeries;
import io.tollgate.trading.engine.candles.ParquetCandles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Candles of a file of Parquet that stands in a text, in base64. */
final class ParquetInText {
  private ParquetInText() {}

  /**
   * Reads them through a file that is there for as long as that takes.
   *
   * @param most candles that it may have
   * @throws Refusal {@code VALIDATION_ERROR} when it is no such file, or has more
   */
  static CandleSeries read(String text, int most) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(
              ErrorCode.VALIDATION_ERROR,
              "candles: a text that begins as Parquet in base64 and is no base64 (expected: it whole)",
              e)
          .ofField("candles");
    }
    try {
      Path file = Files.createTempFile("tollgate-candles", ".parquet");
      try {
        Path _ = Files.write(file, bytes);
        try (ParquetCandles candles = new ParquetCandles(file)) {
          return CandleSeries.read(candles.bars(), most);
        }
      } finally {
        boolean _ = Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
