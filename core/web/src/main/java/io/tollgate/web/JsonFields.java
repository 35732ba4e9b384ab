package io.tollgate.web;

import static java.time.temporal.ChronoUnit.MICROS;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * The fields of an object that a caller sent, each read as what it must be. A field that is null is
 * not given. Every method refuses with {@code INVALID_REQUEST}, which names the field, what was
 * given and what was expected. Immutable.
 */
public final class JsonFields {
  private final JsonNode object;
  private final boolean camelCase;

  private JsonFields(JsonNode object, boolean camelCase) {
    this.object = object;
    this.camelCase = camelCase;
  }

  /** The fields of a body, which must be an object. */
  public static JsonFields of(JsonNode body) {
    return new JsonFields(requireObject(body, "the body"), false);
  }

  /**
   * The same; names in snake_case may be written in camelCase as well. One that is given in both
   * spellings must say the same in both.
   */
  public static JsonFields ofBothSpellings(JsonNode body) {
    return new JsonFields(requireObject(body, "the body"), true);
  }

  /**
   * Whatever stands in a field.
   *
   * @param name in snake_case
   */
  public Optional<JsonNode> find(String name) {
    Optional<JsonNode> snake = given(name);
    String other = camelCase ? inCamelCase(name) : name;
    if (other.equals(name)) {
      return snake;
    }
    Optional<JsonNode> camel = given(other);
    if (snake.isPresent() && camel.isPresent() && !snake.equals(camel)) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          name + ": differs from " + other + " (expected: one of them, or the same in both)");
    }
    return snake.or(() -> camel);
  }

  /** Whether there is such a field, be it null: what takes something away says so by null. */
  public boolean names(String name) {
    return object.has(name) || (camelCase && object.has(inCamelCase(name)));
  }

  /**
   * A text.
   *
   * @param expected what it stands for, e.g. {@code a code such as USD}
   */
  public Optional<String> text(String name, String expected) {
    return find(name)
        .map(
            node -> {
              if (!node.isString()) {
                throw GivenText.refused(name, node.toString(), expected);
              }
              return node.stringValue();
            });
  }

  /** The same, which must be given. */
  public String requireText(String name, String expected) {
    return text(name, expected).orElseThrow(() -> missing(name, expected));
  }

  /** A text that must be given and is not repeated in a refusal, as it may be a password. */
  public String requireSecret(String name) {
    return find(name)
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .orElseThrow(() -> missing(name, "a text"));
  }

  /** A whole number within bounds, both included. */
  public Optional<Long> wholeNumber(String name, long least, long max) {
    String expected = bounded(least, max);
    return find(name)
        .map(
            node -> {
              if (!node.isIntegralNumber()
                  || !node.canConvertToLong()
                  || node.longValue() < least
                  || node.longValue() > max) {
                throw GivenText.refused(name, node.toString(), expected);
              }
              return node.longValue();
            });
  }

  /** A decimal, sent as a number or as a text. */
  public Optional<BigDecimal> decimal(String name, String expected) {
    return find(name)
        .map(
            node -> {
              if (node.isNumber()) {
                return node.decimalValue();
              }
              if (!node.isString()) {
                throw GivenText.refused(name, node.toString(), expected);
              }
              try {
                return Numerals.decimal(node.stringValue().strip());
              } catch (NumberFormatException e) {
                throw GivenText.refused(name, node.stringValue(), expected);
              }
            });
  }

  /** The same, which must be given. */
  public BigDecimal requireDecimal(String name, String expected) {
    return decimal(name, expected).orElseThrow(() -> missing(name, expected));
  }

  /** A time (RFC 3339), as exactly as the database keeps it. */
  public Optional<Instant> time(String name, String expected) {
    return text(name, expected)
        .map(
            text -> {
              try {
                return OffsetDateTime.parse(text).toInstant().truncatedTo(MICROS);
              } catch (DateTimeException e) {
                throw GivenText.refused(name, text, expected);
              }
            });
  }

  /**
   * A list of texts.
   *
   * @param max how many there may be
   */
  public Optional<List<String>> texts(String name, int max, String expected) {
    return find(name)
        .map(
            node -> {
              if (!node.isArray() || node.size() > max) {
                throw GivenText.refused(name, node.toString(), expected);
              }
              List<String> texts = new ArrayList<>(node.size());
              for (JsonNode one : node) {
                if (!one.isString()) {
                  throw GivenText.refused(name, one.toString(), expected);
                }
                texts.add(one.stringValue());
              }
              return texts;
            });
  }

  /** A whole number from 1 that fits an int. */
  public OptionalInt small(String name, int max) {
    return wholeNumber(name, 1, max)
        .map(number -> OptionalInt.of(Math.toIntExact(number)))
        .orElse(OptionalInt.empty());
  }

  /** A whole number from 1. */
  public OptionalLong large(String name, long max) {
    return wholeNumber(name, 1, max).map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  /** A refusal of a body that lacks a field. */
  public static Refusal missing(String name, String expected) {
    return new Refusal(ErrorCode.INVALID_REQUEST, name + " is missing (expected: " + expected + ")")
        .ofField(name);
  }

  private Optional<JsonNode> given(String name) {
    return object.optional(name).filter(node -> !node.isNull());
  }

  private static String bounded(long least, long max) {
    boolean anyNumber = least <= Integer.MIN_VALUE;
    String to = max == Long.MAX_VALUE ? "" : " to " + max;
    return "a whole number" + (anyNumber ? "" : " from " + least + to);
  }

  private static JsonNode requireObject(JsonNode node, String what) {
    if (!node.isObject()) {
      throw GivenText.refused(what, node.toString(), "an object");
    }
    return node;
  }

  private static String inCamelCase(String name) {
    StringBuilder camel = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_' && i + 1 < name.length()) {
        camel.append(Character.toUpperCase(name.charAt(++i)));
      } else {
        camel.append(c);
      }
    }
    return camel.toString();
  }
}
