package io.tollgate.sandbox.internal.content;

import io.tollgate.sandbox.internal.json.JsonText;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * JSON that follows a schema: the arguments of a tool call, or an answer that must be JSON. A
 * function of the schema and a seed; understands type (in either case), properties, items, enum,
 * const, minimum, anyOf, oneOf, allOf and local $ref, and gives a string for what it does not.
 */
public final class SampleJson {
  private static final int DEEPEST = 16;
  private static final int MAX_VALUES = 1000;

  private final JsonNode root;
  private final StringBuilder json = new StringBuilder();
  private long seed;
  private int values;

  private SampleJson(JsonNode root, long seed) {
    this.root = root;
    this.seed = seed;
  }

  /** A JSON object that follows the schema; without one, {@code {"answer": "…"}}. */
  public static String object(JsonNode schema, long seed) {
    SampleJson sample = new SampleJson(schema, seed);
    if (schema.isObject() && !schema.isEmpty()) {
      sample.value(schema, 0);
    } else {
      sample.json.append("{\"answer\":");
      sample.words();
      sample.json.append('}');
    }
    return sample.json.toString();
  }

  private void value(JsonNode schema, int depth) {
    // a schema that refers to itself has no end
    if (depth > DEEPEST || ++values > MAX_VALUES) {
      json.append("null");
      return;
    }
    if (schema.has("const")) {
      json.append(schema.path("const"));
      return;
    }
    JsonNode allowed = schema.path("enum");
    if (allowed.isArray() && !allowed.isEmpty()) {
      json.append(allowed.get(pick(allowed.size())));
      return;
    }
    String reference = schema.path("$ref").asString("");
    if (reference.startsWith("#/")) {
      value(root.at(reference.substring(1)), depth + 1);
      return;
    }
    for (String one : new String[] {"anyOf", "oneOf", "allOf"}) {
      if (schema.path(one).isArray() && !schema.path(one).isEmpty()) {
        value(schema.path(one).get(0), depth + 1);
        return;
      }
    }
    typed(schema, depth);
  }

  private void typed(JsonNode schema, int depth) {
    JsonNode type = schema.path("type");
    String name = (type.isArray() ? type.path(0) : type).asString("").toLowerCase(Locale.ROOT);
    switch (name.isEmpty() && schema.has("properties") ? "object" : name) {
      case "object" -> properties(schema.path("properties"), depth);
      case "array" -> {
        json.append('[');
        if (schema.path("items").isObject()) {
          value(schema.path("items"), depth + 1);
        }
        json.append(']');
      }
      case "integer", "number" -> {
        JsonNode least = schema.path("minimum");
        json.append(least.isNumber() ? least.toString() : Integer.toString(1 + pick(9)));
      }
      case "boolean" -> json.append(pick(2) == 0);
      case "null" -> json.append("null");
      default -> words();
    }
  }

  private void properties(JsonNode properties, int depth) {
    json.append('{');
    boolean first = true;
    for (var property : properties.properties()) {
      if (!first) {
        json.append(',');
      }
      first = false;
      JsonText.quote(json, property.getKey());
      json.append(':');
      value(property.getValue(), depth + 1);
    }
    json.append('}');
  }

  private void words() {
    int count = 1 + pick(3);
    json.append('"');
    for (int i = 0; i < count; i++) {
      json.append(Words.at(seed, i));
    }
    json.append('"');
  }

  private int pick(int size) {
    seed = Seeds.mix(seed);
    return (int) Long.remainderUnsigned(seed, size);
  }
}
