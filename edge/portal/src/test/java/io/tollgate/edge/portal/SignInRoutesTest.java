package io.tollgate.edge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.site.testing.ServedAnswer;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SignInRoutesTest {
  private static final PortalSite site = new PortalSite();
  private static final String LOGIN = "{\"email\":\"%s\",\"password\":\"%s\"%s}";

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void a_login_gives_tokens_that_are_refreshed_and_ended() throws Exception {
    ServedAnswer login = site.post("/api/v1/auth/login", login(""));
    assertThat(login.status()).isEqualTo(200);
    assertThat(login.data().propertyNames())
        .containsExactly(
            "session_id", "user_id", "token", "expires_at", "refresh_token", "session_expires_at");
    String refresh = login.data().required("refresh_token").asString();
    ServedAnswer next =
        site.post("/api/v1/auth/refresh", "{\"refresh_token\":\"" + refresh + "\"}");
    String token = next.data().required("token").asString();
    assertThat(me(token)).isEqualTo(200);
    assertThat(site.post("/api/v1/auth/logout", "", "Authorization", "Bearer " + token).status())
        .isEqualTo(200);
    assertThat(me(token)).isEqualTo(401);
    ServedAnswer again =
        site.post("/api/v1/auth/refresh", "{\"refresh_token\":\"" + refresh + "\"}");
    assertThat(again.status()).isEqualTo(401);
    assertThat(again.text("code")).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void a_browser_keeps_its_session_in_a_cookie_that_no_script_reads() throws Exception {
    HttpResponse<byte[]> login =
        site.raw(
            "POST",
            "/api/v1/auth/login",
            login(",\"session\":\"cookie\""),
            "X-Tollgate-CSRF",
            "1",
            "Sec-Fetch-Site",
            "same-origin");
    assertThat(ServedAnswer.of(login).data().required("token").isNull()).isTrue();
    String set = login.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(set)
        .startsWith("tg_user=")
        .contains("; Path=/; HttpOnly; SameSite=Strict")
        .doesNotContain("Secure");
    String cookie = set.substring(0, set.indexOf(';'));
    assertThat(site.send("GET", "/api/v1/me", "", "Cookie", cookie).status()).isEqualTo(200);
    // the same token under another name is nobody's
    assertThat(
            site.send("GET", "/api/v1/me", "", "Cookie", cookie.replace("tg_user", "tg_admin"))
                .status())
        .isEqualTo(401);
    assertThat(site.send("GET", "/api/v1/me", "", "Cookie", cookie + "; tg_user=planted").status())
        .isEqualTo(401);
    HttpResponse<byte[]> out =
        site.raw(
            "POST",
            "/api/v1/auth/logout",
            "",
            "Cookie",
            cookie,
            "X-Tollgate-CSRF",
            "1",
            "Origin",
            site.origin());
    assertThat(out.statusCode()).isEqualTo(200);
    assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    assertThat(site.send("GET", "/api/v1/me", "", "Cookie", cookie).status()).isEqualTo(401);
  }

  @Test
  void a_browsers_session_is_renewed_in_its_cookie_and_a_programs_is_not() throws Exception {
    String[] own = {"X-Tollgate-CSRF", "1", "Sec-Fetch-Site", "same-origin"};
    HttpResponse<byte[]> login =
        site.raw("POST", "/api/v1/auth/login", login(",\"session\":\"cookie\""), own);
    String set = login.headers().firstValue("Set-Cookie").orElseThrow();
    String cookie = set.substring(0, set.indexOf(';'));
    HttpResponse<byte[]> renewed =
        site.raw("POST", "/api/v1/auth/refresh", "", with(own, "Cookie", cookie));
    assertThat(renewed.statusCode()).isEqualTo(200);
    assertThat(ServedAnswer.of(renewed).data().required("token").isNull()).isTrue();
    String next = renewed.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(next).startsWith("tg_user=").contains("Max-Age=");
    String kept = next.substring(0, next.indexOf(';'));
    assertThat(site.send("GET", "/api/v1/me", "", "Cookie", kept).status()).isEqualTo(200);
    // another page, and the token of a program, which is short on purpose
    assertThat(site.post("/api/v1/auth/refresh", "", "Cookie", kept).text("code"))
        .isEqualTo("CSRF");
    String program = "tg_user=" + site.login(PortalSite.EMAIL);
    assertThat(site.post("/api/v1/auth/refresh", "", with(own, "Cookie", program)).status())
        .isEqualTo(401);
    assertThat(site.post("/api/v1/auth/refresh", "").status()).isEqualTo(400);
  }

  @Test
  void over_plain_http_from_elsewhere_nobody_signs_in_where_that_is_refused() throws Exception {
    try (PortalSite strict = PortalSite.sheltered()) {
      String[] proxied = {"X-Forwarded-For", "203.0.113.7", "X-Forwarded-Proto", "https"};
      String[] plain = {"X-Forwarded-For", "203.0.113.7", "X-Forwarded-Proto", "https, http"};
      assertThat(strict.post("/api/v1/auth/login", login("")).status()).isEqualTo(200);
      assertThat(strict.post("/api/v1/auth/login", login(""), proxied).status()).isEqualTo(200);
      ServedAnswer refused = strict.post("/api/v1/auth/login", login(""), plain);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.text("details")).contains("sign.in.plain.http");
      assertThat(
              strict.post("/api/v1/auth/login", login(""), "X-Forwarded-For", "8.8.8.8").status())
          .isEqualTo(403);
    }
  }

  private static String[] with(String[] headers, String... more) {
    String[] all = Arrays.copyOf(headers, headers.length + more.length);
    System.arraycopy(more, 0, all, headers.length, more.length);
    return all;
  }

  @Test
  void a_change_by_cookie_from_another_page_is_refused() throws Exception {
    HttpResponse<byte[]> login =
        site.raw(
            "POST",
            "/api/v1/auth/login",
            login(",\"session\":\"cookie\""),
            "X-Tollgate-CSRF",
            "1",
            "Sec-Fetch-Site",
            "same-origin");
    String set = login.headers().firstValue("Set-Cookie").orElseThrow();
    String cookie = set.substring(0, set.indexOf(';'));
    List<String[]> foreign =
        List.of(
            new String[] {},
            new String[] {"Sec-Fetch-Site", "same-origin"},
            new String[] {"X-Tollgate-CSRF", "1"},
            new String[] {"X-Tollgate-CSRF", "1", "Sec-Fetch-Site", "same-site"},
            new String[] {"X-Tollgate-CSRF", "1", "Sec-Fetch-Site", "cross-site"},
            new String[] {"X-Tollgate-CSRF", "1", "Sec-Fetch-Site", "none"},
            new String[] {"X-Tollgate-CSRF", "1", "Origin", "http://127.0.0.1:1"},
            new String[] {"X-Tollgate-CSRF", "1", "Origin", "null"},
            new String[] {"X-Tollgate-CSRF", "0", "Origin", site.origin()},
            new String[] {
              "X-Tollgate-CSRF", "1", "Origin", site.origin(), "Sec-Fetch-Site", "same-site"
            });
    for (String[] headers : foreign) {
      String[] all = new String[headers.length + 2];
      System.arraycopy(headers, 0, all, 2, headers.length);
      all[0] = "Cookie";
      all[1] = cookie;
      ServedAnswer refused = site.post("/api/v1/me/sessions/end-others", "", all);
      assertThat(refused.status()).as(String.join(" ", headers)).isEqualTo(403);
      assertThat(refused.text("code")).isEqualTo("CSRF");
    }
    ServedAnswer planted = site.post("/api/v1/auth/login", login(",\"session\":\"cookie\""));
    assertThat(planted.status()).isEqualTo(403);
    assertThat(site.send("GET", "/api/v1/me", "", "Cookie", cookie).status()).isEqualTo(200);
  }

  @Test
  void behind_tls_the_cookie_is_for_tls_only() throws Exception {
    try (PortalSite secure = new PortalSite("https://ai.example.com")) {
      HttpResponse<byte[]> login =
          secure.raw(
              "POST",
              "/api/v1/auth/login",
              login(",\"session\":\"cookie\""),
              "X-Tollgate-CSRF",
              "1",
              "Sec-Fetch-Site",
              "same-origin");
      String set = login.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(set).startsWith("__Host-tg_user=").endsWith("; Secure");
      String cookie = set.substring(0, set.indexOf(';'));
      assertThat(secure.send("GET", "/api/v1/me", "", "Cookie", cookie).status()).isEqualTo(200);
      assertThat(
              secure
                  .send("GET", "/api/v1/me", "", "Cookie", cookie.replace("__Host-", ""))
                  .status())
          .isEqualTo(401);
    }
  }

  @Test
  void a_registration_is_answered_alike_whoever_has_the_address() throws Exception {
    String body = "{\"email\":\"%s\",\"password\":\"quite another password\"}";
    ServedAnswer taken =
        site.post(
            "/api/v1/auth/register",
            body.formatted(PortalSite.EMAIL.toUpperCase(java.util.Locale.ROOT)));
    ServedAnswer free = site.post("/api/v1/auth/register", body.formatted("new@a.example"));
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.json()).isEqualTo(free.json());
    assertThat(taken.data().required("verification").asString()).isEqualTo("none");
    assertThat(site.post("/api/v1/auth/login", login("")).status()).isEqualTo(200);
  }

  @Test
  void bad_input_is_refused_by_its_field_and_no_password_is_repeated() throws Exception {
    for (String[] wrong :
        List.of(
            new String[] {"register", "{}", "email"},
            new String[] {"register", "{\"email\":\"a@b.example\"}", "password"},
            new String[] {"register", "{\"email\":1,\"password\":\"secret-secret\"}", "email"},
            new String[] {
              "register", "{\"email\":\"a@b.example\",\"password\":\"short\"}", "password"
            },
            new String[] {"login", "{\"email\":\"a@b.example\",\"password\":7}", "password"},
            new String[] {"login", login(",\"session\":\"both\""), "session"},
            new String[] {"login", login(",\"totp\":123456"), "totp"},
            new String[] {"login", login(",\"tenant_id\":0"), "tenant_id"},
            new String[] {"forgot", "{\"email\":\"a@b\"}", "email"},
            new String[] {"reset", "{\"token\":\"x\"}", "password"},
            new String[] {"refresh", "{}", "refresh_token"},
            new String[] {"verify", "[]", "the body"})) {
      ServedAnswer answer = site.post("/api/v1/auth/" + wrong[0], wrong[1]);
      assertThat(answer.status()).as(wrong[1]).isEqualTo(400);
      assertThat(answer.text("error")).contains(wrong[2]).doesNotContain("secret-secret");
    }
    assertThat(site.post("/api/v1/auth/login", "{").status()).isEqualTo(400);
    assertThat(site.post("/api/v1/auth/login", "x".repeat(70_000)).status()).isEqualTo(413);
    assertThat(site.send("GET", "/api/v1/auth/login", "").status()).isEqualTo(405);
    assertThat(site.post("/api/v1/auth/nothing", "{}").status()).isEqualTo(404);
  }

  private static int me(String token) throws Exception {
    return site.send("GET", "/api/v1/me", "", "Authorization", "Bearer " + token).status();
  }

  private static String login(String more) {
    return LOGIN.formatted(PortalSite.EMAIL, PortalSite.PASSWORD, more);
  }
}
