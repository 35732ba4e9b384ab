package io.tollgate.relay.protocols.responses.request;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values of a body in the types that they are expected in, or a fault that names them. */
final class Values {
  private static final int MAX_NUMBER_LENGTH = 40;

  private Values() {}

  static RequestFault fault(String where, @Nullable BodyNode given, String expected) {
    return RequestFault.of(
        where, (given == null ? "missing" : given.shown()) + " (expected: " + expected + ")");
  }

  /** What only this protocol's providers can be asked for. */
  static RequestFault onlyHere(String where, String given) {
    return RequestFault.of(
        where,
        given + " (expected: what other protocols have too, as the model is served in another)");
  }

  static Optional<JsonString> text(BodyNode.Members of, String name, String where) {
    return of.find(name).map(node -> text(node, where(where, name)));
  }

  static JsonString requiredText(BodyNode.Members of, String name, String where) {
    return text(of, name, where).orElseThrow(() -> fault(where(where, name), null, "a string"));
  }

  static JsonString text(BodyNode node, String where) {
    if (node instanceof BodyNode.Text(JsonString value)) {
      return value;
    }
    throw fault(where, node, "a string");
  }

  static Optional<BodyNode.Members> members(BodyNode.Members of, String name, String where) {
    return of.find(name).map(node -> members(node, where(where, name)));
  }

  static BodyNode.Members members(BodyNode node, String where) {
    if (node instanceof BodyNode.Members members) {
      return members;
    }
    throw fault(where, node, "an object");
  }

  static List<BodyNode> items(BodyNode.Members of, String name, String where) {
    return of.find(name)
        .map(
            node -> {
              if (node instanceof BodyNode.Items(List<BodyNode> values)) {
                return values;
              }
              throw fault(where(where, name), node, "an array");
            })
        .orElse(List.of());
  }

  static Optional<Boolean> flag(BodyNode.Members of, String name, String where) {
    return of.find(name)
        .map(
            node -> {
              if (node instanceof BodyNode.Flag(boolean value)) {
                return value;
              }
              throw fault(where(where, name), node, "true or false");
            });
  }

  /** A number from 0 to a maximum. */
  static Optional<BigDecimal> number(BodyNode.Members of, String name, int max) {
    return of.find(name)
        .map(
            node -> {
              BigDecimal value =
                  node instanceof BodyNode.Number(String written) ? exact(written) : null;
              if (value == null
                  || value.signum() < 0
                  || value.compareTo(BigDecimal.valueOf(max)) > 0) {
                throw fault(name, node, "a number, 0 to " + max);
              }
              return value;
            });
  }

  private static @Nullable BigDecimal exact(String written) {
    if (written.length() > MAX_NUMBER_LENGTH) {
      return null;
    }
    try {
      BigDecimal value = new BigDecimal(written);
      // what is written with a huge exponent is nothing that anyone reads
      return Math.abs((long) value.scale()) > MAX_NUMBER_LENGTH ? null : value;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The name of a member within a place. */
  static String where(String place, String name) {
    return place.isEmpty() ? name : place + "." + name;
  }
}
