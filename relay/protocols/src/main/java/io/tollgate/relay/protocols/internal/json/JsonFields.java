package io.tollgate.relay.protocols.internal.json;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.RequestFault;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The members of a request's object, read by the types that its protocol wants. A member that is
 * null counts as not given. What is of another type is a {@link RequestFault} that names its path.
 */
public final class JsonFields {
  private static final int MAX_NUMBER_LENGTH = 40;

  private final String path;
  private final JsonTree.Members members;

  private JsonFields(String path, JsonTree.Members members) {
    this.path = requireNonNull(path, "path is null");
    this.members = requireNonNull(members, "members is null");
  }

  /**
   * The body of a request.
   *
   * @throws RequestFault where it is no JSON object, or one of more values than are translated
   */
  public static JsonFields ofBody(byte[] body) {
    JsonTree tree;
    try {
      tree = JsonTree.read(body, 0, body.length);
    } catch (JsonFault e) {
      throw RequestFault.malformed("body: " + e.what() + " at byte " + e.offset());
    }
    if (tree instanceof JsonTree.Members members) {
      return new JsonFields("", members);
    }
    throw RequestFault.malformed("body: " + kind(tree) + " (expected: a JSON object)");
  }

  /**
   * A value that is to be an object.
   *
   * @param path where it stands, such as {@code messages[2]}
   */
  public static JsonFields of(String path, JsonTree value) {
    if (value instanceof JsonTree.Members members) {
      return new JsonFields(path, members);
    }
    throw RequestFault.of(path, kind(value) + " (expected: an object)");
  }

  /** The members themselves. */
  public JsonTree.Members members() {
    return members;
  }

  /** Where a member stands, as an error names it. */
  public String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Names of the members that are given, but for these. */
  public Set<String> othersThan(Set<String> known) {
    Set<String> others = new TreeSet<>();
    members
        .byName()
        .forEach(
            (name, value) -> {
              if (!known.contains(name) && !isNull(value)) {
                others.add(name);
              }
            });
    return others;
  }

  public boolean has(String name) {
    JsonTree value = members.byName().get(name);
    return value != null && !isNull(value);
  }

  public Optional<JsonTree> value(String name) {
    return Optional.ofNullable(members.byName().get(name)).filter(value -> !isNull(value));
  }

  public Optional<JsonString> text(String name) {
    return value(name)
        .map(
            value -> {
              if (value instanceof JsonTree.Text text) {
                return text.string();
              }
              throw wrong(name, value, "a string");
            });
  }

  /**
   * @throws RequestFault where it is missing as well
   */
  public JsonString neededText(String name) {
    return text(name).orElseThrow(() -> missing(name, "a string"));
  }

  public Optional<Boolean> flag(String name) {
    return value(name)
        .map(
            value -> {
              if (value instanceof JsonTree.Literal(String written)
                  && (written.equals("true") || written.equals("false"))) {
                return written.equals("true");
              }
              throw wrong(name, value, "true or false");
            });
  }

  public Optional<BigDecimal> number(String name) {
    return value(name).map(value -> number(name, value));
  }

  /** A whole number from {@code min} on; one beyond {@code max} is cut to it. */
  public OptionalLong whole(String name, long min, long max) {
    Optional<BigDecimal> number = number(name);
    if (number.isEmpty()) {
      return OptionalLong.empty();
    }
    BigDecimal given = number.get();
    if (given.signum() != 0 && given.stripTrailingZeros().scale() > 0
        || given.compareTo(BigDecimal.valueOf(min)) < 0) {
      throw RequestFault.of(
          path(name), given.toPlainString() + " (expected: a whole number >= " + min + ")");
    }
    return OptionalLong.of(given.min(BigDecimal.valueOf(max)).longValue());
  }

  public Optional<JsonFields> object(String name) {
    return value(name).map(value -> of(path(name), value));
  }

  /**
   * @throws RequestFault where it is missing as well
   */
  public JsonFields neededObject(String name) {
    return object(name).orElseThrow(() -> missing(name, "an object"));
  }

  public Optional<List<JsonTree>> items(String name) {
    return value(name)
        .map(
            value -> {
              if (value instanceof JsonTree.Items items) {
                return items.values();
              }
              throw wrong(name, value, "an array");
            });
  }

  /** A member whose value is none of those that are understood. */
  public RequestFault unknown(String name, String given, String expected) {
    return RequestFault.of(path(name), shown(given) + " (expected: " + expected + ")");
  }

  /** A member that is missing. */
  public RequestFault missing(String name, String expected) {
    return RequestFault.of(path(name), "missing (expected: " + expected + ")");
  }

  private RequestFault wrong(String name, JsonTree value, String expected) {
    return RequestFault.of(path(name), kind(value) + " (expected: " + expected + ")");
  }

  private BigDecimal number(String name, JsonTree value) {
    if (value instanceof JsonTree.Literal(String written)
        && !written.isEmpty()
        && (written.charAt(0) == '-' || Character.isDigit(written.charAt(0)))) {
      if (written.length() <= MAX_NUMBER_LENGTH) {
        BigDecimal number = new BigDecimal(written);
        if (Math.abs((long) number.scale()) <= MAX_NUMBER_LENGTH) {
          return number;
        }
      }
      throw RequestFault.of(path(name), shown(written) + " (expected: a number of common length)");
    }
    throw wrong(name, value, "a number");
  }

  private static String shown(String given) {
    return given.length() <= MAX_NUMBER_LENGTH
        ? given
        : given.substring(0, MAX_NUMBER_LENGTH) + "…";
  }

  private static boolean isNull(JsonTree value) {
    return value instanceof JsonTree.Literal literal && literal.isNull();
  }

  private static String kind(JsonTree value) {
    return switch (value) {
      case JsonTree.Members _ -> "an object";
      case JsonTree.Items _ -> "an array";
      case JsonTree.Text _ -> "a string";
      case JsonTree.Literal(String written) ->
          switch (written) {
            case "true", "false", "null" -> written;
            default -> "a number";
          };
    };
  }
}
