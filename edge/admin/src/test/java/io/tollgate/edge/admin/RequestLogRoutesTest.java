package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
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
class RequestLogRoutesTest {
  private static final AdminSite site = new AdminSite();
  private static final String token = site.login();
  private static final TenantId tenant = site.tenant("one");
  private static final UserId user = rich("u1");
  private static final List<ChargeId> charges = served(user, 5);

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void a_request_is_found_by_its_id_with_what_it_used_and_cost() throws Exception {
    ChargeId charge = charges.getFirst();
    ServedAnswer answer = site.get(token, "/api/request-logs?request_id=" + charge);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().has("total")).isFalse();
    assertThat(answer.json().path("next_cursor").isNull()).isTrue();
    assertThat(answer.data().size()).isOne();
    JsonNode row = answer.data().path(0);
    assertThat(row.propertyNames())
        .contains(
            "request_id",
            "created_at",
            "tenant_id",
            "user_id",
            "api_key_id",
            "account_id",
            "platform",
            "model",
            "upstream_model",
            "stream",
            "status",
            "error_code",
            "attempts",
            "input_tokens",
            "output_tokens",
            "cached_tokens",
            "cache_write_tokens",
            "reasoning_tokens",
            "cost",
            "upstream_cost",
            "latency_ms",
            "first_token_ms",
            "settled");
    assertThat(row.path("request_id").asString()).isEqualTo(charge.toString());
    assertThat(row.path("user_id").longValue()).isEqualTo(user.value());
    assertThat(row.path("status").intValue()).isEqualTo(200);
    assertThat(row.path("input_tokens").longValue()).isEqualTo(1000);
    assertThat(row.path("cost").toString()).isEqualTo("0.00021");
    assertThat(row.path("settled").asString()).isEqualTo("settled");
  }

  @Test
  void cursors_lead_through_the_whole_list_newest_first() throws Exception {
    List<String> seen = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    do {
      ServedAnswer page =
          site.get(
              token,
              "/api/request-logs?page_size=2&count=true&user_id=" + user + "&cursor=" + cursor);
      assertThat(page.json().path("total").longValue()).isEqualTo(charges.size());
      page.data().forEach(row -> seen.add(row.path("request_id").asString()));
      cursor = page.json().path("next_cursor").asString("");
      pages++;
    } while (!cursor.isEmpty() && pages < 10);
    assertThat(pages).isEqualTo(3);
    assertThat(seen)
        .containsExactlyElementsOf(charges.reversed().stream().map(ChargeId::toString).toList());
  }

  @Test
  void pages_by_number_show_the_same() throws Exception {
    ServedAnswer second = site.get(token, "/api/request-logs?page=2&page_size=2&user_id=" + user);
    assertThat(second.data().size()).isEqualTo(2);
    assertThat(second.data().path(0).path("request_id").asString())
        .isEqualTo(charges.get(2).toString());
    assertThat(site.get(token, "/api/request-logs?page=9&user_id=" + user).data().size()).isZero();
  }

  @Test
  void the_last_page_within_reach_is_answered() throws Exception {
    assertThat(site.get(token, "/api/request-logs?page=20&page_size=500").status()).isEqualTo(200);
    assertThat(site.get(token, "/api/request-logs?page=10000&page_size=1").status()).isEqualTo(200);
  }

  @Test
  void filters_narrow_by_tenant_time_model_key_account_and_status() throws Exception {
    assertThat(count("tenant_id=" + tenant)).isEqualTo(charges.size());
    assertThat(count("tenant_id=999")).isZero();
    assertThat(count("start=2999-01-01T00:00:00Z")).isZero();
    assertThat(count("user_id=" + user + "&start=2020-01-01T00:00:00Z&end=32503680000"))
        .isEqualTo(charges.size());
    assertThat(count("user_id=" + user + "&model=gpt-4o-mini&status=200&key=3&account=1"))
        .isEqualTo(charges.size());
    assertThat(count("user_id=" + user + "&model=other")).isZero();
    assertThat(count("user_id=" + user + "&status=500")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          request_id=abc                 | request id: abc (expected: a UUID)
          user_id=abc                    | user_id: abc (expected: a whole number from 1)
          tenant_id=0                    | tenant_id: 0 (expected: a whole number from 1)
          status=600                     | status: 600 (expected: a whole number from 1 to 599)
          start=yesterday                | start: yesterday (expected: a time, RFC 3339 or seconds since 1970)
          end=99999999999999             | end: 99999999999999 (expected: a time
          count=maybe                    | count: maybe (expected: true or false)
          cursor=abc                     | cursor: abc (expected: next_cursor of the page before)
          page=0                         | page: 0 (expected: >= 1)
          page_size=501                  | page_size: 501 (expected: 1 to 500)
          page=21&page_size=500          | page: 21 (expected: within the first 10000 rows; go on by cursor)
          """)
  void a_bad_filter_is_named_with_what_was_expected(String query, String message) throws Exception {
    ServedAnswer answer = site.get(token, "/api/request-logs?" + query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("code")).isEqualTo("INVALID_REQUEST");
    assertThat(answer.text("detail")).contains(message);
  }

  private static long count(String query) throws Exception {
    return site.get(token, "/api/request-logs?count=true&" + query)
        .json()
        .path("total")
        .longValue();
  }

  private static UserId rich(String externalId) {
    site.give(tenant, externalId, Amount.parse(Asset.money("USD"), "10"), "k-" + externalId);
    return site.user(tenant, externalId);
  }

  private static List<ChargeId> served(UserId user, int count) {
    List<ChargeId> served = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      served.add(site.serve(tenant, user, TokenUsage.of(1000, 100)));
    }
    return served;
  }
}
