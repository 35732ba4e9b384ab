package io.tollgate.web;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.web.internal.GroundTypes;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of our own interfaces: snake_case, exact decimals, RFC 3339 times in UTC, empty
 * optionals as null, ids as numbers, amounts as numbers in whole units of their asset.
 */
public final class Json {
  /** Shared and immutable. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new GroundTypes())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private Json() {}

  public static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /**
   * Reads one JSON value and nothing after it.
   *
   * @throws Refusal {@code MALFORMED_BODY} saying where it stops being JSON
   */
  public static JsonNode read(byte[] bytes) {
    if (bytes.length == 0) {
      throw new Refusal(ErrorCode.MALFORMED_BODY, "the body is empty (expected: JSON)");
    }
    try {
      return MAPPER.readTree(bytes);
    } catch (JacksonException e) {
      var location = e.getLocation();
      String where =
          location == null
              ? ""
              : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
      throw new Refusal(ErrorCode.MALFORMED_BODY, "the body is not JSON" + where, e);
    } catch (NumberFormatException e) {
      // an exponent beyond what a decimal can hold; the parser lets it through as this
      throw new Refusal(ErrorCode.MALFORMED_BODY, "the body holds a number that is too large", e);
    }
  }
}
