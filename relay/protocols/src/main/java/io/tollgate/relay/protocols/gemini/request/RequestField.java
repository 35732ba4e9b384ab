package io.tollgate.relay.protocols.gemini.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value of a request and where it stands, so that what is wrong with it can be told by name.
 * Members are found in either case; one that is null is not there.
 */
record RequestField(String path, JsonTree value) {
  private static final int MAX_NUMBER_CHARACTERS = 40;

  RequestField {
    requireNonNull(path, "path is null");
    requireNonNull(value, "value is null");
  }

  Optional<RequestField> member(String camelCase) {
    JsonTree.Members members = members();
    JsonTree found = null;
    for (String name : BothCases.of(camelCase)) {
      JsonTree there = members.byName().get(name);
      found = there == null ? found : there;
    }
    boolean absent = found == null || (found instanceof JsonTree.Literal word && word.isNull());
    return absent
        ? Optional.empty()
        : Optional.of(new RequestField(below(camelCase), requireNonNull(found)));
  }

  JsonTree.Members members() {
    if (value instanceof JsonTree.Members members) {
      return members;
    }
    throw wrong("an object");
  }

  /** The values of an array; one object stands for an array of one. */
  List<RequestField> items() {
    if (value instanceof JsonTree.Members) {
      return List.of(this);
    }
    if (!(value instanceof JsonTree.Items items)) {
      throw wrong("an array");
    }
    List<RequestField> fields = new ArrayList<>(items.values().size());
    for (JsonTree item : items.values()) {
      fields.add(new RequestField(path + "[" + fields.size() + "]", item));
    }
    return fields;
  }

  JsonString string() {
    if (value instanceof JsonTree.Text text) {
      return text.string();
    }
    throw wrong("a string");
  }

  boolean flag() {
    if (value instanceof JsonTree.Literal word && word.written().equals("true")) {
      return true;
    }
    if (value instanceof JsonTree.Literal word && word.written().equals("false")) {
      return false;
    }
    throw wrong("true or false");
  }

  /** A number; also one in a string, as Google's parser takes it. */
  BigDecimal number() {
    String written =
        switch (value) {
          case JsonTree.Literal literal -> literal.written();
          case JsonTree.Text text -> text.string().text();
          case JsonTree.Members _, JsonTree.Items _ -> "";
        };
    boolean number =
        written.length() <= MAX_NUMBER_CHARACTERS
            && written.chars().anyMatch(c -> c >= '0' && c <= '9');
    if (number) {
      try {
        BigDecimal read = new BigDecimal(written);
        if (Math.abs((long) read.scale()) <= 2 * MAX_NUMBER_CHARACTERS) {
          return read;
        }
      } catch (NumberFormatException e) {
        throw wrong("a number");
      }
    }
    throw wrong("a number");
  }

  long whole(long min, long max) {
    String expected = "a whole number, " + min + " to " + max;
    BigDecimal number = number();
    try {
      long whole = number.longValueExact();
      if (whole >= min && whole <= max) {
        return whole;
      }
    } catch (ArithmeticException e) {
      throw wrong(expected);
    }
    throw wrong(expected);
  }

  /** Says what is given here, and what was expected. */
  RequestFault wrong(String expected) {
    return RequestFault.of(path, shown() + " (expected: " + expected + ")");
  }

  private String below(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private String shown() {
    return switch (value) {
      case JsonTree.Members _ -> "an object";
      case JsonTree.Items _ -> "an array";
      case JsonTree.Text text -> shown(text.string());
      case JsonTree.Literal literal ->
          literal.written().length() > MAX_NUMBER_CHARACTERS ? "a long number" : literal.written();
    };
  }

  private static String shown(JsonString text) {
    return text.length() > 64 ? "a long string" : '"' + text.text() + '"';
  }
}
