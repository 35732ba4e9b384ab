package io.tollgate.edge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.AdminRole;
import io.tollgate.identity.User;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("slow")
class SyncRoutesTest {
  private static final SyncSite site = new SyncSite();
  private static final TenantId one = site.tenant("one", 1000);
  private static final TenantId two = site.tenant("two", 0);
  private static final String serviceOfOne = service(one);
  private static final String serviceOfTwo = service(two);

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void a_user_sees_their_numbers_with_their_own_key() throws Exception {
    String key = keyOf("u1");
    site.give(one, "u1", Amount.parse(Asset.money("USD"), "0.1"), "k1");
    HttpResponse<byte[]> response = site.get("u1", "Authorization", "Bearer " + key);
    JsonNode json = SyncSite.json(response);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json.propertyNames())
        .containsExactly(
            "user_id",
            "quota_limit",
            "quota_used",
            "quota_remaining",
            "balance",
            "allowed",
            "sync_time",
            "ttl",
            "version");
    assertThat(json.path("user_id").asString()).isEqualTo("u1");
    assertThat(json.path("quota_limit").longValue()).isEqualTo(1000);
    assertThat(json.path("quota_used").longValue()).isZero();
    assertThat(json.path("quota_remaining").longValue()).isEqualTo(1000);
    assertThat(json.path("balance").toString()).isEqualTo("0.1");
    assertThat(json.path("allowed").booleanValue()).isTrue();
    assertThat(json.path("ttl").intValue()).isEqualTo(30);
    assertThat(Instant.parse(json.path("sync_time").asString())).isBefore(Instant.now());
  }

  @Test
  void another_users_key_is_refused_and_so_is_an_administrator() throws Exception {
    String key = keyOf("u2");
    assertError(site.get("u3", "Authorization", "Bearer " + key), 403, "FORBIDDEN");
    site.write(
        tx -> site.identity.admins().create(tx, "root", "Root", "secret-enough", AdminRole.OWNER));
    String session = site.identity.admins().login("root", "secret-enough", "127.0.0.1").token();
    assertError(site.get("u2", "Authorization", "Bearer " + session), 403, "FORBIDDEN");
  }

  @Test
  void without_a_good_token_it_is_401() throws Exception {
    assertError(site.get("u1"), 401, "UNAUTHENTICATED");
    assertError(site.get("u1", "Authorization", "Bearer nonsense"), 401, "UNAUTHENTICATED");
    assertError(site.get("u1", "Authorization", "Basic dTpw"), 401, "UNAUTHENTICATED");
  }

  @Test
  void a_service_token_makes_the_user_it_asks_for_in_its_own_tenant() throws Exception {
    JsonNode inOne = SyncSite.json(site.get("new-user", "Authorization", "Bearer " + serviceOfOne));
    JsonNode inTwo = SyncSite.json(site.get("new-user", "Authorization", "Bearer " + serviceOfTwo));
    assertThat(inOne.path("quota_remaining").longValue()).isEqualTo(1000);
    assertThat(inOne.path("allowed").booleanValue()).isTrue();
    assertThat(inTwo.path("quota_remaining").longValue()).isZero();
    assertThat(inTwo.path("balance").toString()).isEqualTo("0");
    assertThat(inTwo.path("allowed").booleanValue()).isFalse();
  }

  @Test
  void a_name_that_no_user_can_have_is_refused() throws Exception {
    assertError(
        site.get("month", "Authorization", "Bearer " + serviceOfOne), 400, "INVALID_REQUEST");
    assertError(
        site.get("a%20b", "Authorization", "Bearer " + serviceOfOne), 400, "INVALID_REQUEST");
  }

  @Test
  void nothing_new_is_304_until_something_changes() throws Exception {
    HttpResponse<byte[]> first = get("u5");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).isEqualTo("\"" + SyncSite.json(first).path("version").longValue() + "\"");
    for (String known : List.of(tag, "W/" + tag, "\"0\", " + tag, "*")) {
      HttpResponse<byte[]> same = get("u5", "If-None-Match", known);
      assertThat(same.statusCode()).isEqualTo(304);
      assertThat(same.body()).isEmpty();
      assertThat(same.headers().firstValue("ETag")).contains(tag);
    }
    site.give(one, "u5", new Amount(Asset.TOKEN, 1), "k5");
    HttpResponse<byte[]> changed = get("u5", "If-None-Match", tag);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(SyncSite.json(changed).path("quota_limit").longValue()).isEqualTo(1001);
    assertThat(SyncSite.json(changed).path("version").longValue())
        .isGreaterThan(SyncSite.json(first).path("version").longValue());
  }

  private static HttpResponse<byte[]> get(String user, String... more) throws Exception {
    String[] headers = new String[more.length + 2];
    headers[0] = "Authorization";
    headers[1] = "Bearer " + serviceOfOne;
    System.arraycopy(more, 0, headers, 2, more.length);
    return site.get(user, headers);
  }

  private static String keyOf(String externalId) {
    User user = site.write(tx -> site.identity.users().findOrCreate(tx, one, externalId));
    return site.identity.apiKeys().issue(one, user.id(), "key", OptionalInt.empty()).secret();
  }

  private static String service(TenantId tenant) {
    return site.identity.serviceTokens().issue(tenant, "backend");
  }

  private static void assertError(HttpResponse<byte[]> response, int status, String code) {
    assertThat(response.statusCode()).isEqualTo(status);
    JsonNode json = SyncSite.json(response);
    assertThat(json.path("code").asString()).isEqualTo(code);
    assertThat(json.propertyNames()).contains("error", "code", "details", "request_id");
  }
}
