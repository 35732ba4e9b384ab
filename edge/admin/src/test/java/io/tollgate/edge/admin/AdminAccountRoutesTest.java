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

@Tag("slow")
class AdminAccountRoutesTest {
  private static final AdminSite site = new AdminSite();
  private static final String owner = site.login();

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void an_owner_makes_changes_and_switches_off_administrators() throws Exception {
    ServedAnswer made =
        site.post(
            owner,
            "/api/admins",
            "{\"username\":\"fin\",\"role\":\"finance\",\"email\":\"Fin@A.example\"}");
    assertThat(made.status()).isEqualTo(200);
    String password = made.data().required("password").asString();
    String path = "/api/admins/" + made.data().required("admin").required("id").asString();
    assertThat(made.data().required("admin").required("email").asString())
        .isEqualTo("fin@a.example");
    String token = site.identity.admins().login("fin", password, "127.0.0.1").token();
    assertThat(site.get(token, "/api/auth/me").data().required("role").asString())
        .isEqualTo("finance");

    ServedAnswer changed = site.put(owner, path, "{\"role\":\"read-only\"}");
    assertThat(changed.data().required("role").asString()).isEqualTo("read-only");
    assertThat(changed.data().required("email").asString()).isEqualTo("fin@a.example");
    assertThat(changed.data().required("sessions").intValue()).isEqualTo(1);
    assertThat(site.get(token, "/api/auth/me").data().required("role").asString())
        .isEqualTo("read-only");

    assertThat(
            site.patch(owner, path + "/toggle", "{\"active\":false}")
                .data()
                .required("active")
                .booleanValue())
        .isFalse();
    assertThat(site.get(token, "/api/auth/me").status()).isEqualTo(401);
    site.patch(owner, path + "/toggle", "");
    ServedAnswer reset =
        site.post(owner, path + "/reset-password", "{\"password\":\"a given password\"}");
    assertThat(reset.data().required("password").isNull()).isTrue();
    assertThat(site.identity.admins().login("fin", "a given password", "127.0.0.1").username())
        .isEqualTo("fin");
    ServedAnswer list = site.get(owner, "/api/admins?role=read-only&active=true");
    assertThat(list.json().toString()).contains("\"fin\"").doesNotContain("a given password");
  }

  @Test
  void administrators_are_for_owners_and_the_last_owner_stays() throws Exception {
    for (AdminRole role : List.of(AdminRole.FINANCE, AdminRole.SUPPORT, AdminRole.READ_ONLY)) {
      String token = site.login(role);
      assertThat(site.get(token, "/api/admins").status()).as("%s", role).isEqualTo(403);
      assertThat(
              site.post(token, "/api/admins", "{\"username\":\"x\",\"role\":\"owner\"}").status())
          .isEqualTo(403);
      assertThat(site.post(token, "/api/admins/1/reset-password", "").status()).isEqualTo(403);
      assertThat(site.post(token, "/api/admins/1/reset-totp", "").status()).isEqualTo(403);
    }
    String me = site.get(owner, "/api/auth/me").data().required("admin_id").asString();
    ServedAnswer off = site.patch(owner, "/api/admins/" + me + "/toggle", "{\"active\":false}");
    assertThat(off.status()).isEqualTo(409);
    assertThat(site.put(owner, "/api/admins/" + me, "{\"role\":\"support\"}").status())
        .isEqualTo(409);
    assertThat(site.get(owner, "/api/auth/me").status()).isEqualTo(200);
    for (String unknown : List.of("999999", "0", "-1", "x", "99999999999999999999")) {
      assertThat(site.post(owner, "/api/admins/" + unknown + "/end-sessions", "").status())
          .isEqualTo(404);
    }
  }

  @Test
  void a_browsers_session_changes_something_from_our_own_page_only() throws Exception {
    String body =
        "{\"username\":\"root\",\"password\":\""
            + AdminSite.PASSWORD
            + "\",\"session\":\"cookie\"}";
    assertThat(site.post("", "/api/auth/login", body).text("code")).isEqualTo("CSRF");
    String cookie = site.cookie("/api/auth/login", body);
    assertThat(cookie).startsWith("tg_admin=");
    assertThat(site.with("GET", "/api/auth/me", "Cookie", cookie).status()).isEqualTo(200);
    assertThat(site.with("POST", "/api/auth/refresh", "Cookie", cookie).text("code"))
        .isEqualTo("CSRF");
    assertThat(
            site.with(
                    "POST",
                    "/api/auth/refresh",
                    "Cookie",
                    cookie,
                    "X-Tollgate-CSRF",
                    "1",
                    "Sec-Fetch-Site",
                    "same-site")
                .text("code"))
        .isEqualTo("CSRF");
    ServedAnswer refreshed =
        site.with(
            "POST",
            "/api/auth/refresh",
            "Cookie",
            cookie,
            "X-Tollgate-CSRF",
            "1",
            "Sec-Fetch-Site",
            "same-origin");
    assertThat(refreshed.status()).isEqualTo(200);
    assertThat(refreshed.json().required("token").isNull()).isTrue();
    assertThat(site.with("GET", "/api/auth/me", "Cookie", cookie).status()).isEqualTo(401);
  }

  @Test
  void users_are_found_switched_off_and_sent_away() throws Exception {
    TenantId tenant = site.tenant("Acme");
    UserId user = site.user(tenant, "u-1");
    String support = site.login();
    ServedAnswer list = site.get(support, "/api/users?tenant_id=" + tenant + "&user_id=u-1");
    assertThat(list.json().required("total").intValue()).isEqualTo(1);
    String path = "/api/users/" + user;
    ServedAnswer shown = site.get(support, path);
    assertThat(shown.data().propertyNames())
        .containsExactly(
            "id",
            "tenant_id",
            "user_id",
            "email",
            "email_verified",
            "language",
            "invite_code",
            "inviter_id",
            "active",
            "monthly_free_tokens",
            "last_login_at",
            "created_at");
    String key =
        site.identity.apiKeys().issue(tenant, user, "k", java.util.OptionalInt.empty()).secret();
    assertThat(site.identity.apiKeys().find(key)).isPresent();
    ServedAnswer off = site.post(support, path + "/toggle-status", "{\"active\":false}");
    assertThat(off.data().required("active").booleanValue()).isFalse();
    ServedAnswer listed = site.get(support, "/api/users?active=false&tenant_id=" + tenant);
    assertThat(listed.json().required("total").intValue()).isEqualTo(1);
    ServedAnswer ended = site.post(support, path + "/end-sessions", "");
    assertThat(ended.data().required("ended").intValue()).isZero();
    assertThat(site.post(support, "/api/users/999999/toggle-status", "").status()).isEqualTo(404);
    assertThat(site.get("", "/api/users").status()).isEqualTo(401);
  }
}
