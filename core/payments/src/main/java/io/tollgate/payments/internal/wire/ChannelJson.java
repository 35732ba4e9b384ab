package io.tollgate.payments.internal.wire;

import io.tollgate.payments.ChannelFault;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON of channels: read with suspicion. */
public final class ChannelJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ChannelJson() {}

  /** An object; nothing when it is none. */
  public static Optional<JsonNode> object(byte[] bytes) {
    try {
      return Optional.of(MAPPER.readTree(bytes)).filter(JsonNode::isObject);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** The object that a channel answered. */
  public static JsonNode answered(byte[] bytes) {
    return object(bytes).orElseThrow(() -> ChannelFault.unknown("the answer is not an object"));
  }

  public static byte[] write(Map<String, ?> object) {
    return MAPPER.writeValueAsString(object).getBytes(StandardCharsets.UTF_8);
  }

  /** A text that is there and not empty. */
  public static Optional<String> text(JsonNode object, String name) {
    return object
        .optional(name)
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .filter(text -> !text.isEmpty());
  }

  /** The same of an answer that must have it. */
  public static String require(JsonNode object, String name) {
    return text(object, name).orElseThrow(() -> ChannelFault.unknown("the answer has no " + name));
  }

  /** A whole number that is there. */
  public static Optional<Long> number(JsonNode object, String name) {
    return object
        .optional(name)
        .filter(node -> node.isIntegralNumber() && node.canConvertToLong())
        .map(JsonNode::longValue);
  }
}
