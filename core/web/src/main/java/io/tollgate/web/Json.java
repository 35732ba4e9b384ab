package io.tollgate.web;

import io.tollgate.ground.Refusal;
import io.tollgate.web.internal.GroundTypes;
import io.tollgate.web.internal.StrictJson;
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
   * Reads one JSON value and nothing after it, strictly: what could be read in two ways is refused.
   *
   * @throws Refusal {@code MALFORMED_BODY} saying where it stops being JSON; {@code
   *     INVALID_REQUEST} naming the field that is given twice, whose text cannot be kept, or whose
   *     number is too long
   */
  public static JsonNode read(byte[] bytes) {
    return StrictJson.read(bytes);
  }
}
