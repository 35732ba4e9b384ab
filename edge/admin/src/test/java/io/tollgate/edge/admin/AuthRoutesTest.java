package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.identity.AdminRole;
import io.tollgate.site.testing.ServedAnswer;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class AuthRoutesTest {
  private static final AdminSite site = new AdminSite();

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void a_login_opens_a_session_that_a_logout_ends() throws Exception {
    ServedAnswer login =
        site.post(
            "",
            "/api/auth/login",
            "{\"username\":\"root\",\"password\":\"" + AdminSite.PASSWORD + "\"}");
    assertThat(login.status()).isEqualTo(200);
    assertThat(login.json().propertyNames())
        .containsExactly("token", "admin_id", "username", "nickname", "expires_at");
    assertThat(login.text("nickname")).isEqualTo("Root");
    assertThat(Instant.parse(login.text("expires_at"))).isAfter(Instant.now());
    String token = login.text("token");
    ServedAnswer me = site.get(token, "/api/auth/me");
    assertThat(me.json().path("success").booleanValue()).isTrue();
    assertThat(me.data().path("username").asString()).isEqualTo("root");
    assertThat(me.data().path("role").asString()).isEqualTo("owner");
    assertThat(me.data().path("admin_id")).isEqualTo(login.json().path("admin_id"));
    assertThat(site.get(token, "/api/auth/logout").status()).isEqualTo(200);
    assertThat(site.get(token, "/api/auth/me").status()).isEqualTo(200);
    assertThat(site.post(token, "/api/auth/logout", "").status()).isEqualTo(200);
    assertUnauthenticated(site.get(token, "/api/auth/me"));
    assertUnauthenticated(site.post(token, "/api/auth/logout", ""));
  }

  @Test
  void a_wrong_password_is_401_and_a_missing_one_400() throws Exception {
    ServedAnswer wrong =
        site.post("", "/api/auth/login", "{\"username\":\"root\",\"password\":\"wrong\"}");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.text("code")).isEqualTo("INVALID_CREDENTIALS");
    assertThat(wrong.text("detail")).isEqualTo(wrong.text("error"));
    ServedAnswer missing = site.post("", "/api/auth/login", "{\"username\":\"root\"}");
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.text("error")).isEqualTo("password is missing (expected: a text)");
  }

  @Test
  void a_password_can_be_changed_by_who_knows_it() throws Exception {
    var unused =
        site.write(
            tx ->
                site.identity
                    .admins()
                    .create(tx, "other", "Other", "the old one", AdminRole.SUPPORT));
    String token = site.identity.admins().login("other", "the old one", "127.0.0.1").token();
    ServedAnswer changed =
        site.post(
            token,
            "/api/auth/change-password",
            "{\"old_password\":\"the old one\",\"new_password\":\"the new one\"}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(site.identity.admins().login("other", "the new one", "127.0.0.1").username())
        .isEqualTo("other");
  }

  @Test
  void nothing_is_shown_without_a_good_token() throws Exception {
    for (String path :
        new String[] {
          "/api/auth/me", "/api/request-logs", "/api/ledger/accounts", "/api/ledger/entries"
        }) {
      assertUnauthenticated(site.get("", path));
      assertUnauthenticated(site.get("nonsense", path));
    }
    assertUnauthenticated(site.post("", "/api/ledger/audit", ""));
    assertThat(site.get("", "/api/nothing").text("code")).isEqualTo("NOT_FOUND");
  }

  private static void assertUnauthenticated(ServedAnswer answer) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.text("code")).isEqualTo("UNAUTHENTICATED");
    assertThat(answer.text("detail")).isNotEmpty().isEqualTo(answer.text("error"));
  }
}
