package io.tollgate.edge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.AccountKind;
import io.tollgate.site.testing.ServedAnswer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("slow")
class MeRoutesTest {
  private static final PortalSite site = new PortalSite();

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void a_user_sees_who_they_are_and_chooses_a_language() throws Exception {
    String token = site.login(PortalSite.EMAIL);
    ServedAnswer me = site.send("GET", "/api/v1/me", "", bearer(token));
    assertThat(me.data().propertyNames())
        .containsExactly(
            "user_id",
            "email",
            "email_verified",
            "language",
            "theme",
            "zone",
            "invite_code",
            "totp",
            "tenant",
            "features",
            "created_at");
    assertThat(me.data().required("email").asString()).isEqualTo(PortalSite.EMAIL);
    assertThat(me.data().required("tenant").required("name").asString()).isEqualTo("Acme");
    ServedAnswer changed = site.send("PUT", "/api/v1/me", "{\"language\":\"zh\"}", bearer(token));
    assertThat(changed.data().required("language").asString()).isEqualTo("zh");
    ServedAnswer zoned =
        site.send(
            "PUT", "/api/v1/me", "{\"theme\":\"dark\",\"zone\":\"Asia/Tokyo\"}", bearer(token));
    assertThat(zoned.data().required("language").asString()).isEqualTo("zh");
    assertThat(zoned.data().required("theme").asString()).isEqualTo("dark");
    assertThat(zoned.data().required("zone").asString()).isEqualTo("Asia/Tokyo");
    ServedAnswer back = site.send("PUT", "/api/v1/me", "{\"zone\":null}", bearer(token));
    assertThat(back.data().required("zone").isNull()).isTrue();
    assertThat(back.data().required("theme").asString()).isEqualTo("dark");
    for (String refused :
        List.of(
            "{\"language\":\"fr\"}",
            "{\"theme\":\"pink\"}",
            "{\"zone\":\"Mars/Olympus\"}",
            "{\"zone\":\"../../etc/passwd\"}",
            "[]")) {
      assertThat(site.send("PUT", "/api/v1/me", refused, bearer(token)).status())
          .as(refused)
          .isEqualTo(400);
    }
  }

  @Test
  void a_session_has_one_playground_key_that_is_not_among_the_users_keys() throws Exception {
    var unused = site.user(site.tenant, "play@a.example");
    String token = site.login("play@a.example");
    String other = site.login("play@a.example");
    String path = "/api/v1/me/playground-key";
    JsonNode first = site.post(path, "", bearer(token)).data();
    JsonNode second = site.post(path, "", bearer(token)).data();
    JsonNode others = site.post(path, "", bearer(other)).data();
    assertThat(site.identity.apiKeys().find(first.required("secret").asString())).isEmpty();
    assertThat(site.identity.apiKeys().find(second.required("secret").asString())).isPresent();
    assertThat(site.identity.apiKeys().find(others.required("secret").asString())).isPresent();
    assertThat(java.time.Instant.parse(second.required("expires_at").asString()))
        .isBetween(
            java.time.Instant.now().plusSeconds(14 * 60),
            java.time.Instant.now().plusSeconds(15 * 60));
    JsonNode keys = site.send("GET", "/api/v1/me/keys", "", bearer(token)).data();
    assertThat(keys).isEmpty();
    String own = "/api/v1/me/keys/" + second.required("key_id").asString();
    for (ServedAnswer answer :
        List.of(
            site.send("GET", own, "", bearer(token)),
            site.send("PUT", own, "{\"expires_at\":null}", bearer(token)),
            site.post(own + "/rotate", "", bearer(token)))) {
      assertThat(answer.status()).isEqualTo(404);
    }
  }

  @Test
  void a_statement_and_what_is_spent_are_the_users_own() throws Exception {
    UserId ann = site.user(site.tenant, "money@a.example");
    UserId bob = site.user(site.tenant, "others@a.example");
    String token = site.login("money@a.example");
    site.post("recharge", ann, AccountKind.BALANCE, 10_000_000_000L, "recharge_1");
    site.post("relay_charge", ann, AccountKind.BALANCE, -1_500_000_000L, "=1+1");
    site.post("recharge", bob, AccountKind.BALANCE, 7_000_000_000L, "recharge_2");
    JsonNode lines = site.send("GET", "/api/v1/me/statement", "", bearer(token)).data();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).required("type").asString()).isEqualTo("charge");
    assertThat(lines.get(0).required("amount").decimalValue()).isEqualByComparingTo("-1.5");
    assertThat(lines.get(0).required("balance_after").decimalValue()).isEqualByComparingTo("8.5");
    assertThat(lines.get(1).required("reference").asString()).isEqualTo("recharge_1");
    ServedAnswer one =
        site.send("GET", "/api/v1/me/statement?page_size=1&type=recharge", "", bearer(token));
    assertThat(one.data()).hasSize(1);
    assertThat(one.json().required("next_cursor").isNull()).isTrue();
    String csv =
        new String(
            site.raw("GET", "/api/v1/me/statement/export", "", bearer(token)).body(),
            java.nio.charset.StandardCharsets.UTF_8);
    assertThat(csv.lines()).hasSize(3);
    assertThat(csv).contains("\"'=1+1\"").doesNotContain("recharge_2");
    for (String refused : List.of("type=everything", "page_size=101", "cursor=x", "start=x")) {
      assertThat(site.send("GET", "/api/v1/me/statement?" + refused, "", bearer(token)).status())
          .as(refused)
          .isEqualTo(400);
    }
    JsonNode spending = site.send("GET", "/api/v1/me/spending", "", bearer(token)).data();
    assertThat(spending.required("paid_in").decimalValue()).isEqualByComparingTo("8.5");
    assertThat(spending.required("currency").asString()).isEqualTo("USD");
  }

  @Test
  void alerts_are_set_and_taken_away() throws Exception {
    var unused = site.user(site.tenant, "alerts@a.example");
    String token = site.login("alerts@a.example");
    String path = "/api/v1/me/alerts";
    assertThat(site.send("GET", path, "", bearer(token)).data().required("balance_below").isNull())
        .isTrue();
    JsonNode set =
        site.send("PUT", path, "{\"balance_below\":\"0.25\",\"quota_percent\":80}", bearer(token))
            .data();
    assertThat(set.required("balance_below").decimalValue()).isEqualByComparingTo("0.25");
    assertThat(set.required("quota_percent").intValue()).isEqualTo(80);
    for (String refused :
        List.of(
            "{\"balance_below\":0}",
            "{\"balance_below\":-1}",
            "{\"balance_below\":1e400}",
            "{\"quota_percent\":101}",
            "{\"quota_percent\":0}")) {
      assertThat(site.send("PUT", path, refused, bearer(token)).status())
          .as(refused)
          .isEqualTo(400);
    }
    assertThat(
            site.send("PUT", path, "{}", bearer(token)).data().required("quota_percent").isNull())
        .isTrue();
  }

  @Test
  void nothing_is_shown_without_a_users_session() throws Exception {
    String key =
        site.identity
            .apiKeys()
            .issue(site.tenant, site.user, "mine", java.util.OptionalInt.empty())
            .secret();
    String service = site.identity.serviceTokens().issue(site.tenant, "backend");
    for (String token : List.of("nonsense", key, service)) {
      for (String path :
          List.of(
              "/api/v1/me",
              "/api/v1/me/sessions",
              "/api/v1/me/totp",
              "/api/v1/me/keys",
              "/api/v1/me/statement",
              "/api/v1/me/statement/export",
              "/api/v1/me/spending",
              "/api/v1/me/alerts")) {
        ServedAnswer answer = site.send("GET", path, "", bearer(token));
        assertThat(answer.status()).as(path).isEqualTo(401);
        assertThat(answer.json().propertyNames())
            .containsExactlyInAnyOrder("error", "code", "details", "request_id");
      }
    }
    assertThat(site.send("GET", "/api/v1/me", "").status()).isEqualTo(401);
  }

  @Test
  void sessions_are_listed_and_ended_and_another_users_is_not_there() throws Exception {
    var unused = site.user(site.tenant, "sessions@a.example");
    String mine = site.login("sessions@a.example");
    String other = site.login("sessions@a.example");
    String anns = site.login(PortalSite.EMAIL);
    JsonNode rows = site.send("GET", "/api/v1/me/sessions", "", bearer(mine)).data();
    assertThat(rows).hasSize(2);
    assertThat(rows.get(1).required("current").booleanValue()).isTrue();
    String second = rows.get(0).required("id").asString();
    assertThat(site.send("DELETE", "/api/v1/me/sessions/" + second, "", bearer(anns)).status())
        .isEqualTo(404);
    assertThat(site.send("GET", "/api/v1/me", "", bearer(other)).status()).isEqualTo(200);
    assertThat(site.send("DELETE", "/api/v1/me/sessions/" + second, "", bearer(mine)).status())
        .isEqualTo(200);
    assertThat(site.send("GET", "/api/v1/me", "", bearer(other)).status()).isEqualTo(401);
    assertThat(site.send("DELETE", "/api/v1/me/sessions/x", "", bearer(mine)).status())
        .isEqualTo(404);
    String third = site.login("sessions@a.example");
    ServedAnswer ended = site.post("/api/v1/me/sessions/end-others", "", bearer(mine));
    assertThat(ended.data().required("ended").intValue()).isEqualTo(1);
    assertThat(site.send("GET", "/api/v1/me", "", bearer(third)).status()).isEqualTo(401);
  }

  @Test
  void a_key_is_shown_once_limited_rotated_switched_off_and_ended() throws Exception {
    var unused = site.user(site.tenant, "keys@a.example");
    String token = site.login("keys@a.example");
    ServedAnswer made =
        site.post(
            "/api/v1/me/keys",
            "{\"name\":\"laptop\",\"models\":[\"gpt-4o*\"],\"requests_per_minute\":5}",
            bearer(token));
    String secret = made.data().required("secret").asString();
    String path = "/api/v1/me/keys/" + made.data().required("key").required("id").asString();
    assertThat(site.identity.apiKeys().find(secret)).isPresent();
    ServedAnswer list = site.send("GET", "/api/v1/me/keys", "", bearer(token));
    assertThat(list.json().required("total").intValue()).isEqualTo(1);
    assertThat(list.json().toString()).doesNotContain(secret);

    ServedAnswer changed =
        site.send("PUT", path, "{\"tokens_per_minute\":1000,\"models\":null}", bearer(token));
    assertThat(changed.data().required("tokens_per_minute").intValue()).isEqualTo(1000);
    assertThat(changed.data().required("requests_per_minute").intValue()).isEqualTo(5);
    assertThat(changed.data().required("models").isNull()).isTrue();

    ServedAnswer rotated = site.post(path + "/rotate", "", bearer(token));
    String next = rotated.data().required("secret").asString();
    assertThat(site.identity.apiKeys().find(secret)).isEmpty();
    assertThat(site.identity.apiKeys().find(next)).isPresent();

    site.send("PATCH", path + "/toggle", "{\"enabled\":false}", bearer(token));
    assertThat(site.identity.apiKeys().find(next)).isEmpty();
    ServedAnswer on = site.send("PATCH", path + "/toggle", "{\"enabled\":true}", bearer(token));
    assertThat(on.data().required("state").asString()).isEqualTo("on");
    assertThat(site.identity.apiKeys().find(next)).isPresent();

    ServedAnswer ended = site.send("DELETE", path, "", bearer(token));
    assertThat(ended.data().required("state").asString()).isEqualTo("ended");
    assertThat(site.identity.apiKeys().find(next)).isEmpty();
    assertThat(site.send("DELETE", path, "", bearer(token)).status()).isEqualTo(200);
    for (ServedAnswer late :
        List.of(
            site.send("PUT", path, "{\"expires_at\":null}", bearer(token)),
            site.send("PATCH", path + "/toggle", "{\"enabled\":true}", bearer(token)),
            site.post(path + "/rotate", "", bearer(token)))) {
      assertThat(late.status()).isEqualTo(409);
    }
  }

  @Test
  void keys_of_others_are_not_there_and_groups_are_not_the_users_to_choose() throws Exception {
    TenantId other = site.tenant("Other");
    var unused = site.user(other, "bob@b.example");
    String bob = site.login("bob@b.example");
    String ann = site.login(PortalSite.EMAIL);
    ServedAnswer made =
        site.post("/api/v1/me/keys", "{\"name\":\"x\",\"groups\":[\"gold\"]}", bearer(ann));
    String id = made.data().required("key").required("id").asString();
    assertThat(
            site.identity
                .keyRegister()
                .find(new io.tollgate.ground.ApiKeyId(Long.parseLong(id)))
                .orElseThrow()
                .terms()
                .groups())
        .containsExactly("default");
    String path = "/api/v1/me/keys/" + id;
    for (ServedAnswer answer :
        List.of(
            site.send("GET", path, "", bearer(bob)),
            site.send("PUT", path, "{\"name\":\"mine\"}", bearer(bob)),
            site.send("PATCH", path + "/toggle", "{\"enabled\":false}", bearer(bob)),
            site.post(path + "/rotate", "", bearer(bob)),
            site.send("DELETE", path, "", bearer(bob)),
            site.send("GET", "/api/v1/me/keys/9999999", "", bearer(bob)),
            site.send("GET", "/api/v1/me/keys/-1", "", bearer(bob)),
            site.send("GET", "/api/v1/me/keys/99999999999999999999", "", bearer(bob)))) {
      assertThat(answer.status()).isEqualTo(404);
    }
  }

  @Test
  void a_user_has_so_many_keys_that_have_not_ended() throws Exception {
    var unused = site.user(site.tenant, "many@a.example");
    String token = site.login("many@a.example");
    String last = "";
    for (int i = 0; i < 3; i++) {
      last =
          site.post("/api/v1/me/keys", "{\"name\":\"k" + i + "\"}", bearer(token))
              .data()
              .required("key")
              .required("id")
              .asString();
    }
    assertThat(site.post("/api/v1/me/keys", "{\"name\":\"k\"}", bearer(token)).status())
        .isEqualTo(409);
    var ended = site.send("DELETE", "/api/v1/me/keys/" + last, "", bearer(token));
    assertThat(ended.status()).isEqualTo(200);
    assertThat(site.post("/api/v1/me/keys", "{\"name\":\"k\"}", bearer(token)).status())
        .isEqualTo(200);
  }

  @Test
  void a_password_is_changed_by_who_knows_it() throws Exception {
    var unused = site.user(site.tenant, "change@a.example");
    String token = site.login("change@a.example");
    String body = "{\"old_password\":\"%s\",\"new_password\":\"%s\"}";
    assertThat(
            site.post(
                    "/api/v1/me/password",
                    body.formatted("wrong wrong", "a better one"),
                    bearer(token))
                .status())
        .isEqualTo(401);
    assertThat(
            site.post(
                    "/api/v1/me/password",
                    body.formatted(PortalSite.PASSWORD, "a better one"),
                    bearer(token))
                .status())
        .isEqualTo(200);
    assertThat(site.send("GET", "/api/v1/me", "", bearer(token)).status()).isEqualTo(200);
  }

  @Test
  void a_second_factor_is_set_up_in_two_steps() throws Exception {
    var unused = site.user(site.tenant, "totp@a.example");
    String token = site.login("totp@a.example");
    assertThat(
            site.post("/api/v1/me/totp/confirm", "{\"code\":\"123456\"}", bearer(token)).status())
        .isEqualTo(409);
    ServedAnswer begun = site.post("/api/v1/me/totp", "", bearer(token));
    assertThat(begun.data().required("secret").asString()).hasSize(32);
    assertThat(begun.data().required("otpauth_url").asString())
        .startsWith("otpauth://totp/Tollgate%3Atotp%40a.example?secret=");
    ServedAnswer wrong =
        site.post("/api/v1/me/totp/confirm", "{\"code\":\"12345\"}", bearer(token));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text("code")).isEqualTo("INVALID_CODE");
    ServedAnswer standing = site.send("GET", "/api/v1/me/totp", "", bearer(token));
    assertThat(standing.data().required("on").booleanValue()).isFalse();
  }

  private static String[] bearer(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }
}
