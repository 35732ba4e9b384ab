package io.tollgate.sandbox.internal;

import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** Reads the fields of a request, refusing a wrong type or range in OpenAI's way. */
final class JsonFields {
  private JsonFields() {}

  static Optional<JsonNode> present(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  static boolean flag(JsonNode object, String name) {
    Optional<JsonNode> value = present(object, name);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw wrongType(name, "a boolean", value.get());
    }
    return value.isPresent() && value.get().booleanValue();
  }

  static OptionalInt integer(JsonNode object, String name, int least, int most) {
    Optional<JsonNode> value = present(object, name);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    JsonNode node = value.get();
    if (!node.isIntegralNumber()) {
      throw wrongType(name, "an integer", node);
    }
    if (!node.canConvertToLong() || node.longValue() < least) {
      throw OpenAiProblem.invalid(
          name,
          "integer_below_min_value",
          "Invalid '" + name + "': " + node + " (expected: >= " + least + ").");
    }
    if (node.longValue() > most) {
      throw OpenAiProblem.invalid(
          name,
          "integer_above_max_value",
          "Invalid '" + name + "': " + node + " (expected: <= " + most + ").");
    }
    return OptionalInt.of(node.intValue());
  }

  static void number(JsonNode object, String name, double least, double most) {
    Optional<JsonNode> value = present(object, name);
    if (value.isEmpty()) {
      return;
    }
    JsonNode node = value.get();
    if (!node.isNumber()) {
      throw wrongType(name, "a number", node);
    }
    if (node.doubleValue() < least || node.doubleValue() > most) {
      throw OpenAiProblem.invalid(
          name,
          "decimal_out_of_range",
          "Invalid '" + name + "': " + node + " (expected: " + least + ".." + most + ").");
    }
  }

  static String text(JsonNode object, String name, String where) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw missing(where);
    }
    if (!value.isString()) {
      throw wrongType(where, "a string", value);
    }
    return value.stringValue();
  }

  static OpenAiProblem missing(String where) {
    return OpenAiProblem.invalid(
        where, "missing_required_parameter", "Missing required parameter: '" + where + "'.");
  }

  static OpenAiProblem wrongType(String where, String expected, JsonNode given) {
    return OpenAiProblem.invalid(
        where,
        "invalid_type",
        "Invalid type for '"
            + where
            + "': "
            + given.getNodeType().name().toLowerCase(java.util.Locale.ROOT)
            + " (expected: "
            + expected
            + ").");
  }
}
