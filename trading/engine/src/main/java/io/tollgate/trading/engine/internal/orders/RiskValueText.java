package io.tollgate.trading.engine.internal.orders;

import io.tollgate.trading.engine.risk.RiskValue;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Parameters of a rule as they are kept: an object of numbers, words and lists of words. */
final class RiskValueText {
  private static final JsonFactory JSON = new JsonFactory();

  private RiskValueText() {}

  static String write(Map<String, RiskValue> parameters) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      var _ = json.writeStartObject();
      parameters.forEach(
          (name, value) -> {
            var _ = json.writeName(name);
            write(json, value);
          });
      var _ = json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, RiskValue value) {
    switch (value) {
      case RiskValue.Number(var number) -> {
        var _ = json.writeNumber(number);
      }
      case RiskValue.Word(String word) -> {
        var _ = json.writeString(word);
      }
      case RiskValue.Words(List<String> words) -> {
        var _ = json.writeStartArray();
        words.forEach(json::writeString);
        var _ = json.writeEndArray();
      }
    }
  }

  /**
   * Reads what was written; what is of another kind is left out, as rules do not take it.
   *
   * @param text an object in JSON
   */
  static Map<String, RiskValue> read(String text) {
    Map<String, RiskValue> parameters = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      // the table keeps objects only
      var _ = json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        switch (json.nextToken()) {
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
              parameters.put(name, new RiskValue.Number(json.getDecimalValue()));
          case VALUE_STRING -> parameters.put(name, new RiskValue.Word(json.getString()));
          case START_ARRAY -> parameters.put(name, new RiskValue.Words(words(json)));
          case null, default -> {
            var _ = json.skipChildren();
          }
        }
      }
    }
    return parameters;
  }

  private static List<String> words(JsonParser json) {
    List<String> words = new ArrayList<>();
    while (json.nextToken() == JsonToken.VALUE_STRING) {
      words.add(json.getString());
    }
    return words;
  }
}
