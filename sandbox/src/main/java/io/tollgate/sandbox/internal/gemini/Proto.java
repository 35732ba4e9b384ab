package io.tollgate.sandbox.internal.gemini;

import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Problem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** JSON as protocol buffers have it: names in either style, and none that are not known. */
final class Proto {
  private Proto() {}

  /** The field of a camel-case name, which may be written with underscores; null is none. */
  static JsonNode get(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode()) {
      value = object.path(snake(name));
    }
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  /** The field, when it is there, which must be an object. */
  static Optional<JsonNode> object(JsonNode object, String name, String where) {
    JsonNode value = get(object, name);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      throw JsonFields.wrongType(where, "an object", value);
    }
    return Optional.of(value);
  }

  /** The field, when it is there, which must be an array. */
  static JsonNode array(JsonNode object, String name, String where) {
    JsonNode value = get(object, name);
    if (!value.isMissingNode() && !value.isArray()) {
      throw Problem.invalid(
          where, "Proto field is repeating, but the value at '" + where + "' is no list.");
    }
    return value;
  }

  /** The text, when it is there. */
  static Optional<String> text(JsonNode object, String name, String where) {
    JsonNode value = get(object, name);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw Problem.invalid(where, "Invalid value at '" + where + "' (TYPE_STRING), " + value);
    }
    return Optional.of(value.stringValue());
  }

  static boolean flag(JsonNode object, String name, String where) {
    JsonNode value = get(object, name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw Problem.invalid(where, "Invalid value at '" + where + "' (TYPE_BOOL), " + value);
    }
    return value.isBoolean() && value.booleanValue();
  }

  static OptionalInt integer(JsonNode object, String name, String where, int min, int max) {
    JsonNode value = get(object, name);
    if (value.isMissingNode()) {
      return OptionalInt.empty();
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < min
        || value.intValue() > max) {
      throw Problem.invalid(
          where,
          "Invalid value at '" + where + "': " + value + " (expected: " + min + ".." + max + ")");
    }
    return OptionalInt.of(value.intValue());
  }

  static void number(JsonNode object, String name, String where, double min, double max) {
    JsonNode value = get(object, name);
    if (!value.isMissingNode()
        && (!value.isNumber() || value.doubleValue() < min || value.doubleValue() > max)) {
      throw Problem.invalid(
          where,
          "Invalid value at '" + where + "': " + value + " (expected: " + min + ".." + max + ")");
    }
  }

  /** One of some words, the first of which holds where none is given. */
  static String word(JsonNode object, String name, String where, List<String> words) {
    String given = text(object, name, where).orElse(words.getFirst());
    if (!words.contains(given)) {
      throw Problem.invalid(
          where, "Invalid value at '" + where + "': \"" + given + "\" (expected: " + words + ")");
    }
    return given;
  }

  /** Refuses names that are not known. */
  static void only(JsonNode object, Set<String> known, String where) {
    for (String name : object.propertyNames()) {
      if (!known.contains(camel(name))) {
        throw Problem.invalid(
            where,
            "Invalid JSON payload received. Unknown name \""
                + name
                + "\""
                + (where.isEmpty() ? "" : " at '" + where + "'")
                + ": Cannot find field.");
      }
    }
  }

  private static String camel(String name) {
    if (name.indexOf('_') < 0) {
      return name;
    }
    StringBuilder camel = new StringBuilder(name.length());
    boolean raise = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_' && i > 0) {
        raise = true;
      } else {
        camel.append(raise ? Character.toUpperCase(c) : c);
        raise = false;
      }
    }
    return camel.toString();
  }

  private static String snake(String name) {
    StringBuilder snake = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        snake.append('_').append(Character.toLowerCase(c));
      } else {
        snake.append(c);
      }
    }
    return snake.toString();
  }
}
