package io.tollgate.trading.engine.risk;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;

/** What a parameter of a rule is set to, or is to be. */
public sealed interface RiskValue {
  /** As a refusal repeats it. */
  String shown();

  /** A number. */
  record Number(BigDecimal value) implements RiskValue {
    public Number {
      requireNonNull(value, "value is null");
    }

    @Override
    public String shown() {
      return value.toString();
    }
  }

  /** A word. */
  record Word(String value) implements RiskValue {
    public Word {
      requireNonNull(value, "value is null");
    }

    @Override
    public String shown() {
      return value;
    }
  }

  /** Several words. */
  record Words(List<String> values) implements RiskValue {
    public Words {
      values = List.copyOf(values);
    }

    @Override
    public String shown() {
      return String.join(", ", values);
    }
  }
}
