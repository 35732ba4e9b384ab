package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.AdminRole;
import io.tollgate.site.testing.ServedAnswer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What administrators change is in their log, and so is who signs in. */
@Tag("slow")
class AdminLogRoutesTest {
  private static final AdminSite site = new AdminSite();
  private static final String owner = site.login();
  private static final TenantId tenant = site.tenant("one");
  private static final UserId user = site.user(tenant, "u");

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void a_change_names_who_made_it_and_what_it_was_before_and_after() throws Exception {
    ServedAnswer made =
        site.put(
            owner,
            "/api/spend-limits",
            "{\"tenant_id\":%s,\"scope\":\"tenant\",\"span\":\"day\",\"amount\":\"5\"}"
                .formatted(tenant));
    String id = made.data().required("id").asString();
    site.put(
        owner,
        "/api/spend-limits",
        "{\"tenant_id\":%s,\"scope\":\"tenant\",\"span\":\"day\",\"amount\":\"7\"}"
            .formatted(tenant));
    site.delete(owner, "/api/spend-limits/" + id);
    JsonNode rows = rows("thing=spend_limit&thing_id=" + id);
    assertThat(rows.size()).isEqualTo(3);
    JsonNode deleted = rows.get(0);
    assertThat(deleted.required("action").asString()).isEqualTo("DELETE /api/spend-limits/{id}");
    assertThat(deleted.required("before").required("amount").longValue()).isEqualTo(7_000_000_000L);
    assertThat(deleted.required("after").isNull()).isTrue();
    JsonNode raised = rows.get(1);
    assertThat(raised.required("username").asString()).isEqualTo("root");
    assertThat(raised.required("admin_id").longValue()).isPositive();
    assertThat(raised.required("tenant_id").longValue()).isEqualTo(tenant.value());
    assertThat(raised.required("address").asString()).isEqualTo("127.0.0.1");
    assertThat(raised.required("request_id").asString()).hasSize(36);
    assertThat(raised.required("outcome").asString()).isEqualTo("done");
    // what did not change is not repeated
    assertThat(raised.required("before").has("scope")).isFalse();
    assertThat(raised.required("before").required("amount").longValue()).isEqualTo(5_000_000_000L);
    assertThat(raised.required("after").required("amount").longValue()).isEqualTo(7_000_000_000L);
    assertThat(rows.get(2).required("before").isNull()).isTrue();
  }

  @Test
  void no_secret_is_in_it_and_that_one_was_changed_is() throws Exception {
    ServedAnswer made =
        site.post(
            owner,
            "/api/api-keys",
            "{\"tenant_id\":%s,\"user_id\":%s,\"name\":\"k\"}".formatted(tenant, user));
    String id = made.data().required("key").required("id").asString();
    site.post(owner, "/api/api-keys/" + id + "/rotate", "");
    site.post(
        owner,
        "/api/admins",
        "{\"username\":\"masked\",\"role\":\"support\",\"password\":\"never to be seen\"}");
    JsonNode rotated = rows("action=POST%20/api/api-keys/%7Bid%7D/rotate").get(0);
    assertThat(rotated.required("before").required("secret_hash").asString()).isEqualTo("****");
    assertThat(rotated.required("after").required("secret_hash").asString()).isEqualTo("****");
    String all = rows("page_size=500").toString();
    assertThat(all)
        .contains("\"password_hash\":\"****\"")
        .doesNotContain("never to be seen", "argon2", "\\\\x", owner)
        .doesNotContain(made.data().required("secret").asString());
  }

  @Test
  void what_is_refused_changes_nothing_and_is_told_where_it_was_not_allowed() throws Exception {
    String support = site.login(AdminRole.SUPPORT);
    assertThat(
            site.post(
                    support,
                    "/api/api-keys",
                    "{\"tenant_id\":%s,\"user_id\":%s,\"name\":\"no\"}".formatted(tenant, user))
                .status())
        .isEqualTo(403);
    JsonNode row = rows("outcome=refused&action=POST%20/api/api-keys").get(0);
    assertThat(row.required("username").asString()).isEqualTo("support");
    assertThat(row.required("error_code").asString()).isEqualTo("FORBIDDEN");
    assertThat(row.required("changed").intValue()).isZero();
    int before = rows("page_size=500").size();
    assertThat(site.put(owner, "/api/spend-limits", "{}").status()).isEqualTo(400);
    assertThat(rows("page_size=500").size()).isEqualTo(before);
  }

  @Test
  void signing_in_and_out_is_in_it_and_failing_to_is_too() throws Exception {
    String body = "{\"username\":\"%s\",\"password\":\"%s\"}";
    String token =
        site.post("", "/api/auth/login", body.formatted("root", AdminSite.PASSWORD))
            .json()
            .required("token")
            .asString();
    site.post(token, "/api/auth/logout", "");
    site.post("", "/api/auth/login", body.formatted("root", "wrong"));
    site.post("", "/api/auth/login", body.formatted("my password, mistyped", "wrong"));
    JsonNode logins = rows("action=POST%20/api/auth/login");
    assertThat(logins.get(0).required("username").asString()).isEqualTo("my ****");
    assertThat(logins.get(0).required("admin_id").isNull()).isTrue();
    assertThat(logins.get(1).required("username").asString()).isEqualTo("root");
    assertThat(logins.get(1).required("error_code").asString()).isEqualTo("INVALID_CREDENTIALS");
    JsonNode good = logins.get(2);
    assertThat(good.required("outcome").asString()).isEqualTo("done");
    assertThat(good.required("username").asString()).isEqualTo("root");
    assertThat(good.required("thing").asString()).isEqualTo("admin_session");
    assertThat(rows("action=POST%20/api/auth/logout").get(0).required("username").asString())
        .isEqualTo("root");
    assertThat(logins.toString()).doesNotContain("mistyped", AdminSite.PASSWORD, token);
  }

  @Test
  void what_changes_no_row_is_in_it_too() throws Exception {
    assertThat(site.post(owner, "/api/ledger/audit", "").status()).isEqualTo(200);
    JsonNode row = rows("action=POST%20/api/ledger/audit").get(0);
    assertThat(row.required("thing").asString()).isEmpty();
    assertThat(row.required("changes").isEmpty()).isTrue();
  }

  @Test
  void it_is_paged_by_cursor_filtered_counted_and_exported() throws Exception {
    for (int i = 0; i < 5; i++) {
      site.put(
          owner,
          "/api/spend-limits",
          "{\"tenant_id\":%s,\"scope\":\"user\",\"user_id\":%s,\"span\":\"month\",\"amount\":%d}"
              .formatted(tenant, user, i));
    }
    String filter = "action=PUT%20/api/spend-limits&page_size=2&count=true";
    ServedAnswer first = site.get(owner, "/api/audit-logs?" + filter);
    assertThat(first.json().required("total").longValue()).isGreaterThanOrEqualTo(5);
    String cursor = first.json().required("next_cursor").asString();
    JsonNode second = rows(filter + "&cursor=" + cursor);
    assertThat(second.get(0).required("id").longValue())
        .isLessThan(first.data().get(1).required("id").longValue());
    for (String bad :
        List.of("cursor=x", "cursor=9-x", "start=yesterday", "outcome=maybe", "admin_id=0")) {
      assertThat(site.get(owner, "/api/audit-logs?" + bad).status()).as(bad).isEqualTo(400);
    }
    assertThat(rows("start=2999-01-01T00:00:00Z").isEmpty()).isTrue();
    String csv = site.textOf(owner, "/api/audit-logs/export?action=PUT%20/api/spend-limits");
    assertThat(csv.lines().count()).isGreaterThanOrEqualTo(6);
    assertThat(csv).startsWith("\uFEFFid,created_at,").contains("\"\"amount\"\"");
    JsonNode sums = site.get(owner, "/api/audit-logs/stats").data();
    assertThat(sums.required("admins").toString()).contains("\"what\":\"root\"");
    assertThat(sums.required("days").size()).isEqualTo(1);
    assertThat(sums.required("actions").toString()).contains("PUT /api/spend-limits");
    assertThat(site.get(owner, "/api/audit-logs/stats?start=2020-01-01T00:00:00Z").status())
        .isEqualTo(400);
    for (String path : List.of("", "/export", "/stats")) {
      assertThat(site.get("", "/api/audit-logs" + path).status()).isEqualTo(401);
    }
  }

  @Test
  void the_program_cannot_edit_a_row() {
    assertThatThrownBy(
            () ->
                site.write(
                    tx -> tx.sql().execute("UPDATE identity.admin_change SET username = 'x'")))
        .hasMessageContaining("permission denied");
  }

  private static JsonNode rows(String query) throws Exception {
    ServedAnswer answer = site.get(owner, "/api/audit-logs?" + query);
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    return answer.data();
  }
}
