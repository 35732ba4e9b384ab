package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.AdminRole;
import io.tollgate.site.testing.ServedAnswer;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class SpendLimitRoutesTest {
  private static final String PATH = "/api/spend-limits";
  private static final AdminSite site = new AdminSite();
  private static final String token = site.login();
  private static final TenantId tenant = site.tenant("one");
  private static final TenantId other = site.tenant("two");

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void a_limit_is_set_shown_changed_and_deleted() throws Exception {
    UserId user = site.user(tenant, "u1");
    ServedAnswer set = set("user", user, "day", "\"2.50\"");

    assertThat(set.status()).isEqualTo(200);
    assertThat(set.json().path("success").booleanValue()).isTrue();
    assertThat(set.data().propertyNames())
        .containsExactly(
            "id",
            "tenant_id",
            "scope",
            "user_id",
            "api_key_id",
            "span",
            "currency",
            "amount",
            "remaining",
            "window_ends_at",
            "created_at",
            "updated_at");
    assertThat(set.data().path("amount").toString()).isEqualTo("2.5");
    assertThat(set.data().path("remaining").toString()).isEqualTo("2.5");
    assertThat(set.data().path("currency").asString()).isEqualTo("USD");
    assertThat(set.data().path("api_key_id").isNull()).isTrue();
    assertThat(set("user", user, "day", "2.5").json()).isEqualTo(set.json());

    long id = set.data().path("id").longValue();
    ServedAnswer changed = set("user", user, "day", "0");
    assertThat(changed.data().path("id").longValue()).isEqualTo(id);
    assertThat(changed.data().path("remaining").toString()).isEqualTo("0");
    assertThat(changed.data().path("created_at")).isEqualTo(set.data().path("created_at"));

    ServedAnswer list =
        site.get(token, PATH + "?user_id=" + user + "&scope=user&tenant_id=" + tenant);
    assertThat(list.json().path("total").longValue()).isOne();
    assertThat(list.data().path(0)).isEqualTo(changed.data());

    assertThat(site.delete(token, PATH + "/" + id).status()).isEqualTo(200);
    assertThat(site.delete(token, PATH + "/" + id).status()).isEqualTo(404);
    assertThat(site.get(token, PATH + "?user_id=" + user).json().path("total").longValue())
        .isZero();
  }

  @Test
  void what_a_request_costs_is_gone_from_every_limit_above_it() throws Exception {
    site.give(tenant, "spender", Amount.parse(Asset.money("USD"), "10"), "k-spender");
    UserId user = site.user(tenant, "spender");
    long total = set("user", user, "total", "1").data().path("id").longValue();
    long day = set("user", user, "day", "0.5").data().path("id").longValue();

    ChargeId charge = site.serve(tenant, user, TokenUsage.of(1000, 100));

    ServedAnswer log = site.get(token, "/api/request-logs?request_id=" + charge);
    assertThat(log.data().path(0).path("cost").toString()).isEqualTo("0.00021");
    ServedAnswer list = site.get(token, PATH + "?user_id=" + user);
    assertThat(list.data().path(0).path("id").longValue()).isEqualTo(total);
    assertThat(list.data().path(0).path("remaining").toString()).isEqualTo("0.99979");
    assertThat(list.data().path(0).path("window_ends_at").isNull()).isTrue();
    assertThat(list.data().path(1).path("id").longValue()).isEqualTo(day);
    assertThat(list.data().path(1).path("remaining").toString()).isEqualTo("0.49979");
    ServedAnswer audit = site.post(token, "/api/ledger/audit", "");
    assertThat(audit.data().path("findings").size()).as(audit.json().toString()).isZero();
  }

  @Test
  void a_request_that_does_not_fit_is_refused_until_the_limit_is_raised() throws Exception {
    site.give(tenant, "limited", Amount.parse(Asset.money("USD"), "10"), "k-limited");
    UserId user = site.user(tenant, "limited");
    assertThat(set("user", user, "month", "0.0001").status()).isEqualTo(200);

    assertThatThrownBy(() -> site.serve(tenant, user, TokenUsage.of(1000, 100)))
        .rootCause()
        .isInstanceOf(Refusal.class)
        .extracting(refusal -> ((Refusal) refusal).code().httpStatus())
        .isEqualTo(402);
    assertThat(set("user", user, "month", "0.001").status()).isEqualTo(200);
    // the gateway hears of it a moment later
    await()
        .untilAsserted(
            () -> assertThat(site.serve(tenant, user, TokenUsage.of(1000, 100))).isNotNull());

    ServedAnswer list = site.get(token, PATH + "?user_id=" + user);
    assertThat(list.data().path(0).path("remaining").toString()).isEqualTo("0.00079");
  }

  @Test
  void a_limit_of_a_key_names_its_user() throws Exception {
    UserId user = site.user(tenant, "holder");
    ApiKeyId key = site.identity.apiKeys().issue(tenant, user, "key", OptionalInt.empty()).id();

    ServedAnswer set =
        put("\"scope\":\"key\",\"api_key_id\":" + key + ",\"span\":\"total\",\"amount\":1");

    assertThat(set.data().path("user_id").longValue()).isEqualTo(user.value());
    assertThat(set.data().path("api_key_id").longValue()).isEqualTo(key.value());
    assertThat(site.get(token, PATH + "?api_key_id=" + key).data().size()).isOne();
  }

  @Test
  void another_tenants_user_and_key_are_not_there() throws Exception {
    UserId stranger = site.user(other, "stranger");
    ApiKeyId strange =
        site.identity.apiKeys().issue(other, stranger, "key", OptionalInt.empty()).id();

    ServedAnswer user = set("user", stranger, "day", "1");
    ServedAnswer key =
        put("\"scope\":\"key\",\"api_key_id\":" + strange + ",\"span\":\"day\",\"amount\":1");

    assertThat(user.status()).isEqualTo(404);
    assertThat(user.text("code")).isEqualTo("USER_NOT_FOUND");
    assertThat(key.status()).isEqualTo(404);
    assertThat(key.text("detail")).isEqualTo("there is no API key " + strange);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "span":"day","amount":1                                 | scope is missing (expected: one of key, user, tenant)
          "scope":"all","span":"day","amount":1                   | scope: all (expected: one of key, user, tenant)
          "scope":"user","span":"day","amount":1                  | user_id is missing (expected: a whole number from 1, for the scope user)
          "scope":"key","user_id":1,"span":"day","amount":1       | api_key_id is missing (expected: a whole number from 1, for the scope key)
          "scope":"tenant","user_id":1,"span":"day","amount":1    | user_id: 1 (expected: left out for the scope tenant)
          "scope":"user","user_id":1,"api_key_id":2,"span":"day","amount":1 | api_key_id: 2 (expected: left out for the scope user)
          "scope":"user","user_id":"1","span":"day","amount":1    | user_id: "1" (expected: a whole number from 1)
          "scope":"tenant","span":"week","amount":1               | span: week (expected: one of day, month, total)
          "scope":"tenant","span":"day"                           | amount is missing (expected: a decimal number, 0 or more)
          "scope":"tenant","span":"day","amount":"much"           | amount: much (expected: a decimal number, 0 or more)
          "scope":"tenant","span":"day","amount":true             | amount: true (expected: a decimal number, 0 or more)
          "scope":"tenant","span":"day","amount":-1               | amount: -1 (expected: 0 or more)
          "scope":"tenant","span":"day","amount":0.0000000001     | amount: 0.0000000001 USD (expected: at most 9 decimals
          "scope":"tenant","span":"day","amount":1,"currency":7   | currency: 7 (expected: a code such as USD)
          "scope":"tenant","span":"day","amount":1,"currency":"EUR" | currency: EUR (expected: USD, the tenant's currency)
          """)
  void a_bad_limit_is_named_with_what_was_expected(String fields, String message) throws Exception {
    ServedAnswer answer = put(fields);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("code"))
        .isEqualTo(message.startsWith("currency: EUR") ? "CURRENCY_MISMATCH" : "INVALID_REQUEST");
    assertThat(answer.text("detail")).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          scope=planet   | scope: planet (expected: one of key, user, tenant)
          user_id=abc    | user_id: abc (expected: a whole number from 1)
          page_size=501  | page_size: 501 (expected: 1 to 500)
          cursor=abc     | cursor
          """)
  void a_bad_filter_is_named_with_what_was_expected(String query, String message) throws Exception {
    ServedAnswer answer = site.get(token, PATH + "?" + query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("detail")).contains(message);
  }

  @Test
  void what_is_no_id_is_not_there() throws Exception {
    assertThat(site.delete(token, PATH + "/x").text("detail"))
        .isEqualTo("there is no spend limit x");
    assertThat(site.delete(token, PATH + "/0").status()).isEqualTo(404);
  }

  @Test
  void those_who_only_read_or_support_see_limits_and_set_none() throws Exception {
    var unused =
        site.write(
            tx ->
                site.identity
                    .admins()
                    .create(tx, "support", "Support", AdminSite.PASSWORD, AdminRole.SUPPORT));
    String support =
        site.identity.admins().login("support", AdminSite.PASSWORD, "127.0.0.1").token();

    assertThat(site.get(support, PATH).status()).isEqualTo(200);
    assertThat(site.put(support, PATH, "{}").status()).isEqualTo(403);
    assertThat(site.delete(support, PATH + "/1").status()).isEqualTo(403);
    assertThat(site.get("", PATH).status()).isEqualTo(401);
    assertThat(site.put("", PATH, "{}").status()).isEqualTo(401);
    assertThat(site.delete("", PATH + "/1").status()).isEqualTo(401);
  }

  private static ServedAnswer set(String scope, UserId user, String span, String amount)
      throws Exception {
    return put(
        "\"scope\":\"%s\",\"user_id\":%s,\"span\":\"%s\",\"amount\":%s"
            .formatted(scope, user, span, amount));
  }

  private static ServedAnswer put(String fields) throws Exception {
    return site.put(token, PATH, "{\"tenant_id\":" + tenant + "," + fields + "}");
  }
}
