package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.site.testing.ServedAnswer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Tag("slow")
class LedgerRoutesTest {
  private static final AdminSite site = new AdminSite();
  private static final String token = site.login();
  private static final TenantId tenant = site.tenant("one");
  private static final UserId user = site.user(tenant, "u1");

  static {
    for (String key : List.of("k1", "k2", "k3")) {
      site.give(tenant, "u1", Amount.parse(Asset.money("USD"), "0.1"), key);
    }
    site.give(tenant, "u1", new Amount(Asset.TOKEN, 500), "k4");
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void an_account_shows_what_is_on_it() throws Exception {
    ServedAnswer answer =
        site.get(token, "/api/ledger/accounts?owner=user:" + user + "&asset=USD&kind=gift");
    assertThat(answer.json().path("total").longValue()).isOne();
    assertThat(answer.json().path("page").intValue()).isOne();
    assertThat(answer.json().path("page_size").intValue()).isEqualTo(20);
    JsonNode row = answer.data().path(0);
    assertThat(row.propertyNames())
        .contains(
            "id",
            "tenant_id",
            "owner",
            "kind",
            "asset",
            "scale",
            "balance",
            "held",
            "available",
            "floor",
            "version");
    assertThat(row.path("tenant_id").longValue()).isEqualTo(tenant.value());
    assertThat(row.path("owner").asString()).isEqualTo("user:" + user);
    assertThat(row.path("kind").asString()).isEqualTo("gift");
    assertThat(row.path("scale").intValue()).isEqualTo(9);
    assertThat(row.path("balance").toString()).isEqualTo("0.3");
    assertThat(row.path("held").toString()).isEqualTo("0");
    assertThat(row.path("available").toString()).isEqualTo("0.3");
    assertThat(row.path("floor").toString()).isEqualTo("0");
    String one = "/api/ledger/accounts/" + row.path("id").longValue();
    assertThat(site.get(token, one).data()).isEqualTo(row);
    for (String none : List.of("0", "-1", "999999", "x", "9223372036854775808")) {
      ServedAnswer refused = site.get(token, "/api/ledger/accounts/" + none);
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.text("detail")).startsWith("there is no account ");
    }
  }

  @Test
  void the_world_has_no_floor_and_all_balances_cancel_out() throws Exception {
    ServedAnswer world =
        site.get(token, "/api/ledger/accounts?owner=world&asset=TOKEN&tenant_id=" + tenant);
    assertThat(world.data().path(0).path("balance").toString()).isEqualTo("-500");
    assertThat(world.data().path(0).path("floor").isNull()).isTrue();
  }

  @Test
  void entries_of_an_account_are_listed_newest_first_by_cursor() throws Exception {
    long account =
        site.get(token, "/api/ledger/accounts?owner=user:" + user + "&kind=gift")
            .data()
            .path(0)
            .path("id")
            .longValue();
    List<String> balances = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    do {
      ServedAnswer page =
          site.get(
              token, "/api/ledger/entries?page_size=1&account_id=" + account + "&cursor=" + cursor);
      assertThat(page.json().has("total")).isFalse();
      page.data().forEach(row -> balances.add(row.path("balance_after").toString()));
      cursor = page.json().path("next_cursor").asString("");
      pages++;
    } while (!cursor.isEmpty() && pages < 10);
    assertThat(balances).containsExactly("0.3", "0.2", "0.1");
  }

  @Test
  void entries_of_a_transfer_sum_to_zero() throws Exception {
    ServedAnswer all = site.get(token, "/api/ledger/entries?count=true&tenant_id=" + tenant);
    assertThat(all.json().path("total").longValue()).isEqualTo(8);
    JsonNode row = all.data().path(0);
    assertThat(row.propertyNames())
        .contains(
            "transfer_id",
            "seq",
            "kind",
            "reference",
            "account_id",
            "asset",
            "amount",
            "balance_after",
            "effective_at",
            "posted_at");
    ServedAnswer transfer =
        site.get(token, "/api/ledger/entries?transfer_id=" + row.path("transfer_id").asString());
    assertThat(transfer.data().size()).isEqualTo(2);
    long sum = 0;
    for (JsonNode entry : transfer.data()) {
      assertThat(entry.path("kind").asString()).isEqualTo("grant");
      sum += entry.path("amount").longValue();
    }
    assertThat(sum).isZero();
  }

  @Test
  void an_audit_of_good_books_is_clean() throws Exception {
    ServedAnswer audit = site.post(token, "/api/ledger/audit", "");
    assertThat(audit.status()).isEqualTo(200);
    assertThat(audit.data().path("clean").booleanValue()).isTrue();
    assertThat(audit.data().path("findings").size()).isZero();
    assertThat(audit.data().path("entries").longValue()).isEqualTo(8);
    assertThat(audit.data().path("checks").size()).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          accounts?kind=gold       | kind: gold (expected: one of balance, grant, gift
          accounts?tenant_id=one   | tenant_id: one (expected: a whole number from 1)
          accounts?page_size=501   | page_size: 501 (expected: 1 to 500)
          entries?transfer_id=7    | transfer_id: 7 (expected: a UUID)
          entries?account_id=-1    | account_id: -1 (expected: a whole number from 1)
          entries?start=soon       | start: soon (expected: a time, RFC 3339 or seconds since 1970)
          entries?cursor=abc       | cursor
          """)
  void a_bad_filter_is_named_with_what_was_expected(String query, String message) throws Exception {
    ServedAnswer answer = site.get(token, "/api/ledger/" + query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("detail")).contains(message);
  }
}
