package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.AdminRole;
import io.tollgate.site.testing.ServedAnswer;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Tag("slow")
class InDoubtRoutesTest {
  private static final AdminSite site = new AdminSite();
  private static final String token = site.login();
  private static final TenantId tenant = site.tenant("one");
  private static final UserId user = rich("u1");

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void one_that_waits_is_listed_and_charged_once() throws Exception {
    ChargeId charge = site.leaveInDoubt(tenant, user, TokenUsage.of(1000, 100));

    ServedAnswer list = site.get(token, "/api/in-doubt?count=true&tenant_id=" + tenant);
    assertThat(list.json().path("total").longValue()).isOne();
    assertThat(list.data().path(0).path("request_id").asString()).isEqualTo(charge.toString());
    assertThat(list.data().path(0).path("estimated_input_tokens").longValue()).isEqualTo(1000);

    ServedAnswer first = resolve(token, charge, "{\"charge\":{\"input_tokens\":1000}}");
    ServedAnswer second = resolve(token, charge, "{\"charge\":\"free\"}");

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.data().path("settled").asString()).isEqualTo("in_doubt");
    assertThat(first.data().path("cost").toString()).isEqualTo("0.00015");
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(site.get(token, "/api/in-doubt?count=true").json().path("total").longValue())
        .isZero();
  }

  @Test
  void one_whose_result_was_found_after_the_decision_is_listed_with_both() throws Exception {
    ChargeId charge = site.leaveInDoubt(tenant, user, TokenUsage.of(1000, 100));
    var _ = resolve(token, charge, "{\"charge\":{\"input_tokens\":1000}}");
    try (Connection connection = site.database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      boolean _ =
          statement.execute(
              "SELECT metering.supersede_usage(ARRAY['%s'::uuid], '-infinity', 'infinity', now())"
                  .formatted(charge.value()));
      boolean _ =
          statement.execute(
              "INSERT INTO metering.usage_record SELECT (jsonb_populate_record("
                  + "NULL::metering.usage_record, to_jsonb(s) || '{\"outcome\": \"settled\","
                  + " \"input_tokens\": 1200}')).* FROM metering.superseded_usage s");
    }

    ServedAnswer list = site.get(token, "/api/in-doubt/corrected?count=true&tenant_id=" + tenant);

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.json().path("total").longValue()).isOne();
    assertThat(list.data().path(0).path("request_id").asString()).isEqualTo(charge.toString());
    assertThat(list.data().path(0).path("decided").path("input_tokens").longValue())
        .isEqualTo(1000);
    assertThat(list.data().path(0).path("decided").path("settled").asString())
        .isEqualTo("in_doubt");
    assertThat(list.data().path(0).path("result").path("input_tokens").longValue()).isEqualTo(1200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"charge":"all"}                         | charge: "all" (expected: "input", "free", or an object
          {}                                       | charge is missing (expected: "input"
          {"charge":{"usage":{"smell":1}}}         | usage: smell (expected: one of input, output, cache_read,
          {"charge":{"usage":{"seconds":-1}}}      | seconds: -1 (expected: a whole number from 0
          {"charge":{"usage":{"images":200000000}}} | images: 200000000 (expected: 0 to 100000000)
          {"charge":{"usage":[]}}                  | usage: [] (expected: an object of counts by kind)
          {"charge":{"usage":{},"input_tokens":1}} | usage by kind, or totals of tokens, not both
          {"charge":{"input_tokens":-1}}           | input_tokens: -1 (expected: a whole number from 0)
          {"charge":{"output_tokens":1.5}}         | output_tokens: 1.5 (expected: a whole number from 0)
          """)
  void a_bad_decision_is_named_with_what_was_expected(String body, String message)
      throws Exception {
    ServedAnswer answer = resolve(token, ChargeId.create(1, site.random), body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("detail")).contains(message);
  }

  @Test
  void usage_is_shown_and_decided_by_kind() throws Exception {
    TokenUsage estimate = TokenUsage.of(1000, 100);
    ChargeId charge = site.leaveInDoubt(tenant, user, estimate);
    JsonNode waiting = site.get(token, "/api/in-doubt?tenant_id=" + tenant).data().path(0);
    assertThat(waiting.path("estimated_usage").toString())
        .isEqualTo("{\"input\":1000,\"output\":100}");
    assertThat(waiting.path("usage").toString()).isEqualTo("{}");

    ServedAnswer answer =
        resolve(
            token,
            charge,
            "{\"charge\":{\"usage\":{\"cache_read\":1000,\"audio_output\":10,\"reasoning\":null}}}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.data().path("usage").toString())
        .isEqualTo("{\"cache_read\":1000,\"audio_output\":10}");
    assertThat(answer.data().path("input_tokens").longValue()).isEqualTo(1000);
    assertThat(answer.data().path("cached_tokens").longValue()).isEqualTo(1000);
    assertThat(answer.data().path("output_tokens").longValue()).isEqualTo(10);
    assertThat(answer.data().path("cost").toString()).isEqualTo("0.000081");
  }

  @Test
  void usage_without_a_price_is_no_decision() throws Exception {
    ChargeId charge = site.leaveInDoubt(tenant, user, TokenUsage.of(1000, 100));

    ServedAnswer refused =
        resolve(token, charge, "{\"charge\":{\"usage\":{\"input\":10,\"images\":3}}}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("detail"))
        .contains("usage: images (expected: what the request's price version has a price for)");
    ServedAnswer decided = resolve(token, charge, "{\"charge\":\"free\"}");
    assertThat(decided.data().path("usage").toString()).isEqualTo("{}");
  }

  @Test
  void one_that_is_unknown_is_not_found() throws Exception {
    ServedAnswer answer = resolve(token, ChargeId.create(1, site.random), "{\"charge\":\"free\"}");

    assertThat(answer.status()).isEqualTo(404);
  }

  @Test
  void those_who_only_read_or_support_do_not_decide() throws Exception {
    var unused =
        site.write(
            tx ->
                site.identity
                    .admins()
                    .create(tx, "reader", "Reader", AdminSite.PASSWORD, AdminRole.READ_ONLY));
    String reader = site.identity.admins().login("reader", AdminSite.PASSWORD, "127.0.0.1").token();

    ServedAnswer answer = resolve(reader, ChargeId.create(1, site.random), "{\"charge\":\"free\"}");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text("detail")).contains("role: read-only (expected: owner or finance)");
    assertThat(site.get(reader, "/api/in-doubt").status()).isEqualTo(200);
  }

  private static ServedAnswer resolve(String token, ChargeId charge, String body) throws Exception {
    return site.post(token, "/api/in-doubt/" + charge + "/resolve", body);
  }

  private static UserId rich(String externalId) {
    site.give(tenant, externalId, Amount.parse(Asset.money("USD"), "10"), "k-" + externalId);
    return site.user(tenant, externalId);
  }
}
