package io.tollgate.sandbox.internal.json;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads the fields of a request, refusing a wrong type or range by name. */
public final class JsonFields {
  private JsonFields() {}

  public static Optional<JsonNode> present(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  public static boolean flag(JsonNode object, String name) {
    Optional<JsonNode> value = present(object, name);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw wrongType(name, "a boolean", value.get());
    }
    return value.isPresent() && value.get().booleanValue();
  }

  public static OptionalInt integer(JsonNode object, String name, int least, int most) {
    Optional<JsonNode> value = present(object, name);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    JsonNode node = value.get();
    if (!node.isIntegralNumber()) {
      throw wrongType(name, "an integer", node);
    }
    if (!node.canConvertToLong() || node.longValue() < least) {
      throw Problem.invalid(
          name,
          "integer_below_min_value",
          "Invalid '" + name + "': " + node + " (expected: >= " + least + ").");
    }
    if (node.longValue() > most) {
      throw Problem.invalid(
          name,
          "integer_above_max_value",
          "Invalid '" + name + "': " + node + " (expected: <= " + most + ").");
    }
    return OptionalInt.of(node.intValue());
  }

  public static void number(JsonNode object, String name, double least, double most) {
    Optional<JsonNode> value = present(object, name);
    if (value.isEmpty()) {
      return;
    }
    JsonNode node = value.get();
    if (!node.isNumber()) {
      throw wrongType(name, "a number", node);
    }
    if (node.doubleValue() < least || node.doubleValue() > most) {
      throw Problem.invalid(
          name,
          "decimal_out_of_range",
          "Invalid '" + name + "': " + node + " (expected: " + least + ".." + most + ").");
    }
  }

  public static String text(JsonNode object, String name, String where) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw missing(where);
    }
    if (!value.isString()) {
      throw wrongType(where, "a string", value);
    }
    return value.stringValue();
  }

  /** The field of an object, when it is there and one itself. */
  public static Optional<JsonNode> object(JsonNode object, String name, String where) {
    Optional<JsonNode> value = present(object, name);
    if (value.isPresent() && !value.get().isObject()) {
      throw wrongType(where, "an object", value.get());
    }
    return value;
  }

  /** The field of an object, when it is there and an array; else an empty one. */
  public static JsonNode array(JsonNode object, String name, String where) {
    Optional<JsonNode> value = present(object, name);
    if (value.isPresent() && !value.get().isArray()) {
      throw wrongType(where, "an array", value.get());
    }
    return value.orElse(MissingNode.getInstance());
  }

  /** Text that may be left out. */
  public static Optional<String> optionalText(JsonNode object, String name, String where) {
    return present(object, name).isEmpty()
        ? Optional.empty()
        : Optional.of(text(object, name, where));
  }

  /** One of some words, the first of which holds where none is given. */
  public static String word(JsonNode object, String name, String where, List<String> words) {
    String given = optionalText(object, name, where).orElse(words.getFirst());
    if (!words.contains(given)) {
      throw Problem.invalid(
          where, "Invalid value for '" + where + "': '" + given + "' (expected: " + words + ").");
    }
    return given;
  }

  /** The first name in an object that is not known. */
  public static Optional<String> unknown(JsonNode object, Set<String> known) {
    return object
        .propertyStream()
        .map(Map.Entry::getKey)
        .filter(name -> !known.contains(name))
        .findFirst();
  }

  public static Problem missing(String where) {
    return Problem.invalid(
        where, "missing_required_parameter", "Missing required parameter: '" + where + "'.");
  }

  public static Problem wrongType(String where, String expected, JsonNode given) {
    return Problem.invalid(
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
