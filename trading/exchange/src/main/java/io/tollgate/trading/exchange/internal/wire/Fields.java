package io.tollgate.trading.exchange.internal.wire;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An exchange's JSON, read as what it must be; numbers are exact and bounded, whether they come as
 * numbers or as texts. What is missing or something else fails with {@link UnreadableAnswer}.
 */
public final class Fields {
  private static final int DIGITS = 60;
  private static final int SCALE = 40;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(50)
                          .maxNumberLength(DIGITS)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final JsonNode node;

  private Fields(JsonNode node) {
    this.node = node;
  }

  /** Reads a document. */
  public static Fields read(String json) {
    try {
      return new Fields(MAPPER.readTree(json));
    } catch (JacksonException e) {
      throw new UnreadableAnswer("no JSON", e);
    }
  }

  /** Whether it is a list. */
  public boolean isList() {
    return node.isArray();
  }

  /** Whether there is a field of this name that is not null. */
  public boolean has(String name) {
    return node.hasNonNull(name);
  }

  /** The things in it, which must be a list. */
  public List<Fields> items() {
    if (!node.isArray()) {
      throw new UnreadableAnswer("no list");
    }
    List<Fields> items = new ArrayList<>(node.size());
    node.forEach(item -> items.add(new Fields(item)));
    return items;
  }

  /** An object or list in a field. */
  public Fields in(String name) {
    JsonNode value = node.get(name);
    if (value == null || !value.isContainer()) {
      throw new UnreadableAnswer("no " + name);
    }
    return new Fields(value);
  }

  /** What stands at a place of a list. */
  public Fields at(int index) {
    JsonNode value = node.get(index);
    if (value == null) {
      throw new UnreadableAnswer("nothing at " + index);
    }
    return new Fields(value);
  }

  /** The field's value as text, be it a text, a number or a truth value. */
  public String text(String name) {
    return find(name).orElseThrow(() -> new UnreadableAnswer("no " + name));
  }

  /** The same, empty where there is none. */
  public Optional<String> find(String name) {
    return scalar(node.get(name));
  }

  /** This value itself as text. */
  public String text() {
    return scalar(node).orElseThrow(() -> new UnreadableAnswer("no plain value"));
  }

  /** The field's number. */
  public BigDecimal number(String name) {
    return exact(text(name));
  }

  /** The same, empty where there is none or an empty text. */
  public Optional<BigDecimal> findNumber(String name) {
    return find(name).filter(text -> !text.isEmpty()).map(Fields::exact);
  }

  /** This value itself as a number. */
  public BigDecimal number() {
    return exact(text());
  }

  /** The field's whole number. */
  public long whole(String name) {
    return wholeOf(number(name));
  }

  /** The field's time in milliseconds since 1970. */
  public Instant millis(String name) {
    return Instant.ofEpochMilli(whole(name));
  }

  /** This value itself as such a time. */
  public Instant millis() {
    return Instant.ofEpochMilli(wholeOf(number()));
  }

  /** The field's time in seconds, with or without a fraction. */
  public Instant seconds(String name) {
    return Instant.ofEpochMilli(
        wholeOf(number(name).movePointRight(3).setScale(0, RoundingMode.FLOOR)));
  }

  /** Whether the field is {@code true}; false where there is none. */
  public boolean isTrue(String name) {
    return find(name).filter("true"::equals).isPresent();
  }

  private static Optional<String> scalar(@Nullable JsonNode value) {
    if (value == null || value.isNull() || value.isContainer() || value.isMissingNode()) {
      return Optional.empty();
    }
    if (value.isNumber()) {
      return Optional.of(value.decimalValue().toString());
    }
    return Optional.of(value.asString());
  }

  private static long wholeOf(BigDecimal number) {
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      throw new UnreadableAnswer("no whole number", e);
    }
  }

  private static BigDecimal exact(String text) {
    if (text.length() > DIGITS) {
      throw new UnreadableAnswer("a number of " + text.length() + " characters");
    }
    try {
      BigDecimal number = new BigDecimal(text);
      if (Math.abs(number.scale()) > SCALE) {
        throw new UnreadableAnswer("a number with scale " + number.scale());
      }
      return number;
    } catch (NumberFormatException e) {
      throw new UnreadableAnswer("no number", e);
    }
  }
}
