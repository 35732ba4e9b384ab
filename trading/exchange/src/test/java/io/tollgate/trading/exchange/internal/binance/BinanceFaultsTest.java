package io.tollgate.trading.exchange.internal.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Banned;
import io.tollgate.trading.exchange.Outcome.RateLimited;
import io.tollgate.trading.exchange.Outcome.Rejected;
import io.tollgate.trading.exchange.Rejection;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.WireResult.Answered;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BinanceFaultsTest {
  private final BinanceFaults faults = new BinanceFaults(MarketType.SPOT);

  @ParameterizedTest
  @ValueSource(ints = {-1000, -1001, -1006, -1007})
  void some_codes_leave_unknown_what_was_done(int code) {
    assertThat(coded(400, code, "")).isInstanceOf(Outcome.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource({
    "500, ''",
    "502, <html>",
    "504, ''",
    "408, ''",
    "503, '{\"msg\":\"Unknown error, please check your request or try again later.\"}'",
    "503, '{\"code\":-2010,\"msg\":\"Internal error\"}'",
    "400, <html>",
    "302, ''",
    "200, <html>"
  })
  void so_do_failures_inside_and_what_is_no_answer(int status, String body) {
    assertThat(faults.outcome(new Answered(status, Map.of(), body)))
        .isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void what_was_surely_not_done_is_told_apart() {
    assertThat(faults.outcome(new Answered(503, Map.of(), "{\"msg\":\"Service Unavailable.\"}")))
        .isInstanceOf(Outcome.SurelyNotDone.class);
    assertThat(coded(503, -1008, "Server is currently overloaded"))
        .isInstanceOf(Outcome.SurelyNotDone.class);
  }

  @Test
  void a_duplicate_is_not_taken_for_a_refusal() {
    assertThat(coded(400, -2010, "Duplicate order sent.")).isInstanceOf(Outcome.Duplicate.class);
    assertThat(coded(400, -4116, "ClientOrderId is duplicated"))
        .isInstanceOf(Outcome.Duplicate.class);
    assertRejected(
        coded(400, -2010, "Account has insufficient balance for requested action."),
        Rejection.INSUFFICIENT_BALANCE);
  }

  @ParameterizedTest
  @CsvSource({
    "-1013, Filter failure: NOTIONAL, MIN_NOTIONAL",
    "-1013, Filter failure: LOT_SIZE, BAD_PRECISION",
    "-1013, Filter failure: PRICE_FILTER, BAD_PRECISION",
    "-1013, Filter failure: PERCENT_PRICE, REJECTED",
    "-1102, Mandatory parameter, REJECTED",
    "-1111, Precision, BAD_PRECISION",
    "-1121, Invalid symbol., SYMBOL_NOT_FOUND",
    "-2018, Balance, INSUFFICIENT_BALANCE",
    "-2019, Margin, INSUFFICIENT_BALANCE",
    "-2021, Trigger, REJECTED",
    "-2022, ReduceOnly, REDUCE_ONLY",
    "-4003, Quantity, MIN_NOTIONAL",
    "-4004, Quantity, MIN_NOTIONAL",
    "-4005, Quantity, REJECTED",
    "-4014, Tick, BAD_PRECISION",
    "-4023, Step, BAD_PRECISION",
    "-4061, Position side, REJECTED",
    "-4131, PERCENT_PRICE, REJECTED",
    "-4164, Notional, MIN_NOTIONAL",
    "-5021, FOK, REJECTED",
    "-5022, GTX, REJECTED"
  })
  void refusals_are_final_and_say_why(int code, String message, Rejection expected) {
    assertRejected(coded(400, code, message), expected);
  }

  @Test
  void clocks_keys_and_orders_that_are_not_there() {
    assertThat(coded(400, -1021, "")).isInstanceOf(Outcome.ClockSkew.class);
    assertThat(coded(400, -5028, "")).isInstanceOf(Outcome.ClockSkew.class);
    for (int code : new int[] {-1002, -1022, -2014, -2015}) {
      assertThat(coded(401, code, "")).isInstanceOf(Outcome.AuthFailed.class);
    }
    for (int code : new int[] {-2011, -2013, -2026}) {
      assertThat(coded(400, code, "")).isInstanceOf(Outcome.NotFound.class);
    }
    for (int code : new int[] {-4046, -4059}) {
      assertThat(coded(400, code, "")).isInstanceOf(Outcome.NoChange.class);
    }
  }

  @Test
  void an_address_is_left_alone_as_long_as_the_exchange_says() {
    assertThat(faults.outcome(new Answered(429, Map.of("retry-after", "7"), "{}")))
        .isInstanceOfSatisfying(
            RateLimited.class, it -> assertThat(it.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
    assertThat(faults.outcome(new Answered(418, Map.of("retry-after", "120"), "{}")))
        .isInstanceOfSatisfying(
            Banned.class, it -> assertThat(it.retryAfter()).isEqualTo(Duration.ofMinutes(2)));
    assertThat(faults.outcome(new Answered(403, Map.of(), "<html>"))).isInstanceOf(Banned.class);
    assertThat(coded(400, -1015, "")).isInstanceOf(RateLimited.class);
    assertThat(faults.outcome(new Answered(429, Map.of("retry-after", "99999999999"), "{}")))
        .isInstanceOf(RateLimited.class);
  }

  private Outcome<Fields> coded(int status, int code, String message) {
    return faults.outcome(
        new Answered(status, Map.of(), "{\"code\":" + code + ",\"msg\":\"" + message + "\"}"));
  }

  private static void assertRejected(Outcome<Fields> outcome, Rejection expected) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo(expected));
  }
}
