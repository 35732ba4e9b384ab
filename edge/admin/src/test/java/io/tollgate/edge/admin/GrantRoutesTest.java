package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.identity.AdminRole;
import io.tollgate.site.testing.ServedAnswer;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class GrantRoutesTest {
  private static final String REASON = "{\"reason\":\"to the wrong user\"}";

  private static AdminSite site;
  private static String token;

  @BeforeAll
  static void open() {
    site = new AdminSite();
    token = site.login();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void a_grant_is_taken_back_once_and_the_books_are_clean() throws Exception {
    UUID grant = grant("one");
    ServedAnswer first = site.post(token, path(grant), REASON);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.data().path("asset").asString()).isEqualTo("TOKEN");
    assertThat(first.data().path("given").longValue()).isEqualTo(500);
    assertThat(first.data().path("taken_now").longValue()).isEqualTo(500);
    ServedAnswer again = site.post(token, path(grant), REASON);
    assertThat(again.data().path("taken").longValue()).isEqualTo(500);
    assertThat(again.data().path("taken_now").longValue()).isZero();
    assertThat(again.data().path("in_flight").longValue()).isZero();

    ServedAnswer entries = site.get(token, "/api/ledger/entries?reference=" + grant);
    assertThat(entries.data().valueStream().map(row -> row.path("kind").asString()))
        .isNotEmpty()
        .containsOnly("grant_revoked");
    assertThat(site.post(token, "/api/ledger/audit", "").data().path("clean").booleanValue())
        .isTrue();
  }

  @Test
  void only_who_may_move_money_takes_it_back() throws Exception {
    UUID grant = grant("two");
    var unused =
        site.write(
            tx ->
                site.identity
                    .admins()
                    .create(tx, "helper", "Helper", AdminSite.PASSWORD, AdminRole.SUPPORT));
    String helper = site.identity.admins().login("helper", AdminSite.PASSWORD, "127.0.0.1").token();
    assertThat(site.post(helper, path(grant), REASON).status()).isEqualTo(403);
    assertThat(site.post("", path(grant), REASON).status()).isEqualTo(401);
  }

  @Test
  void what_is_no_grant_is_not_there_and_a_reason_is_needed() throws Exception {
    UUID grant = grant("three");
    assertThat(site.post(token, path(UUID.randomUUID()), REASON).status()).isEqualTo(404);
    assertThat(site.post(token, "/api/grants/7/revoke", REASON).status()).isEqualTo(404);
    for (String body :
        new String[] {
          "{}", "{\"reason\":\"\"}", "{\"reason\":1}", "[]", "{\"reason\":\"a\",\"reason\":\"b\"}"
        }) {
      assertThat(site.post(token, path(grant), body).status()).as(body).isEqualTo(400);
    }
  }

  private static UUID grant(String name) {
    return site.given(site.tenant(name), "u1", new Amount(Asset.TOKEN, 500), "k1");
  }

  private static String path(UUID grant) {
    return "/api/grants/" + grant + "/revoke";
  }
}
