package io.tollgate.relay.protocols.anthropic.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import io.tollgate.relay.protocols.internal.json.ParameterValues;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A value of a request's body by its place, with what the caller is told where it is of a wrong
 * kind. Texts are views of the body. Null members count as absent.
 */
final class BodyNode {
  private static final int MAX_NUMBER_LENGTH = 40;

  private final byte[] body;
  private final String place;
  private final JsonToken kind;
  private final int from;
  private final int to;
  private final boolean escaped;
  private final Map<String, BodyNode> members;
  private final List<BodyNode> items;

  private BodyNode(
      byte[] body,
      String place,
      JsonToken kind,
      int from,
      int to,
      boolean escaped,
      Map<String, BodyNode> members,
      List<BodyNode> items) {
    this.body = requireNonNull(body, "body is null");
    this.place = requireNonNull(place, "place is null");
    this.kind = requireNonNull(kind, "kind is null");
    this.from = from;
    this.to = to;
    this.escaped = escaped;
    this.members = requireNonNull(members, "members is null");
    this.items = requireNonNull(items, "items is null");
  }

  /** The object that a body is, which was read before. */
  static BodyNode of(byte[] body) {
    JsonScanner scanner = new JsonScanner(body, 0, body.length);
    return read(scanner, body, "", scanner.next());
  }

  private static BodyNode read(JsonScanner scanner, byte[] body, String place, JsonToken first) {
    int from = scanner.start();
    boolean escaped = first == JsonToken.STRING && scanner.escaped();
    Map<String, BodyNode> members = Map.of();
    List<BodyNode> items = List.of();
    if (first == JsonToken.OBJECT_START) {
      members = new LinkedHashMap<>();
      while (scanner.next() != JsonToken.OBJECT_END) {
        String name = scanner.text();
        JsonToken token = scanner.next();
        BodyNode member = read(scanner, body, below(place, name), token);
        if (token != JsonToken.NULL) {
          members.put(name, member);
        }
      }
    } else if (first == JsonToken.ARRAY_START) {
      items = new ArrayList<>();
      for (JsonToken token = scanner.next(); token != JsonToken.ARRAY_END; token = scanner.next()) {
        items.add(read(scanner, body, below(place, Integer.toString(items.size())), token));
      }
    }
    return new BodyNode(body, place, first, from, scanner.end(), escaped, members, items);
  }

  private static String below(String place, String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  String place() {
    return place;
  }

  boolean isText() {
    return kind == JsonToken.STRING;
  }

  /** Names of the members that are not null. */
  Iterable<String> names() {
    return members.keySet();
  }

  Optional<BodyNode> member(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** A member that must be there. */
  BodyNode required(String name, String expected) {
    BodyNode member = members.get(name);
    if (member == null) {
      throw RequestFault.of(below(place, name), "missing (expected: " + expected + ")");
    }
    return member;
  }

  Optional<JsonString> text(String name) {
    return member(name).map(BodyNode::text);
  }

  /** A member's text, decoded; empty where it is absent. */
  String word(String name) {
    return text(name).map(JsonString::text).orElse("");
  }

  Optional<Boolean> flag(String name) {
    return member(name).map(BodyNode::flag);
  }

  /** A member's number, at least {@code min} and at most {@code max}. */
  Optional<BigDecimal> decimal(String name, int min, int max) {
    return member(name).map(number -> number.decimal(min, max));
  }

  /** A member's whole number, at least {@code min}. */
  OptionalLong whole(String name, long min) {
    BodyNode number = members.get(name);
    return number == null ? OptionalLong.empty() : OptionalLong.of(number.whole(min));
  }

  JsonString text() {
    require(JsonToken.STRING, "a string");
    return new JsonString(body, from, to, escaped);
  }

  List<BodyNode> items() {
    require(JsonToken.ARRAY_START, "an array");
    return items;
  }

  BodyNode object() {
    require(JsonToken.OBJECT_START, "an object");
    return this;
  }

  JsonTree.Members tree() {
    object();
    return JsonTree.read(body, from, to) instanceof JsonTree.Members tree
        ? tree
        : new JsonTree.Members();
  }

  /** The value as it is written, inside a JSON string. */
  JsonString asText() {
    return JsonString.of(written());
  }

  RequestFault fault(String given) {
    return RequestFault.of(place, given);
  }

  private boolean flag() {
    if (kind != JsonToken.TRUE && kind != JsonToken.FALSE) {
      throw fault(ParameterValues.name(kind) + " (expected: true or false)");
    }
    return kind == JsonToken.TRUE;
  }

  private BigDecimal decimal(int min, int max) {
    String expected = " (expected: a number, " + min + " to " + max + ")";
    require(JsonToken.NUMBER, "a number, " + min + " to " + max);
    if (to - from > MAX_NUMBER_LENGTH) {
      throw fault("a number of " + (to - from) + " characters" + expected);
    }
    double value = Double.parseDouble(written());
    if (!(value >= min && value <= max)) {
      throw fault(written() + expected);
    }
    return new BigDecimal(written());
  }

  private long whole(long min) {
    String expected = " (expected: a whole number >= " + min + ")";
    require(JsonToken.NUMBER, "a whole number >= " + min);
    String number = written();
    if (!number.matches("[0-9]{1,15}") || Long.parseLong(number) < min) {
      throw fault(Given.shown(number) + expected);
    }
    return Long.parseLong(number);
  }

  private String written() {
    return new String(body, from, to - from, StandardCharsets.UTF_8);
  }

  private void require(JsonToken wanted, String expected) {
    if (kind != wanted) {
      throw fault(ParameterValues.name(kind) + " (expected: " + expected + ")");
    }
  }
}
