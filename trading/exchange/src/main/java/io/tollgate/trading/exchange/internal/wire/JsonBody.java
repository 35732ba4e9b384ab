package io.tollgate.trading.exchange.internal.wire;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** A request's JSON object, in the order its fields were given. */
public final class JsonBody {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private final Map<String, Object> fields = new LinkedHashMap<>();

  /** Adds a text. */
  public JsonBody with(String name, String value) {
    fields.put(name, value);
    return this;
  }

  /** Adds a number as the text of its digits, in full. */
  public JsonBody with(String name, BigDecimal value) {
    return with(name, value.stripTrailingZeros().toPlainString());
  }

  /** Adds a number as a number. */
  public JsonBody withNumber(String name, BigDecimal value) {
    fields.put(name, value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros());
    return this;
  }

  /** Adds an object. */
  public JsonBody with(String name, JsonBody object) {
    fields.put(name, object.fields);
    return this;
  }

  /** Adds a list of objects. */
  public JsonBody with(String name, List<JsonBody> objects) {
    fields.put(name, objects.stream().map(object -> object.fields).toList());
    return this;
  }

  /** Adds a list of texts. */
  public JsonBody withTexts(String name, List<String> texts) {
    fields.put(name, List.copyOf(texts));
    return this;
  }

  /** Adds a truth value. */
  public JsonBody with(String name, boolean value) {
    fields.put(name, value);
    return this;
  }

  @Override
  public String toString() {
    return MAPPER.writeValueAsString(fields);
  }
}
