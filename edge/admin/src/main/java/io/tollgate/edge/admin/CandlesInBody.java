package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.candles.CandleSeries;
import io.tollgate.trading.engine.candles.CsvCandles;
import io.tollgate.trading.engine.candles.JsonCandles;
import io.tollgate.web.Json;
import io.tollgate.web.JsonFields;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A body with {@code candles}, which are many: they are read into 48 bytes each and never built as
 * a tree. The rest is read as every body is.
 *
 * @param fields all but the candles
 */
record CandlesInBody(JsonFields fields, CandleSeries candles) {
  /** What a body may have in all. */
  static final long BODY_LIMIT = 64L << 20;

  /** Candles of two years of minutes. */
  static final int MOST = 1_050_000;

  /** What a body may have beside candles. */
  private static final int REST_LIMIT = 1 << 20;

  private static final String NAME = "candles";
  private static final String EXPECTED =
      "a list of objects with timestamp, open, high, low, close and volume, the same as CSV, a file"
          + " of Parquet in base64, or exchange for those that are stored";

  /** How a file of Parquet begins in base64: {@code PAR1}. */
  private static final String PARQUET = "UEFSM";

  private static final byte[] NOTHING = "null".getBytes(StandardCharsets.US_ASCII);
  private static final JsonMapper MAPPER =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(100)
                      .maxStringLength((int) BODY_LIMIT)
                      .build())
              .build());

  CandlesInBody {
    requireNonNull(fields, "fields is null");
    requireNonNull(candles, "candles is null");
  }

  /** Those that a body has; empty where it has none. */
  static Optional<CandlesInBody> find(byte[] body) {
    try (JsonParser json = MAPPER.createParser(body)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
          boolean candles = json.currentName().equals(NAME);
          JsonToken value = json.nextToken();
          if (candles && value != JsonToken.VALUE_NULL) {
            return Optional.of(taken(body, json));
          }
          json.skipChildren();
        }
      }
    } catch (JacksonException e) {
      throw new Refusal(ErrorCode.MALFORMED_BODY, "the body is not JSON", e);
    }
    return Optional.empty();
  }

  /** All that a body says that has none. */
  static JsonFields withoutCandles(byte[] body) {
    return JsonFields.of(Json.read(small(body)));
  }

  static Refusal missing() {
    return JsonFields.missing(NAME, EXPECTED);
  }

  private static CandlesInBody taken(byte[] body, JsonParser json) {
    long from = json.currentTokenLocation().getByteOffset();
    CandleSeries candles;
    try {
      candles = candles(json);
    } catch (Refusal broken) {
      if (body.length <= REST_LIMIT) {
        // what makes it no body at all is told first
        JsonNode _ = Json.read(body);
      }
      throw broken;
    }
    long to = json.currentLocation().getByteOffset();
    if (from < 0 || to > body.length) {
      throw new Refusal(ErrorCode.MALFORMED_BODY, "the body is not UTF-8");
    }
    byte[] rest = new byte[(int) (from + NOTHING.length + body.length - to)];
    System.arraycopy(body, 0, rest, 0, (int) from);
    System.arraycopy(NOTHING, 0, rest, (int) from, NOTHING.length);
    System.arraycopy(body, (int) to, rest, (int) from + NOTHING.length, (int) (body.length - to));
    return new CandlesInBody(JsonFields.of(Json.read(small(rest))), candles);
  }

  private static CandleSeries candles(JsonParser json) {
    return switch (json.currentToken()) {
      case START_ARRAY -> CandleSeries.read(new JsonCandles(json), MOST);
      case VALUE_STRING -> inText(json.getString());
      default ->
          throw new Refusal(
                  ErrorCode.INVALID_REQUEST, NAME + ": none of these (expected: " + EXPECTED + ")")
              .ofField(NAME);
    };
  }

  private static CandleSeries inText(String text) {
    return text.startsWith(PARQUET)
        ? ParquetInText.read(text, MOST)
        : CandleSeries.read(new CsvCandles(new StringReader(text)), MOST);
  }

  /** Refuses what is more than a body may have beside candles. */
  static byte[] small(byte[] rest) {
    if (rest.length > REST_LIMIT) {
      throw new Refusal(
          ErrorCode.BODY_TOO_LARGE,
          "the body is too large (limit: " + REST_LIMIT + " bytes beside candles)");
    }
    return rest;
  }
}
