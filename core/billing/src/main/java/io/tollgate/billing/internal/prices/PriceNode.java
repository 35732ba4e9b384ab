package io.tollgate.billing.internal.prices;

import io.tollgate.billing.KindPrices;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.config.SettingsException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A mapping of a price list: gives its fields out once, and knows which are left over. */
final class PriceNode {
  private static final int MAX_DIGITS = 32;
  private static final int NANO_DIGITS = 9;
  private static final int MILLION_DIGITS = 6;

  private final String place;
  private final Map<String, Object> left;
  private final TreeSet<String> known = new TreeSet<>();

  private PriceNode(String place, Map<String, Object> fields) {
    this.place = place;
    this.left = fields;
  }

  static PriceNode root(String name, Object parsed) {
    return of(name, parsed);
  }

  private static PriceNode of(String place, Object parsed) {
    if (!(parsed instanceof Map<?, ?> map)) {
      throw new SettingsException(place + ": no mapping (expected: fields and their values)");
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    map.forEach((key, value) -> fields.put(String.valueOf(key), value == null ? "" : value));
    return new PriceNode(place, fields);
  }

  String text(String field) {
    return optionalText(field).orElseThrow(() -> fault(field + " is missing", "a text"));
  }

  List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    for (Object value : list(field)) {
      if (!(value instanceof String text) || text.isBlank()) {
        throw fault(field + ": " + value, "a list of texts");
      }
      texts.add(text);
    }
    return texts;
  }

  LocalDate date(String field) {
    String text = text(field);
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw fault(field + ": " + text, "a date such as 2026-11-21");
    }
  }

  long number(String field, long least, long most) {
    return optionalNumber(field, least, most)
        .orElseThrow(() -> fault(field + " is missing", "a whole number"));
  }

  Optional<Long> optionalNumber(String field, long least, long most) {
    return optionalText(field).map(text -> parseNumber(field, text, least, most));
  }

  /** A price in USD for a million, as nano USD. */
  long price(UsageKind kind) {
    return optionalPrice(kind)
        .orElseThrow(() -> fault(kind.code() + " is missing", "a price in USD"));
  }

  Optional<Long> optionalPrice(UsageKind kind) {
    return optionalText(kind.code()).map(text -> parsePrice(kind, text, 0));
  }

  /** A price in USD for one piece, as nano USD for a million of them. */
  Optional<Long> optionalPriceEach(UsageKind kind) {
    return optionalText(kind.code()).map(text -> parsePrice(kind, text, MILLION_DIGITS));
  }

  /** Names of the fields that were not given out yet. */
  List<String> fields() {
    return List.copyOf(left.keySet());
  }

  PriceNode node(String field) {
    return optionalNode(field).orElseThrow(() -> fault(field + " is missing", "a mapping"));
  }

  Optional<PriceNode> optionalNode(String field) {
    return take(field).map(value -> of(place + ", " + field, value));
  }

  List<PriceNode> nodes(String field) {
    List<PriceNode> nodes = new ArrayList<>();
    for (Object value : list(field)) {
      String which =
          value instanceof Map<?, ?> map && map.get("id") instanceof String id
              ? id
              : "number " + (nodes.size() + 1);
      nodes.add(of(place + ", model " + which, value));
    }
    return nodes;
  }

  void requireNothingElse() {
    if (!left.isEmpty()) {
      throw fault(
          "unknown field " + left.keySet().iterator().next(), "only " + String.join(", ", known));
    }
  }

  SettingsException fault(String given, String expected) {
    return new SettingsException(place + ": " + given + " (expected: " + expected + ")");
  }

  private Optional<Object> take(String field) {
    known.add(field);
    return Optional.ofNullable(left.remove(field));
  }

  private Optional<String> optionalText(String field) {
    return take(field)
        .map(
            value -> {
              if (!(value instanceof String text) || text.isBlank()) {
                throw fault(field + ": " + value, "a text");
              }
              return text.strip();
            });
  }

  private List<?> list(String field) {
    Object value = take(field).orElse(List.of());
    if (!(value instanceof List<?> values)) {
      throw fault(field + ": " + value, "a list");
    }
    return values;
  }

  private long parseNumber(String field, String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // falls through to the one message below
    }
    throw fault(field + ": " + text, "a whole number from " + least + " to " + most);
  }

  /**
   * @param more decimal digits by which a price of one piece is less than that of a million
   */
  private long parsePrice(UsageKind kind, String text, int more) {
    BigDecimal max = BigDecimal.valueOf(KindPrices.max(kind), NANO_DIGITS + more);
    String expected =
        (more == 0 ? "USD per million" : "USD each")
            + ", 0 to "
            + max.stripTrailingZeros().toPlainString()
            + ", at most 9 decimals";
    if (text.length() > MAX_DIGITS || !text.matches("[0-9]+(\\.[0-9]{1,9})?")) {
      throw fault(kind.code() + ": " + text, expected);
    }
    BigDecimal usd = new BigDecimal(text);
    if (usd.compareTo(max) > 0) {
      throw fault(kind.code() + ": " + text, expected);
    }
    return usd.movePointRight(NANO_DIGITS + more).longValueExact();
  }
}
