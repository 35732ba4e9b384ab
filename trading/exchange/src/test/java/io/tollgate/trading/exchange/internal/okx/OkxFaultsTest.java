package io.tollgate.trading.exchange.internal.okx;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.WireResult.Answered;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OkxFaultsTest {
  private final OkxFaults faults = new OkxFaults();

  @ParameterizedTest
  @CsvSource({
    "Unknown, 50001 50004 50013 50026 51149 50099",
    "Duplicate, 51016 50071",
    "SurelyNotDone, 50036 50037",
    "RateLimited, 50011 50040 50061",
    "ClockSkew, 50102 50112",
    "AuthFailed, 50100 50101 50103 50104 50105 50106 50107 50110 50111 50113 50114 50119 50120",
    "Rejected, 51000 51001 51004 51006 51008 51020 51121 51127 51131 51999",
    "NotFound, 51603 51400 51401 51402"
  })
  void a_code_says_the_same_of_a_call_and_of_its_one_order(String kind, String codes) {
    for (String code : codes.split(" ")) {
      assertThat(of(200, "{\"code\":\"" + code + "\",\"msg\":\"\",\"data\":[]}"))
          .as(code)
          .matches(outcome -> outcome.getClass().getSimpleName().equals(kind));
      assertThat(of(200, "{\"code\":\"1\",\"data\":[{\"sCode\":\"" + code + "\",\"sMsg\":\"\"}]}"))
          .as(code)
          .matches(outcome -> outcome.getClass().getSimpleName().equals(kind));
    }
  }

  @Test
  void what_is_no_answer_leaves_it_unknown() {
    assertThat(of(502, "<html>")).isInstanceOf(Outcome.Unknown.class);
    assertThat(of(500, "{\"code\":\"51008\"}")).isInstanceOf(Outcome.Unknown.class);
    assertThat(of(200, "{}")).isInstanceOf(Outcome.Unknown.class);
    assertThat(of(200, "{\"code\":\"1\",\"data\":[]}")).isInstanceOf(Outcome.Unknown.class);
    assertThat(of(404, "{\"code\":\"0\"}")).isInstanceOf(Outcome.Unknown.class);
    assertThat(of(429, "")).isInstanceOf(Outcome.RateLimited.class);
    assertThat(of(200, "{\"code\":\"0\",\"data\":[]}")).isInstanceOf(Outcome.Accepted.class);
  }

  private Outcome<Fields> of(int status, String body) {
    return faults.outcome(new Answered(status, Map.of(), body));
  }
}
