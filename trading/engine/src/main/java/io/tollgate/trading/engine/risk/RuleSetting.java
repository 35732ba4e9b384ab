package io.tollgate.trading.engine.risk;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a rule is set.
 *
 * @param parameters all that it has, each with a value that it takes
 */
public record RuleSetting(RiskRule rule, boolean enabled, Map<String, RiskValue> parameters) {
  public RuleSetting {
    requireNonNull(rule, "rule is null");
    parameters = Map.copyOf(parameters);
    for (RiskParameter each : rule.parameters()) {
      RiskValue value = requireNonNull(parameters.get(each.name()), each.name() + " is missing");
      var _ = each.checked(rule, value);
    }
  }

  /**
   * What is to become of a setting; what is not named stays.
   *
   * @param parameters by their names
   */
  public record Change(Optional<Boolean> enabled, Map<String, RiskValue> parameters) {
    public Change {
      requireNonNull(enabled, "enabled is null");
      parameters = Map.copyOf(parameters);
    }
  }

  /** The rule with its usual parameters. */
  static RuleSetting usual(RiskRule rule, boolean enabled) {
    Map<String, RiskValue> parameters = new LinkedHashMap<>();
    rule.parameters().forEach(each -> parameters.put(each.name(), each.usual()));
    return new RuleSetting(rule, enabled, parameters);
  }

  /**
   * The same after a change.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} of a parameter that the rule does
   *     not have, or does not take this value
   */
  RuleSetting with(Change change) {
    Map<String, RiskValue> changed = new LinkedHashMap<>(parameters);
    change
        .parameters()
        .forEach(
            (name, value) -> {
              RiskParameter parameter =
                  rule.parameter(name)
                      .orElseThrow(
                          () -> GivenText.refused(rule.code(), name, "enabled, " + names()));
              changed.put(name, parameter.checked(rule, value));
            });
    return new RuleSetting(rule, change.enabled().orElse(enabled), changed);
  }

  private String names() {
    return String.join(", ", rule.parameters().stream().map(RiskParameter::name).toList());
  }

  /**
   * What a parameter is set to.
   *
   * @throws IllegalArgumentException when the rule has no such parameter
   */
  public RiskValue value(String name) {
    RiskValue value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " (expected: " + names() + ")");
    }
    return value;
  }

  BigDecimal number(String name) {
    if (value(name) instanceof RiskValue.Number(BigDecimal value)) {
      return value;
    }
    throw unexpected(name);
  }

  long whole(String name) {
    return number(name).longValueExact();
  }

  String word(String name) {
    if (value(name) instanceof RiskValue.Word(String value)) {
      return value;
    }
    throw unexpected(name);
  }

  List<String> words(String name) {
    if (value(name) instanceof RiskValue.Words(List<String> values)) {
      return values;
    }
    throw unexpected(name);
  }

  private IllegalStateException unexpected(String name) {
    return new IllegalStateException(rule.code() + "." + name + " is of another kind");
  }
}
