package io.tollgate.edge.merchant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.identity.QuotaPlan;
import io.tollgate.identity.QuotaPlans;
import io.tollgate.identity.Tenants.NewTenant;
import io.tollgate.site.testing.ServedAnswer;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every answer is in the envelope, in the caller's language. */
class EnvelopeTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String RECHARGE = "/merchant/user/recharge";

  private static MerchantSite site;

  @BeforeAll
  static void start() {
    site = new MerchantSite();
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @Test
  void what_is_no_call_has_the_status_of_http() {
    assertFault(send("GET", "/merchant/nothing", "", Map.of()), 404, "请求的内容不存在");
    assertFault(
        send("GET", "/merchant/nothing", "", Map.of("Accept-Language", "en")),
        404,
        "no such path: GET /merchant/nothing");
    HttpResponse<byte[]> method = send("DELETE", "/merchant/balance", "", Map.of());
    assertFault(method, 405, "不支持该请求方法");
    assertThat(method.headers().firstValue("Allow").orElse("")).contains("GET");
    assertFault(send("POST", RECHARGE, "a=" + "x".repeat(1 << 20), Map.of()), 413, "请求体过大");
    assertFault(
        send("GET", "/merchant/users?email=%00", "", Map.of("Accept-Language", "en")),
        400,
        "email: has a NUL character (expected: Unicode text without NUL)");
    assertFault(send("GET", "/merchant/users?email=%ff", "", Map.of()), 400, "");
  }

  @Test
  void a_body_that_is_none_is_400_and_one_of_another_kind_415() {
    assertFault(signed(RECHARGE, "{\"email\":", "application/json"), 400, "请求体格式错误");
    assertFault(signed(RECHARGE, "[1]", "application/json"), 400, "");
    assertFault(signed(RECHARGE, "email=%ff", FORM), 200, "");
    assertFault(signed(RECHARGE, "<a/>", "application/xml"), 415, "Content-Type：application/xml");
    assertFault(signed(RECHARGE, "email=a", "multipart/form-data; boundary=x"), 415, "");
    assertFault(signed(RECHARGE, "email=a", "text/plain"), 415, "");
    assertFault(signed(RECHARGE, "email=a&email=b", FORM), 200, "");
    assertFault(signed(RECHARGE, "{\"email\":\"a\",\"email\":\"b\"}", "application/json"), 200, "");
    assertFault(signed(RECHARGE, "{\"email\":{\"a\":1}}", "application/json"), 200, "email");
  }

  @Test
  void a_form_and_json_are_read_alike() {
    var _ = site.user("json@x.example");
    String json = "{\"email\":\"json@x.example\",\"amount\":0.5,\"type\":1,\"unknown\":null}";
    ServedAnswer answer =
        ServedAnswer.of(signed(RECHARGE, json, "application/json; charset=utf-8"));
    assertThat(answer.data().required("member_after_total").decimalValue())
        .isEqualByComparingTo("0.5");
    answer =
        ServedAnswer.of(signed(RECHARGE, "email=json%40x.example&amount=%2B5e-1&type=1", FORM));
    assertThat(answer.data().required("member_after_total").decimalValue())
        .isEqualByComparingTo("1");
  }

  @Test
  void what_is_wrong_is_said_in_both_languages() {
    var _ = site.user("said@x.example");
    assertSaid(
        "缺少参数 email（应为：用户邮箱）", "email is missing (expected: an e-mail address)", "amount", "1");
    assertSaid(
        "email：nobody@x.example（应为：本租户的用户）",
        "email: nobody@x.example (expected: a user of this tenant)",
        "email",
        "nobody@x.example",
        "amount",
        "1");
    assertSaid(
        "amount：-1（应为：大于 0、最多 8 位小数的数）",
        "amount: -1 (expected: a number above 0 with at most 8 decimals)",
        "email",
        "said@x.example",
        "amount",
        "-1");
    assertSaid(
        "type：3（应为：1 自有，2 赠送）",
        "type: 3 (expected: 1 (self) or 2 (gift))",
        "email",
        "said@x.example",
        "amount",
        "1",
        "type",
        "3");
    assertSaid(
        "商户点卡余额不足",
        "the merchant's own points of this type do not cover it",
        "email",
        "said@x.example",
        "amount",
        "1000000");
  }

  @Test
  void a_call_is_counted_by_what_it_was_answered_with() {
    var _ = site.get("/merchant/strategies");
    assertThat(
            site.registry
                .get("tollgate.merchant.calls")
                .tag("call", "/merchant/strategies")
                .tag("code", "0")
                .counter()
                .count())
        .isPositive();
  }

  @Test
  void a_used_up_plan_is_429_with_the_time_until_there_are_calls_again_and_401_costs_none() {
    NewTenant tenant = site.tenant("Small");
    QuotaPlans plans = site.site.identity().quotaPlans();
    var limits =
        new QuotaPlan.Limits(
            OptionalLong.of(2),
            OptionalLong.empty(),
            OptionalLong.of(1),
            OptionalLong.empty(),
            OptionalLong.empty());
    site.site.run(
        tx -> {
          QuotaPlan plan =
              plans.create(tx, "two", new QuotaPlans.Terms("Two", limits, BigDecimal.ZERO));
          plans.assign(tx, tenant.tenant().id(), Optional.of(plan.id()));
        });
    String path = "/merchant/balance";
    Map<String, String> wrong = Signed.byMd5(tenant.appKey(), "wrong", site.now());
    assertThat(site.send("GET", path, new byte[0], wrong).statusCode()).isEqualTo(401);
    // one that fails counts
    ServedAnswer failed =
        ServedAnswer.of(site.raw(tenant, "GET", "/merchant/user/info", Map.of(), "email", "x@y.z"));
    assertThat(failed.text("code")).isEqualTo("404");
    assertThat(site.raw(tenant, "GET", path, Map.of()).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> over = site.raw(tenant, "GET", path, Map.of());
    assertFault(over, 429, "套餐的调用次数已用完");
    // 18:00 in Shanghai
    assertThat(over.headers().firstValue("Retry-After")).hasValue("21600");
    assertThat(site.site.write(tx -> plans.callsNow(tx, tenant.tenant())).today()).isEqualTo(2);
  }

  @Test
  void a_plan_without_room_is_403_and_says_so() {
    NewTenant tenant = site.tenant("Full");
    QuotaPlans plans = site.site.identity().quotaPlans();
    var limits =
        new QuotaPlan.Limits(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.of(1),
            OptionalLong.empty(),
            OptionalLong.of(0));
    site.site.run(
        tx -> {
          QuotaPlan plan =
              plans.create(tx, "full", new QuotaPlans.Terms("Full", limits, BigDecimal.ZERO));
          plans.assign(tx, tenant.tenant().id(), Optional.of(plan.id()));
        });
    String[] user = {"email", "one@x.example", "password", "four words are enough"};
    assertThat(code(tenant, "/merchant/user/create", user)).isEqualTo("0");
    user[1] = "two@x.example";
    assertThat(code(tenant, "/merchant/user/create", user)).isEqualTo("403");
    assertThat(
            code(
                tenant,
                "/merchant/user/apikey",
                "email",
                "one@x.example",
                "exchange",
                "gate",
                "api_key",
                "K0123456789",
                "api_secret",
                "S0123456789"))
        .isEqualTo("403");
  }

  private static String code(NewTenant tenant, String path, String... parameters) {
    return ServedAnswer.of(site.raw(tenant, "POST", path, Map.of(), parameters)).text("code");
  }

  private static void assertSaid(String chinese, String english, String... parameters) {
    ServedAnswer inChinese = site.answer("POST", RECHARGE, "", parameters);
    assertThat(inChinese.text("msg")).isEqualTo(chinese);
    ServedAnswer inEnglish = site.answer("POST", RECHARGE, "en-GB", parameters);
    assertThat(inEnglish.text("msg")).isEqualTo(english);
    assertThat(List.of(inChinese.status(), inEnglish.status())).containsOnly(200);
  }

  private static HttpResponse<byte[]> send(
      String method, String target, String body, Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", FORM);
    return site.send(method, target, body.getBytes(UTF_8), all);
  }

  private static HttpResponse<byte[]> signed(String path, String body, String type) {
    NewTenant tenant = site.tenant;
    byte[] bytes = body.getBytes(UTF_8);
    Map<String, String> headers =
        Signed.byHmac(tenant.appKey(), tenant.appSecret(), site.now(), "POST", path, bytes);
    headers.put("Content-Type", type);
    return site.send("POST", path, bytes, headers);
  }

  private static void assertFault(HttpResponse<byte[]> response, int status, String begins) {
    ServedAnswer answer = ServedAnswer.of(response);
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(status);
    assertThat(answer.json().propertyNames()).containsExactly("code", "msg", "data");
    assertThat(answer.json().required("code").intValue()).isEqualTo(status == 200 ? 400 : status);
    assertThat(answer.json().required("data").isNull()).isTrue();
    assertThat(answer.text("msg")).startsWith(begins);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
  }
}
