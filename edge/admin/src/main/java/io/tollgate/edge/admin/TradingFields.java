package io.tollgate.edge.admin;

import io.tollgate.ground.GivenText;
import io.tollgate.trading.engine.RiskMode;
import io.tollgate.web.JsonFields;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** Reads what bodies about strategies and bindings have in common. */
final class TradingFields {
  static final String USDT = "a number of USDT";
  static final String CODE = "the code of a strategy";

  private TradingFields() {}

  /** A switch, which is written 1 or 0; true and false are taken too. */
  static Optional<Boolean> oneOrZero(JsonFields body, String name) {
    return body.find(name)
        .map(
            node -> {
              if (node.isBoolean()) {
                return node.booleanValue();
              }
              boolean one = isNumber(node, 1);
              if (!one && !isNumber(node, 0)) {
                throw GivenText.refused(name, node.toString(), "1 or 0");
              }
              return one;
            });
  }

  private static boolean isNumber(JsonNode node, long number) {
    return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() == number;
  }

  static Optional<BigDecimal> usdt(JsonFields body, String name) {
    return body.decimal(name, USDT);
  }

  static OptionalInt whole(JsonFields body, String name, int least, int most) {
    return body.wholeNumber(name, least, most)
        .map(number -> OptionalInt.of(Math.toIntExact(number)))
        .orElse(OptionalInt.empty());
  }

  static Optional<RiskMode> riskMode(JsonFields body) {
    return body.wholeNumber("risk_mode", 1, 3).map(number -> RiskMode.of("risk_mode", number));
  }

  /** The text of a code; whether there is such a strategy is seen later. */
  static String code(JsonFields body) {
    String code = body.requireText("strategy_code", CODE);
    if (code.isBlank() || code.length() > 64 || code.indexOf('\0') >= 0) {
      throw GivenText.refused("strategy_code", code, CODE);
    }
    return code;
  }

  static int shown(boolean on) {
    return on ? 1 : 0;
  }
}
