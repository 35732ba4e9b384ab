package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.testing.TestSettings;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Tenants.NewTenant;
import io.tollgate.site.testing.ServedAnswer;
import io.tollgate.site.testing.ServedRoutes;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class BillingRoutesTest {
  private static final String INTERNAL = "/internal/v1/billing";
  private static final String PUBLIC = "/api/v1/billing";

  // one for all tests: each has users of its own
  private static final House house = new House();
  private static final ServicesModule module = house.services();
  private static final ServedRoutes backend = ServedRoutes.start(module.chargeRoutes());
  private static final ServedRoutes users = ServedRoutes.start(module.recordRoutes());
  private static final String token =
      house.identity.serviceTokens().issue(house.tenant.id(), "backend");

  @AfterAll
  static void close() {
    backend.close();
    users.close();
    module.close();
    assertThat(house.audit()).isEmpty();
    house.close();
  }

  @Test
  void a_first_call_for_a_user_never_seen_is_free_and_shows_in_the_account() throws Exception {
    ServedAnswer check =
        post("/check", "{\"user_id\":\"a1\",\"service_name\":\"passport\",\"count\":1}");
    assertThat(check.json().toString()).isEqualTo("{\"allowed\":true,\"reason\":\"free\"}");
    ServedAnswer deduct =
        post("/deduct", "{\"userId\":\"a1\",\"serviceName\":\"passport\",\"count\":2}");
    assertThat(deduct.status()).isEqualTo(200);
    assertThat(deduct.json().path("success").booleanValue()).isTrue();
    assertThat(deduct.text("record_id")).hasSize(36);
    ServedAnswer account = get("/account?user_id=a1");
    assertThat(account.json().path("balance").toString()).isEqualTo("0");
    assertThat(account.json().path("quotas").toString())
        .isEqualTo(
            """
            [{"service_name":"asset","total_quota":1000,"used_quota":0,"reset_month":"2026-11"},\
            {"service_name":"passport","total_quota":10000,"used_quota":2,"reset_month":"2026-11"},\
            {"service_name":"payment","total_quota":1000,"used_quota":0,"reset_month":"2026-11"},\
            {"service_name":"relay","total_quota":1000,"used_quota":0,"reset_month":"2026-11"}]""");
  }

  @Test
  void a_deduct_of_both_is_two_records_of_one_id_which_gives_both_back() throws Exception {
    rich("b1", 1_000_000_000L);
    String id =
        post("/deduct", "{\"user_id\":\"b1\",\"service_name\":\"payment\",\"count\":1003}")
            .text("record_id");
    post("/deduct", "{\"user_id\":\"b1\",\"service_name\":\"passport\",\"count\":1}");
    ServedAnswer records = get("/records?user_id=b1&service_name=payment");
    assertThat(records.json().path("total").intValue()).isEqualTo(2);
    assertThat(records.json().path("records").findValuesAsString("id")).containsOnly(id);
    assertThat(records.json().path("records").findValuesAsString("type")).containsExactly("1", "2");
    assertThat(records.json().path("records").path(1).path("amount").toString()).isEqualTo("0.3");
    assertThat(records.json().path("records").path(1).path("count").intValue()).isEqualTo(3);
    assertThat(statistic("today", "b1", "payment")).isEqualTo("1003 0.3 1000 3");
    assertThat(statistic("month", "b1", "")).isEqualTo("1004 0.3 1001 3");
    assertThat(get("/stats/summary?user_id=b1").json().path("services").size()).isEqualTo(2);

    String refund = "{\"record_id\":\"" + id + "\",\"reason\":\"broken\"}";
    assertThat(post("/refund", refund).text("record_id")).isEqualTo(id);
    assertThat(post("/refund", refund).status()).isEqualTo(200);
    assertThat(post("/refund", refund.replace("broken", "again")).status()).isEqualTo(409);
    assertThat(get("/account?user_id=b1").json().path("balance").toString()).isEqualTo("1");
    assertThat(statistic("today", "b1", "payment")).isEqualTo("0 0 0 0");
    assertThat(get("/records?userId=b1&type=2").json().path("total").intValue()).isEqualTo(1);
  }

  @Test
  void a_browser_asks_with_the_cookie_of_its_session_and_with_no_other() throws Exception {
    String session = house.cookieSession("a9");
    assertThat(byCookie(users, "/account", "tg_user=" + session)).isEqualTo(200);
    assertThat(byCookie(users, "/account?user_id=b1", "tg_user=" + session)).isEqualTo(403);
    assertThat(byCookie(users, "/account", "tg_admin=" + session)).isEqualTo(401);
    assertThat(byCookie(users, "/account", "__Host-tg_user=" + session)).isEqualTo(401);
    assertThat(byCookie(users, "/account", "tg_user=" + token)).isEqualTo(401);
    assertThat(byCookie(users, "/account", "tg_user=a; tg_user=" + session)).isEqualTo(401);
    assertThat(byCookie(users, "/account", "tg_user=" + "x".repeat(7_000))).isEqualTo(401);
    // backends have no cookies
    HttpRequest.Builder check =
        backend
            .to(INTERNAL + "/check")
            .headers("Cookie", "tg_user=" + session, "X-Tollgate-CSRF", "1")
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    assertThat(backend.send(check).statusCode()).isEqualTo(401);
  }

  private static int byCookie(ServedRoutes routes, String path, String cookie) throws Exception {
    return routes.send(routes.to(PUBLIC + path).header("Cookie", cookie)).statusCode();
  }

  @Test
  void pages_and_filters_of_records() throws Exception {
    for (int i = 0; i < 5; i++) {
      post("/deduct", "{\"user_id\":\"c1\",\"service_name\":\"asset\",\"count\":1}");
    }
    ServedAnswer page = get("/records?user_id=c1&page=2&page_size=2");
    assertThat(page.json().path("records").size()).isEqualTo(2);
    assertThat(page.json().path("total").intValue()).isEqualTo(5);
    assertThat(get("/records?user_id=c1&page=3&pageSize=2").json().path("records").size())
        .isEqualTo(1);
    assertThat(get("/records?user_id=c1&end=2026-11-21T08:00:00Z").json().path("total").intValue())
        .isZero();
    assertThat(
            get("/records?user_id=c1&start=1795248000&end=2027-01-01T00:00:00Z&type=1")
                .json()
                .path("total")
                .intValue())
        .isEqualTo(5);
    for (String bad :
        List.of("page=0", "page_size=101", "type=3", "start=yesterday", "end=99999999999999")) {
      assertThat(get("/records?user_id=c1&" + bad).status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void a_users_token_reaches_that_user_only_and_a_backend_its_tenants() throws Exception {
    UserId own = house.user("d1").id();
    house.user("d2");
    String key =
        house
            .identity
            .apiKeys()
            .issue(house.tenant.id(), own, "test", OptionalInt.empty())
            .secret();
    NewTenant other = house.write(tx -> house.identity.tenants().create(tx, "two", "CNY", 7));
    String stranger = house.identity.serviceTokens().issue(other.tenant().id(), "backend");
    String record =
        post("/deduct", "{\"user_id\":\"d1\",\"service_name\":\"asset\",\"count\":1}")
            .text("record_id");
    for (String path :
        List.of(
            "/account?user_id=",
            "/records?user_id=",
            "/stats/today?user_id=",
            "/stats/month?user_id=",
            "/stats/summary?user_id=",
            "/stats/",
            "/check/",
            "/quota/")) {
      assertThat(read(users, PUBLIC + path + "d1", bearer(key)).status()).as(path).isEqualTo(200);
      assertThat(read(users, PUBLIC + path + "d2", bearer(key)).status()).as(path).isEqualTo(403);
      assertThat(read(users, PUBLIC + path + "d1").status()).as(path).isEqualTo(401);
      assertThat(read(users, PUBLIC + path + "d1", bearer("sk-nonsense")).status()).isEqualTo(401);
      assertThat(read(users, PUBLIC + path + "d1", bearer(stranger)).status()).isEqualTo(200);
    }
    assertThat(read(users, PUBLIC + "/records", bearer(key)).json().path("total").intValue())
        .isEqualTo(1);
    assertThat(
            read(users, PUBLIC + "/records?user_id=d1", bearer(stranger))
                .json()
                .path("total")
                .intValue())
        .isZero();
    String refund = "{\"record_id\":\"" + record + "\",\"reason\":\"\"}";
    assertThat(backend.post(INTERNAL + "/refund", refund, "X-Service-Token", stranger).status())
        .isEqualTo(404);
    assertThat(backend.post(INTERNAL + "/refund", refund, "X-Service-Token", key).status())
        .isEqualTo(401);
    assertThat(backend.post(INTERNAL + "/deduct", "{}").status()).isEqualTo(401);
  }

  @Test
  void what_the_relay_has_used_and_left() throws Exception {
    assertThat(get("/check/e1").json().toString())
        .isEqualTo(
            "{\"user_id\":\"e1\",\"allowed\":true,\"balance\":0,\"quota_limit\":1000,"
                + "\"quota_used\":0,\"quota_remaining\":1000,\"reason\":\"free\"}");
    assertThat(get("/quota/e1").json().toString())
        .isEqualTo(
            "{\"user_id\":\"e1\",\"quota_limit\":1000,\"quota_used\":0,"
                + "\"quota_remaining\":1000}");
    ServedAnswer relay = get("/stats/e1?start=1795248000&end=2027-01-01T00:00:00Z");
    assertThat(relay.json().path("total_requests").intValue()).isZero();
    assertThat(relay.json().path("by_model").toString()).isEqualTo("{}");
    assertThat(relay.text("period_end")).isEqualTo("2027-01-01T00:00:00Z");
    assertThat(get("/stats/e1?start=2027-01-01T00:00:00Z").status()).isEqualTo(400);
  }

  @Test
  void without_means_402_and_the_same_id_with_another_body_409() throws Exception {
    String body =
        "{\"user_id\":\"f1\",\"service_name\":\"relay\",\"count\":2000,\"cost\":\"0.5\","
            + "\"request_id\":\"f1-1\"}";
    ServedAnswer refused = post("/deduct", body);
    assertThat(refused.status()).isEqualTo(402);
    assertThat(refused.text("code")).isEqualTo("INSUFFICIENT_MEANS");
    rich("f1", 1_000_000_000L);
    ServedAnswer first = post("/deduct", body);
    assertThat(post("/deduct", body.replace("\"0.5\"", "0.50")).text("record_id"))
        .isEqualTo(first.text("record_id"));
    assertThat(post("/deduct", body.replace("0.5", "0.6")).status()).isEqualTo(409);
    assertThat(get("/account?user_id=f1").json().path("balance").toString()).isEqualTo("0.75");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"user_id\":\"g1\",\"service_name\":\"asset\"}",
        "{\"user_id\":\"g1\",\"service_name\":\"asset\",\"count\":0}",
        "{\"user_id\":\"g1\",\"service_name\":\"asset\",\"count\":-1}",
        "{\"user_id\":\"g1\",\"service_name\":\"asset\",\"count\":1.5}",
        "{\"user_id\":\"g1\",\"service_name\":\"asset\",\"count\":9223372036854775808}",
        "{\"user_id\":\"g1\",\"service_name\":\"asset\",\"count\":1,\"cost\":\"NaN\"}",
        "{\"user_id\":\"g1\",\"service_name\":\"asset\",\"count\":1,\"cost\":\"Infinity\"}",
        "{\"user_id\":\"g1\",\"service_name\":\"asset\",\"count\":1,\"cost\":-0.1}",
        "{\"user_id\":\"g1\",\"service_name\":\"relay\",\"count\":1,\"cost\":1e-12}",
        "{\"user_id\":\"g1\",\"service_name\":\"relay\",\"count\":1}",
        "{\"user_id\":\"g1\",\"userId\":\"g2\",\"service_name\":\"asset\",\"count\":1}",
        "{\"user_id\":\"summary\",\"service_name\":\"asset\",\"count\":1}",
        "{\"user_id\":\"g1\",\"service_name\":\"asset\",\"count\":1,\"request_id\":\"\"}",
        "{\"user_id\":\"g1\",\"service_name\":\"asset\",\"count\":1,\"request_id\":7}"
      })
  void what_cannot_be_charged_is_refused_by_name(String body) throws Exception {
    ServedAnswer answer = post("/deduct", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("error")).contains("expected");
  }

  @Test
  void an_unknown_service_is_404() throws Exception {
    for (String path : List.of("/check", "/deduct")) {
      ServedAnswer answer =
          post(path, "{\"user_id\":\"h1\",\"service_name\":\"dentist\",\"count\":1}");
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.text("code")).isEqualTo("SERVICE_NOT_FOUND");
    }
    assertThat(get("/stats/today?user_id=h1&service_name=dentist").status()).isEqualTo(404);
    assertThat(post("/refund", "{\"record_id\":\"what\",\"reason\":\"\"}").status()).isEqualTo(404);
  }

  @Test
  void older_clients_get_an_envelope_in_camel_case() throws Exception {
    Map<String, String> settings = Map.of("billing.envelope", "wrapped");
    try (ServicesModule wrapping =
            house.services(TestSettings.of(ServicesModule.settings(), settings));
        ServedRoutes wrapped = ServedRoutes.start(wrapping.chargeRoutes());
        ServedRoutes reading = ServedRoutes.start(wrapping.recordRoutes())) {
      String body = "{\"userId\":\"i1\",\"serviceName\":\"relay\",\"count\":1001,\"cost\":1}";
      ServedAnswer refused = wrapped.post(INTERNAL + "/deduct", body, "X-Service-Token", token);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text("error")).isEqualTo("insufficient balance");
      ServedAnswer done =
          wrapped.post(INTERNAL + "/deduct", body.replace("1001", "10"), "X-Service-Token", token);
      assertThat(done.json().path("success").booleanValue()).isTrue();
      assertThat(done.json().path("data").path("recordId").stringValue()).hasSize(36);
      ServedAnswer account = read(reading, PUBLIC + "/account?userId=i1", bearer(token));
      assertThat(account.json().path("data").path("quotas").path(3).path("usedQuota").intValue())
          .isEqualTo(10);
    }
  }

  private static String statistic(String period, String user, String service) throws Exception {
    ServedAnswer answer = get("/stats/" + period + "?user_id=" + user + "&service_name=" + service);
    assertThat(answer.text("period")).isEqualTo(period);
    return answer.json().path("total_count")
        + " "
        + answer.json().path("total_cost")
        + " "
        + answer.json().path("free_count")
        + " "
        + answer.json().path("paid_count");
  }

  private static void rich(String name, long nanos) {
    house.pay(house.user(name).id(), nanos, "pay-" + name);
  }

  private static ServedAnswer post(String path, String body) throws Exception {
    return backend.post(INTERNAL + path, body, "X-Service-Token", token);
  }

  private static ServedAnswer get(String path) throws Exception {
    return read(users, PUBLIC + path, bearer(token));
  }

  private static ServedAnswer read(ServedRoutes routes, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request = routes.to(path).GET();
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return ServedAnswer.of(routes.send(request));
  }

  private static String[] bearer(String secret) {
    return new String[] {"Authorization", "Bearer " + secret};
  }
}
