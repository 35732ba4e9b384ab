package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.trading.book.Refusal;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Parameters of a request; the query's count where the body has them too. */
public final class Params {
  private static final String DECIMAL_RANGE = "^([0-9]{1,20})(\\.[0-9]{1,20})?$";
  private static final Pattern DECIMAL = Pattern.compile(DECIMAL_RANGE);
  private static final String WHOLE_RANGE = "^[0-9]{1,20}$";
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");
  private static final int MOST = 100;

  private final Map<String, String> values;

  private Params(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads both.
   *
   * @throws Refusal when one of them names a parameter twice, has too many or is malformed
   */
  static Params of(String query, String body) {
    Map<String, String> values = read(body);
    values.putAll(read(query));
    return new Params(values);
  }

  /**
   * As far as they can be read, for the record of a call that is refused: the first of those that
   * are named twice counts, and what is malformed is left out.
   */
  static Params asFarAsReadable(String query, String body) {
    Map<String, String> values = new HashMap<>();
    for (String pair : (query + "&" + body).split("&", MOST + 2)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        try {
          values.putIfAbsent(
              decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        } catch (Refusal malformed) {
          // it is what the call is refused for
        }
      }
    }
    return new Params(values);
  }

  /** As they stand in a message of a WebSocket. */
  public static Params of(Map<String, String> values) {
    return new Params(new HashMap<>(values));
  }

  private static Map<String, String> read(String text) {
    Map<String, String> values = new HashMap<>();
    for (String pair : text.split("&", MOST + 2)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (values.put(name, value) != null) {
        throw new Refusal(-1101, "Duplicate values for a parameter detected.");
      }
      if (values.size() > MOST) {
        throw new Refusal(-1101, "Too many parameters sent for this endpoint.");
      }
    }
    return values;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refusal(-1100, "Illegal characters found in a parameter.");
    }
  }

  /** What is there and not empty. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  public String demand(String name) {
    return text(name).orElseThrow(() -> Refusal.missing(name));
  }

  /** A number that is not negative, without an exponent. */
  public Optional<BigDecimal> decimal(String name) {
    return text(name)
        .map(
            text -> {
              if (!DECIMAL.matcher(text).matches()) {
                throw illegal(name, DECIMAL_RANGE);
              }
              return new BigDecimal(text);
            });
  }

  public OptionalLong whole(String name) {
    return text(name)
        .map(
            text -> {
              if (!WHOLE.matcher(text).matches()) {
                throw illegal(name, WHOLE_RANGE);
              }
              return OptionalLong.of(Long.parseLong(text));
            })
        .orElse(OptionalLong.empty());
  }

  /** A number of rows: more than {@code most} are as many as that. */
  public int limit(int usual, int most) {
    long given = whole("limit").orElse(usual);
    if (given < 1) {
      throw new Refusal(-1130, "Data sent for parameter 'limit' is not valid.");
    }
    return (int) Math.min(given, most);
  }

  public OptionalInt small(String name, int least, int most, int code) {
    OptionalLong given = whole(name);
    if (given.isEmpty()) {
      return OptionalInt.empty();
    }
    if (given.getAsLong() < least || given.getAsLong() > most) {
      throw new Refusal(code, name + " " + given.getAsLong() + " is not valid");
    }
    return OptionalInt.of((int) given.getAsLong());
  }

  public boolean flag(String name) {
    return text(name).filter("true"::equalsIgnoreCase).isPresent();
  }

  /** A word of a list. */
  public <E extends Enum<E>> Optional<E> word(
      String name, Class<E> type, int code, String message) {
    return text(name)
        .map(
            text -> {
              for (E one : List.of(type.getEnumConstants())) {
                if (one.name().equals(text)) {
                  return one;
                }
              }
              throw new Refusal(code, message);
            });
  }

  private static Refusal illegal(String name, String range) {
    return new Refusal(
        -1100,
        "Illegal characters found in parameter '" + name + "'; legal range is '" + range + "'.");
  }
}
