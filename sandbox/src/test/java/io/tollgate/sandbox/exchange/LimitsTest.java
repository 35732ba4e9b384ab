package io.tollgate.sandbox.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Apart from other tests: what it uses up is its address's. */
class LimitsTest {
  @RegisterExtension static final ExchangeSite SITE = new ExchangeSite();

  @Test
  void who_goes_on_after_a_429_is_banned() {
    ExchangeClient greedy = SITE.account();
    int status = 200;
    for (int i = 0; i < 100 && status == 200; i++) {
      status = greedy.signed("GET", "/fapi/v1/positionSide/dual", "").statusCode();
    }
    assertThat(status).isEqualTo(429);
    HttpResponse<String> last = greedy.signed("GET", "/fapi/v1/positionSide/dual", "");
    assertThat(last.headers().firstValue("Retry-After")).isPresent();
    for (int i = 0; i < 20 && last.statusCode() == 429; i++) {
      last = greedy.signed("GET", "/fapi/v1/time", "");
    }
    assertThat(last.statusCode()).isEqualTo(418);
    assertThat(last.body()).contains("IP banned until");
  }

  @Test
  void an_account_has_so_many_orders_in_ten_seconds() {
    ExchangeClient busy = SITE.account();
    int code = 0;
    // at most a whole window more, where one ends while it is filled
    for (int i = 0; i < 301 && code == 0; i++) {
      HttpResponse<String> answer =
          busy.signed(
              "POST", "/api/v3/order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.001");
      code = answer.statusCode() == 429 ? ExchangeClient.read(answer).path("code").intValue() : 0;
    }
    assertThat(code).isEqualTo(-1015);
  }
}
