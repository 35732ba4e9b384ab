package io.tollgate.trading.exchange.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.WireResult.Answered;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GateFaultsTest {
  private final GateFaults faults = new GateFaults();

  @ParameterizedTest
  @CsvSource({
    "Unknown, INTERNAL SERVER_ERROR TOO_BUSY",
    "RateLimited, TOO_MANY_REQUESTS TOO_FAST",
    "ClockSkew, REQUEST_EXPIRED",
    "AuthFailed, INVALID_KEY INVALID_SIGNATURE IP_FORBIDDEN READ_ONLY FORBIDDEN ACCOUNT_LOCKED",
    "Rejected, BALANCE_NOT_ENOUGH INSUFFICIENT_AVAILABLE INVALID_PARAM_VALUE INVALID_PRECISION",
    "Rejected, SIZE_TOO_SMALL SIZE_TOO_LARGE PRICE_TOO_DEVIATED POC_FILL_IMMEDIATELY",
    "Rejected, LIQUIDATE_IMMEDIATELY RISK_LIMIT_EXCEEDED POSITION_EMPTY CONTRACT_NOT_FOUND",
    "NotFound, ORDER_NOT_FOUND CLIENT_ID_NOT_FOUND",
    "NoChange, NO_CHANGE"
  })
  void a_label_says_what_became_of_a_call(String kind, String labels) {
    for (String label : labels.split(" ")) {
      assertThat(of(400, "{\"label\":\"" + label + "\",\"message\":\"\"}"))
          .as(label)
          .matches(outcome -> outcome.getClass().getSimpleName().equals(kind));
    }
  }

  @Test
  void what_is_no_answer_leaves_it_unknown() {
    assertThat(of(502, "<html>")).isInstanceOf(Outcome.Unknown.class);
    assertThat(of(500, "{\"label\":\"BALANCE_NOT_ENOUGH\"}")).isInstanceOf(Outcome.Unknown.class);
    assertThat(of(400, "{}")).isInstanceOf(Outcome.Unknown.class);
    assertThat(of(201, "<html>")).isInstanceOf(Outcome.Unknown.class);
    assertThat(of(429, "")).isInstanceOf(Outcome.RateLimited.class);
    assertThat(of(201, "{}")).isInstanceOf(Outcome.Accepted.class);
  }

  private Outcome<Fields> of(int status, String body) {
    return faults.outcome(new Answered(status, Map.of(), body));
  }
}
