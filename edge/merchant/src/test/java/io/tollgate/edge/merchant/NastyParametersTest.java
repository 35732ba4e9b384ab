package io.tollgate.edge.merchant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.identity.Tenants.NewTenant;
import io.tollgate.site.testing.ServedAnswer;
import io.tollgate.web.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What no sane caller sends is refused in the envelope, and moves nothing. */
@Tag("slow")
class NastyParametersTest {
  /** Each parameter with something that may stand there; ids and addresses are of nobody. */
  private static final Map<String, List<String>> CALLS = calls();

  private static final List<String> NASTY =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "-0.00000001",
          "0.000000001",
          "1.123456789",
          "NaN",
          "Infinity",
          "-Infinity",
          "1e400",
          "1e-400",
          "1e999999999",
          "1e-999999999",
          "0x10",
          "１",
          "１２",
          "1e30",
          "1000000000.00000001",
          "\0",
          "1\0",
          "+1",
          "1.",
          ".5",
          "1_000",
          "1d",
          "1f",
          "9".repeat(400),
          "9223372036854775807",
          "9223372036854775808",
          "2147483648",
          "1,000",
          "1 000",
          "true",
          "null",
          "[]",
          "{}",
          "' OR 1=1 --",
          "%",
          "_",
          "\\",
          "<script>",
          "x".repeat(300),
          "\uD83D\uDE00".repeat(50),
          "\r\nX-Injected: 1",
          "\t",
          "../../etc/passwd",
          "a@b.c\r\nBcc: d@e.f",
          "1970-01-01 00:00:00",
          "2026-02-30 00:00:00",
          "99999-01-01 00:00:00",
          "253402300800");

  private static Map<String, List<String>> calls() {
    Map<String, List<String>> calls = new LinkedHashMap<>();
    List<String> user = List.of("email", "n@x.example");
    calls.put(
        "POST /merchant/user/create",
        List.of("email", "n@x.example", "password", "long enough", "invite_code", "NOBODY22"));
    calls.put(
        "GET /merchant/users",
        List.of("page", "1", "limit", "20", "email", "n", "invite_code", "A", "status", "1"));
    calls.put("GET /merchant/user/info", user);
    calls.put(
        "POST /merchant/user/apikey",
        List.of(
            "email",
            "n@x.example",
            "exchange",
            "okx",
            "api_key",
            "K12345678",
            "api_secret",
            "S12345678",
            "passphrase",
            "p",
            "account_type",
            "spot"));
    calls.put(
        "POST /merchant/user/apikey/unbind", List.of("email", "n@x.example", "account_id", "1"));
    calls.put(
        "POST /merchant/user/recharge",
        List.of("email", "n@x.example", "amount", "1", "type", "1"));
    calls.put(
        "GET /merchant/point-card/logs",
        List.of(
            "page",
            "1",
            "limit",
            "1",
            "change_type",
            "1",
            "email",
            "n@x.example",
            "start_time",
            "1",
            "end_time",
            "2"));
    List<String> place =
        List.of(
            "email",
            "n@x.example",
            "strategy_id",
            "1",
            "account_id",
            "1",
            "capital",
            "1",
            "leverage",
            "5",
            "risk_mode",
            "1");
    List<String> opened = new ArrayList<>(place);
    opened.addAll(List.of("mode", "1", "min_point_card", "1"));
    calls.put("POST /merchant/user/strategy/open", opened);
    calls.put("POST /merchant/user/strategy/update", place);
    calls.put("POST /merchant/user/strategy/close", place.subList(0, 6));
    calls.put("GET /merchant/user/strategies", user);
    calls.put(
        "POST /merchant/user/transfer-point-card",
        List.of(
            "from_email", "n@x.example", "to_email", "m@x.example", "amount", "1", "type", "1"));
    calls.put(
        "GET /merchant/user/team", List.of("email", "n@x.example", "page", "1", "limit", "1"));
    calls.put(
        "POST /merchant/user/set-market-node", List.of("email", "n@x.example", "is_node", "1"));
    calls.put(
        "GET /merchant/user/rewards",
        List.of("email", "n@x.example", "page", "1", "limit", "1", "reward_type", "peer"));
    calls.put(
        "POST /merchant/user/withdraw",
        List.of(
            "email",
            "n@x.example",
            "amount",
            "50",
            "wallet_address",
            "T",
            "wallet_network",
            "TRC20",
            "remark",
            "r"));
    calls.put(
        "GET /merchant/user/withdrawals",
        List.of("email", "n@x.example", "page", "1", "limit", "1", "status", "0"));
    return calls;
  }

  @Test
  void each_parameter_of_each_call_is_read_strictly_and_nothing_moves() {
    try (MerchantSite site = new MerchantSite()) {
      var _ = site.user("n@x.example");
      JsonNode before = site.get("/merchant/balance");
      int sent = 0;
      for (Map.Entry<String, List<String>> call : CALLS.entrySet()) {
        String method = call.getKey().split(" ", -1)[0];
        String path = call.getKey().split(" ", -1)[1];
        for (int at = 1; at < call.getValue().size(); at += 2) {
          for (String nasty : NASTY) {
            String[] parameters = call.getValue().toArray(String[]::new);
            parameters[at] = nasty;
            assertAnswered(site, method, path, parameters);
            sent++;
          }
        }
      }
      assertThat(sent).isGreaterThan(2_000);
      JsonNode info = site.get("/merchant/user/info", "email", "n@x.example");
      // what passed were other ways of writing one of both types
      assertThat(
              site.get("/merchant/balance")
                  .required("point_card_total")
                  .decimalValue()
                  .add(info.required("point_card_total").decimalValue()))
          .isEqualByComparingTo(before.required("point_card_total").decimalValue());
    }
  }

  @Test
  void pages_have_bounds() {
    try (MerchantSite site = new MerchantSite()) {
      for (String[] page :
          new String[][] {
            {"page", "0"}, {"limit", "0"}, {"limit", "101"}, {"page", "50002"}, {"page", "1.5"}
          }) {
        assertThat(site.refused("GET", "/merchant/users", page)).isEqualTo(400);
      }
      assertThat(site.get("/merchant/users", "page", "50001").required("list").size()).isZero();
      assertThat(site.get("/merchant/users", "limit", "100").required("limit").intValue())
          .isEqualTo(100);
    }
  }

  @Test
  void numbers_of_json_are_exact_and_nothing_is_given_twice() {
    try (MerchantSite site = new MerchantSite()) {
      var _ = site.user("n@x.example");
      for (String body :
          List.of(
              "{\"email\":\"n@x.example\",\"amount\":1e400}",
              "{\"email\":\"n@x.example\",\"amount\":0.123456789}",
              "{\"email\":\"n@x.example\",\"amount\":NaN}",
              "{\"email\":\"n@x.example\",\"amount\":1,\"amount\":1000}",
              "{\"email\":\"n@x.example\",\"amount\":[1]}",
              "{\"email\":\"n@x.example\\u0000\",\"amount\":1}",
              "{\"email\":\"\\ud800\",\"amount\":1}",
              "[".repeat(10_000))) {
        NewTenant tenant = site.tenant;
        byte[] bytes = body.getBytes(UTF_8);
        String path = "/merchant/user/recharge";
        Map<String, String> headers =
            Signed.byHmac(tenant.appKey(), tenant.appSecret(), site.now(), "POST", path, bytes);
        headers.put("Content-Type", "application/json");
        ServedAnswer answer = ServedAnswer.of(site.send("POST", path, bytes, headers));
        assertThat(answer.text("code")).as(body.substring(0, 20)).isEqualTo("400");
      }
      assertThat(
              site.get("/merchant/user/info", "email", "n@x.example")
                  .required("point_card_total")
                  .intValue())
          .isZero();
    }
  }

  private static void assertAnswered(
      MerchantSite site, String method, String path, String... parameters) {
    var response = site.raw(method, path, Map.of("Accept-Language", "en"), parameters);
    String what = method + " " + path + " " + String.join(",", parameters);
    assertThat(response.statusCode()).as(what).isIn(200, 400);
    JsonNode envelope = Json.read(response.body());
    assertThat(envelope.propertyNames()).as(what).containsExactly("code", "msg", "data");
    assertThat(envelope.required("code").intValue()).as(what).isIn(0, 400, 402, 403, 404, 409);
    assertThat(response.headers().map()).doesNotContainKey("x-injected");
  }
}
