package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.TenantId;
import io.tollgate.site.testing.ServedAnswer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists as files and in other orders than their own. */
@Tag("slow")
class ListFormsTest {
  private static final AdminSite site = new AdminSite();
  private static final String token = site.login();
  private static final TenantId tenant = site.tenant("forms");

  @BeforeAll
  static void fill() {
    for (String name :
        List.of("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "plain", "quo\"te", "Zoë 佐伊")) {
      var _ = site.tenant(name);
    }
    // and the tenant's root user
    for (int i = 0; i < 599; i++) {
      var _ = site.user(tenant, "many-" + i);
    }
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void a_file_has_every_row_a_mark_for_spreadsheets_and_nothing_that_they_compute()
      throws Exception {
    String users = site.textOf(token, "/api/users?format=csv&tenant_id=" + tenant);
    assertThat(users.lines()).hasSize(601);
    String file = site.textOf(token, "/api/tenants?format=csv");
    assertThat(file).startsWith("\uFEFFid,");
    assertThat(file.lines()).hasSize(9);
    assertThat(file)
        .contains(
            "\"'=cmd|' /C calc'!A0\"",
            "\"'+1+1\"",
            "\"'-2+3\"",
            "\"'@SUM(A1)\"",
            "\"plain\"",
            "\"quo\"\"te\"",
            "\"Zoë 佐伊\"");
    assertThat(file).doesNotContainPattern("(^|,|\n)\"?[=+@]");
  }

  @Test
  void a_counted_list_stands_in_the_order_asked_for_over_all_its_pages() throws Exception {
    List<String> seen = new ArrayList<>();
    for (int page = 1; page <= 6; page++) {
      ServedAnswer answer =
          site.get(
              token,
              "/api/users?sort=-user_id&page_size=100&page=" + page + "&tenant_id=" + tenant);
      assertThat(answer.json().path("total").longValue()).isEqualTo(600);
      assertThat(answer.json().path("next_cursor").isNull()).isTrue();
      answer.data().forEach(row -> seen.add(row.path("user_id").asString()));
    }
    assertThat(seen).hasSize(600).doesNotHaveDuplicates();
    assertThat(seen).isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER.reversed());
    String file = site.textOf(token, "/api/users?format=csv&sort=user_id&tenant_id=" + tenant);
    assertThat(file.lines().filter(line -> line.contains("many-")).findFirst().orElseThrow())
        .contains("\"many-0\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/users?sort=password",
        "/api/users?sort=-",
        "/api/users?sort=id&cursor=abc",
        "/api/users?format=xml",
        "/api/ledger/entries?sort=amount",
        "/api/in-doubt?sort=created_at",
        "/api/request-logs?sort=cost",
        "/api/models?sort=price"
      })
  void what_cannot_be_is_refused_by_name(String path) throws Exception {
    ServedAnswer answer = site.get(token, path);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("code")).isEqualTo("INVALID_REQUEST");
    assertThat(answer.json().path("fields").size()).isOne();
    String field = answer.json().path("fields").propertyNames().iterator().next();
    assertThat(path).contains(field);
    assertThat(answer.json().path("fields").path(field).asString()).isEqualTo(answer.text("error"));
  }

  @Test
  void a_list_that_is_answered_whole_is_a_file_too() throws Exception {
    String file = site.textOf(token, "/api/models?format=csv&sort=-context_tokens");
    assertThat(file).startsWith("\uFEFFid,");
    assertThat(file.lines().count()).isEqualTo(site.get(token, "/api/models").data().size() + 1);
    assertThat(site.textOf(token, "/api/request-logs?format=csv")).startsWith("\uFEFFrequest_id,");
    assertThat(site.textOf(token, "/api/ledger/entries?format=csv"))
        .startsWith("\uFEFFtransfer_id");
  }
}
