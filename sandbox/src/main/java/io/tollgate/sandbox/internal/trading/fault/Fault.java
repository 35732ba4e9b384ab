package io.tollgate.sandbox.internal.trading.fault;

import io.tollgate.sandbox.internal.json.Problem;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * Something that goes wrong, with its parameters.
 *
 * @param parameters by name, as text
 */
public record Fault(FaultAction action, Map<String, String> parameters) {
  /** The header by which a request asks for one. */
  public static final String HEADER = "X-Sandbox-Exchange";

  private static final long LONGEST_MILLIS = 3_600_000;

  public Fault {
    parameters = Map.copyOf(parameters);
  }

  /**
   * Reads {@code action; name=value; name=value}.
   *
   * @throws Problem when it cannot be understood
   */
  public static Fault parse(String header) {
    String[] parts = header.split(";", -1);
    Map<String, String> parameters = new HashMap<>();
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      int equals = part.indexOf('=');
      if (equals > 0) {
        parameters.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      } else if (!part.isEmpty()) {
        throw Problem.invalid("", HEADER + ": " + part + " (expected: name=value)");
      }
    }
    return of(parts[0].strip(), parameters);
  }

  /**
   * Reads one.
   *
   * @throws Problem when the action is unknown or a number is none
   */
  public static Fault of(String action, Map<String, String> parameters) {
    Fault fault =
        new Fault(
            FaultAction.of(action)
                .orElseThrow(
                    () ->
                        Problem.invalid(
                            "action",
                            "action: "
                                + action
                                + " (expected: one of "
                                + FaultAction.known()
                                + ")")),
            parameters);
    fault.check();
    return fault;
  }

  private void check() {
    for (String name : new String[] {"ms", "hold_ms", "fill_after_ms"}) {
      var _ = number(name, 0, -LONGEST_MILLIS, LONGEST_MILLIS);
    }
    var _ = number("status", 503, 500, 599);
    var _ = number("retry_after", 1, 0, 86_400);
    var _ = number("code", -1, -99_999, 0);
    var _ = fraction();
  }

  public String text(String name, String otherwise) {
    return parameters.getOrDefault(name, otherwise);
  }

  public long millis(String name, long otherwise) {
    return number(name, otherwise, -LONGEST_MILLIS, LONGEST_MILLIS);
  }

  public long number(String name, long otherwise, long least, long most) {
    String text = parameters.get(name);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("-?[0-9]{1,15}")
        || Long.parseLong(text) < least
        || Long.parseLong(text) > most) {
      throw Problem.invalid(name, name + ": " + text + " (expected: " + least + ".." + most + ")");
    }
    return Long.parseLong(text);
  }

  /** The part of an order that is filled, 0..1. */
  public BigDecimal fraction() {
    String text = parameters.getOrDefault("fraction", "0.5");
    if (!text.matches("[01](\\.[0-9]{1,18})?")
        || new BigDecimal(text).compareTo(BigDecimal.ONE) > 0) {
      throw Problem.invalid("fraction", "fraction: " + text + " (expected: 0..1)");
    }
    return new BigDecimal(text);
  }
}
