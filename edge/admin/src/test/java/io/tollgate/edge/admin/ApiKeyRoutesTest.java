package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.AdminRole;
import io.tollgate.site.testing.ServedAnswer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class ApiKeyRoutesTest {
  private static final String PATH = "/api/api-keys";
  private static final AdminSite site = new AdminSite();
  private static final String token = site.login();
  private static final String support = site.login(AdminRole.SUPPORT);
  private static final String finance = site.login(AdminRole.FINANCE);
  private static final TenantId tenant = site.tenant("one");
  private static final TenantId other = site.tenant("two");
  private static final UserId user = site.user(tenant, "u1");

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void a_key_is_made_with_its_terms_and_its_secret_is_shown_once() throws Exception {
    ServedAnswer made =
        post(
            "\"name\":\"laptop\",\"expires_at\":\"2099-01-01T00:00:00Z\",\"models\":[\"gpt-4o*\"],"
                + "\"addresses\":[\"10.0.0.0/8\",\"::1\"],\"requests_per_minute\":60,"
                + "\"tokens_per_minute\":100000,\"concurrent_max\":8,\"groups\":[\"spare\",\"default\"]");

    assertThat(made.status()).as(made.json().toString()).isEqualTo(200);
    String secret = made.data().path("secret").asString();
    assertThat(secret).startsWith("sk-");
    assertThat(made.data().path("key").propertyNames())
        .containsExactly(
            "id",
            "tenant_id",
            "user_id",
            "name",
            "prefix",
            "enabled",
            "expires_at",
            "models",
            "addresses",
            "requests_per_minute",
            "tokens_per_minute",
            "concurrent_max",
            "groups",
            "retiring_until",
            "created_at",
            "updated_at");
    assertThat(made.data().path("key").path("prefix").asString())
        .isEqualTo(secret.substring(0, 8) + "****");
    assertThat(made.data().path("key").path("addresses").toString())
        .isEqualTo("[\"10.0.0.0/8\",\"::1/128\"]");
    assertThat(made.data().path("key").path("groups").toString())
        .isEqualTo("[\"default\",\"spare\"]");
    assertThat(site.identity.apiKeys().find(secret)).isPresent();

    long id = made.data().path("key").path("id").longValue();
    ServedAnswer shown = site.get(token, PATH + "/" + id);
    assertThat(shown.data()).isEqualTo(made.data().path("key"));
    ServedAnswer list = site.get(token, PATH + "?user_id=" + user + "&page_size=500");
    assertThat(list.json().toString()).doesNotContain(secret).doesNotContain("hash");
  }

  @Test
  void what_is_left_out_stays_and_null_takes_a_limit_away() throws Exception {
    long id = id(post("\"name\":\"a\",\"models\":[\"gpt-4o\"],\"requests_per_minute\":5"));

    ServedAnswer renamed = site.put(token, PATH + "/" + id, "{\"name\":\"b\"}");
    assertThat(renamed.data().path("name").asString()).isEqualTo("b");
    assertThat(renamed.data().path("requests_per_minute").intValue()).isEqualTo(5);
    assertThat(renamed.data().path("models").toString()).isEqualTo("[\"gpt-4o\"]");

    ServedAnswer freed =
        site.put(token, PATH + "/" + id, "{\"requests_per_minute\":null,\"models\":null}");
    assertThat(freed.data().path("requests_per_minute").isNull()).isTrue();
    assertThat(freed.data().path("models").isNull()).isTrue();
    assertThat(freed.data().path("name").asString()).isEqualTo("b");
    assertThat(site.put(token, PATH + "/" + id, "{\"name\":null}").status()).isEqualTo(400);
  }

  @Test
  void a_key_is_switched_off_and_on() throws Exception {
    ServedAnswer made = post("\"name\":\"switched\"");
    String path = PATH + "/" + id(made) + "/toggle";

    assertThat(site.patch(token, path, "").data().path("enabled").booleanValue()).isFalse();
    assertThat(site.identity.apiKeys().find(made.data().path("secret").asString())).isEmpty();
    assertThat(site.patch(token, path, "").data().path("enabled").booleanValue()).isTrue();
    for (int i = 0; i < 2; i++) {
      ServedAnswer off = site.patch(token, path, "{\"enabled\":false}");
      assertThat(off.data().path("enabled").booleanValue()).isFalse();
    }
    assertThat(site.patch(token, path, "{\"enabled\":1}").text("detail"))
        .contains("enabled: 1 (expected: true or false)");
    assertThat(site.patch(token, path, "{}").text("detail")).contains("enabled is missing");
  }

  @Test
  void a_key_is_rotated_and_the_secret_before_it_lives_as_long_as_is_said() throws Exception {
    ServedAnswer made = post("\"name\":\"rotated\"");
    String first = made.data().path("secret").asString();
    String path = PATH + "/" + id(made) + "/rotate";

    ServedAnswer rotated = site.post(token, path, "{\"grace_seconds\":600}");
    String second = rotated.data().path("secret").asString();
    assertThat(second).isNotEqualTo(first);
    assertThat(rotated.data().path("key").path("retiring_until").isNull()).isFalse();
    assertThat(site.identity.apiKeys().find(first)).isPresent();
    assertThat(site.identity.apiKeys().find(second)).isPresent();

    String third = site.post(token, path, "").data().path("secret").asString();
    assertThat(site.identity.apiKeys().find(first)).isEmpty();
    assertThat(site.identity.apiKeys().find(second)).isEmpty();
    assertThat(site.identity.apiKeys().find(third)).isPresent();
    assertThat(site.post(token, path, "{\"grace_seconds\":-1}").text("detail"))
        .contains("grace_seconds: -1 (expected: a whole number from 0 to 2592000)");
  }

  @Test
  void support_switches_keys_off_and_lowers_limits_and_nothing_else() throws Exception {
    ServedAnswer made = post("\"name\":\"s\",\"requests_per_minute\":60");
    String path = PATH + "/" + id(made);

    assertThat(site.put(support, path, "{\"requests_per_minute\":10}").status()).isEqualTo(200);
    assertThat(site.put(support, path, "{\"tokens_per_minute\":10}").status()).isEqualTo(200);
    for (String refused :
        List.of(
            "{\"requests_per_minute\":11}",
            "{\"requests_per_minute\":null}",
            "{\"name\":\"t\"}",
            "{\"models\":[\"gpt-4o\"]}",
            "{\"addresses\":null,\"groups\":[\"x\"]}")) {
      assertThat(site.put(support, path, refused).status()).as(refused).isEqualTo(403);
    }
    assertThat(site.patch(support, path + "/toggle", "").status()).isEqualTo(200);
    assertThat(site.patch(support, path + "/toggle", "").status()).isEqualTo(403);
    assertThat(site.post(support, path + "/rotate", "").status()).isEqualTo(403);
    assertThat(site.post(support, PATH, "{}").status()).isEqualTo(403);
    assertThat(site.get(support, path).status()).isEqualTo(200);
  }

  @Test
  void those_who_only_read_see_keys_and_nobody_else_does() throws Exception {
    String path = PATH + "/" + id(post("\"name\":\"r\""));
    assertThat(site.get(finance, PATH).status()).isEqualTo(200);
    assertThat(site.put(finance, path, "{}").status()).isEqualTo(403);
    assertThat(site.patch(finance, path + "/toggle", "").status()).isEqualTo(403);
    assertThat(site.get("", PATH).status()).isEqualTo(401);
    assertThat(site.get("", path).status()).isEqualTo(401);
    assertThat(site.post("", PATH, "{}").status()).isEqualTo(401);
    assertThat(site.put("", path, "{}").status()).isEqualTo(401);
    assertThat(site.patch("", path + "/toggle", "").status()).isEqualTo(401);
    assertThat(site.post("", path + "/rotate", "").status()).isEqualTo(401);
  }

  @Test
  void another_tenants_user_gets_no_key_and_what_is_no_key_is_not_there() throws Exception {
    UserId stranger = site.user(other, "stranger");
    ServedAnswer refused =
        site.post(
            token,
            PATH,
            "{\"tenant_id\":" + tenant + ",\"user_id\":" + stranger + ",\"name\":\"x\"}");
    assertThat(refused.status()).isEqualTo(404);
    for (String id : List.of("0", "x", "999999", "-1", "99999999999999999999")) {
      assertThat(site.get(token, PATH + "/" + id).status()).isEqualTo(404);
      assertThat(site.put(token, PATH + "/" + id, "{}").status()).isEqualTo(404);
      assertThat(site.patch(token, PATH + "/" + id + "/toggle", "").status()).isEqualTo(404);
      assertThat(site.post(token, PATH + "/" + id + "/rotate", "").status()).isEqualTo(404);
    }
  }

  @Test
  void keys_are_filtered() throws Exception {
    UserId one = site.user(other, "filtered");
    ServedAnswer made =
        site.post(
            token,
            PATH,
            "{\"tenant_id\":" + other + ",\"user_id\":" + one + ",\"name\":\"Filtered\"}");
    String prefix = made.data().path("secret").asString().substring(0, 8);

    for (String query :
        List.of("user_id=" + one, "tenant_id=" + other, "prefix=" + prefix, "name=filt")) {
      ServedAnswer list = site.get(token, PATH + "?enabled=true&" + query);
      assertThat(list.data().path(0)).as(query).isEqualTo(made.data().path("key"));
      assertThat(list.json().path("total").longValue()).as(query).isPositive();
    }
    assertThat(site.get(token, PATH + "?enabled=false&user_id=" + one).data().size()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "name":""                              | name:  (expected: 1 to 64 characters
          "name":7                               | name: 7 (expected: 1 to 64 characters)
          "x":1                                  | name is missing
          "name":"a","models":"gpt-4o"           | models: "gpt-4o" (expected: a list of models, or null for all)
          "name":"a","models":[]                 | models: 0 of them (expected: 1 to 200, or null for all models)
          "name":"a","models":["*x"]             | models[0]: *x (expected: a model such as gpt-4o-mini
          "name":"a","models":[7]                | models: 7 (expected: a list of models
          "name":"a","addresses":["10.0.0.1/8"]  | addresses[0]: 10.0.0.1/8 (expected: an address or a block
          "name":"a","addresses":[]              | addresses: 0 of them
          "name":"a","requests_per_minute":0     | requests_per_minute: 0 (expected: a whole number from 1 to 1000000)
          "name":"a","tokens_per_minute":1.5     | tokens_per_minute: 1.5 (expected: a whole number
          "name":"a","concurrent_max":"1"        | concurrent_max: "1" (expected: a whole number
          "name":"a","groups":["a b"]            | groups: a b (expected: 1 to 64 letters
          "name":"a","groups":[]                 | groups: 0 of them (expected: 1 to 20)
          "name":"a","expires_at":"soon"         | expires_at: soon (expected: a time (RFC 3339))
          "name":"a","expires_at":"2020-01-01T00:00:00Z" | (expected: a time to come)
          """)
  void bad_terms_are_named_with_what_was_expected(String fields, String message) throws Exception {
    ServedAnswer answer = post(fields);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("detail")).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          enabled=maybe                | enabled: maybe (expected: true or false)
          prefix=sk-0123456789         | prefix: 13 characters (expected: the first characters of a key
          cursor=abc                   | cursor
          user_id=0                    | user_id: 0 (expected: a whole number from 1)
          """)
  void a_bad_filter_is_named_with_what_was_expected(String query, String message) throws Exception {
    ServedAnswer answer = site.get(token, PATH + "?" + query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("detail")).contains(message);
  }

  private static long id(ServedAnswer made) {
    return made.data().path("key").path("id").longValue();
  }

  private static ServedAnswer post(String fields) throws Exception {
    return site.post(
        token, PATH, "{\"tenant_id\":" + tenant + ",\"user_id\":" + user + "," + fields + "}");
  }
}
