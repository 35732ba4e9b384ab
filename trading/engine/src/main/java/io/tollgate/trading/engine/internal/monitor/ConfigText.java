package io.tollgate.trading.engine.internal.monitor;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Parameters of a strategy as they are kept, read as strategies take them. */
final class ConfigText {
  private static final JsonFactory JSON = new JsonFactory();

  private ConfigText() {}

  /**
   * Reads an object.
   *
   * @throws Refusal {@code INVALID_REQUEST} when it is none
   */
  static Map<String, @Nullable Object> read(String config) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), config)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw refused();
      }
      return object(json);
    } catch (JacksonException e) {
      throw refused();
    }
  }

  private static Refusal refused() {
    return new Refusal(
        ErrorCode.INVALID_REQUEST, "config: not readable (expected: an object of parameters)");
  }

  private static Map<String, @Nullable Object> object(JsonParser json) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      members.put(name, value(json, json.nextToken()));
    }
    return members;
  }

  private static List<@Nullable Object> list(JsonParser json) {
    List<@Nullable Object> all = new ArrayList<>();
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      all.add(value(json, token));
    }
    return all;
  }

  private static @Nullable Object value(JsonParser json, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> list(json);
      case VALUE_NUMBER_INT -> json.getBigIntegerValue();
      case VALUE_NUMBER_FLOAT -> json.getDecimalValue();
      case VALUE_STRING -> json.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw refused();
    };
  }
}
