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
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Tag("slow")
class PriceRoutesTest {
  private static final AdminSite site = new AdminSite();
  private static final String token = site.login();
  private static final Asset USD = Asset.money("USD");

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void the_models_that_are_sold_are_shown_with_price_and_cost_apart() throws Exception {
    ServedAnswer all = site.get(token, "/api/models");
    assertThat(all.data().size()).isGreaterThan(40);
    JsonNode model = site.get(token, "/api/models?model=gpt-5-2025-08-07").data().path(0);
    assertThat(model.path("id").asString()).isEqualTo("gpt-5");
    assertThat(model.path("price").path("usd_per_million").path("cache_read").toString())
        .isEqualTo("0.125");
    assertThat(model.path("price").path("tiers").path("flex").path("usd_per_million").toString())
        .isEqualTo("{\"input\":0.625,\"output\":5,\"cache_read\":0.0625}");
    assertThat(model.path("upstream_cost")).isEqualTo(model.path("price"));
    assertThat(model.path("effective_from").isNull()).isTrue();
    assertThat(site.get("", "/api/models").status()).isEqualTo(401);
  }

  @Test
  void a_price_is_set_for_later_shown_changed_and_taken_back() throws Exception {
    Instant later = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MICROS);
    ServedAnswer made = site.post(token, "/api/prices", row("later-model", "1.5", later));
    assertThat(made.status()).as(made.json().toString()).isEqualTo(200);
    long id = made.data().path("id").longValue();
    assertThat(made.data().path("price").path("usd_per_million").path("input").toString())
        .isEqualTo("1.5");
    assertThat(made.data().path("upstream_cost").isNull()).isTrue();
    assertThat(made.data().path("effective_from").asString()).isEqualTo(later.toString());

    assertThat(site.post(token, "/api/prices", row("later-model", "2", later)).status())
        .isEqualTo(409);
    ServedAnswer changed = site.put(token, "/api/prices/" + id, row("later-model", "2", later));
    assertThat(changed.data().path("price").path("usd_per_million").path("input").toString())
        .isEqualTo("2");
    ServedAnswer list = site.get(token, "/api/prices?model=later-model");
    assertThat(list.json().path("total").longValue()).isOne();
    assertThat(list.data().path(0)).isEqualTo(changed.data());
    assertThat(site.get(token, "/api/models?model=later-model").data().size()).isZero();
    assertThat(site.get(token, "/api/models?model=later-model&at=" + later).data().size()).isOne();

    assertThat(site.delete(token, "/api/prices/" + id).status()).isEqualTo(200);
    assertThat(site.delete(token, "/api/prices/" + id).status()).isEqualTo(404);
  }

  @Test
  void a_price_is_tried_and_says_what_it_earns_and_whom_it_concerns() throws Exception {
    TenantId tenant = site.tenant("previewed");
    UserId user = site.user(tenant, "u1");
    site.give(tenant, "u1", Amount.of(USD, new BigDecimal("10")), "k1");
    ChargeId _ = site.serve(tenant, user, TokenUsage.of(1_000, 1_000));
    String body =
        """
        {"id":"gpt-4o-mini","platform":"openai","owned_by":"openai","context_tokens":128000,
         "max_output_tokens":16384,"usd_per_million":{"input":"0.1","output":1.2},
         "effective_from":"%s"}
        """
            .formatted(Instant.now().plus(1, ChronoUnit.DAYS));

    ServedAnswer preview = site.post(token, "/api/prices/preview", body);

    assertThat(preview.status()).as(preview.json().toString()).isEqualTo(200);
    JsonNode input = preview.data().path("prices").path(0);
    assertThat(input.path("kind").asString()).isEqualTo("input");
    assertThat(input.path("unit").asString()).isEqualTo("million");
    assertThat(input.path("before").toString()).isEqualTo("0.15");
    assertThat(input.path("price").toString()).isEqualTo("0.1");
    assertThat(input.path("cost").toString()).isEqualTo("0.15");
    assertThat(input.path("margin").toString()).isEqualTo("-0.05");
    assertThat(input.path("margin_share").toString()).isEqualTo("-0.5");
    assertThat(preview.data().path("below_cost").booleanValue()).isTrue();
    assertThat(preview.data().path("is_new").booleanValue()).isFalse();
    assertThat(preview.data().path("users").longValue()).isPositive();
    assertThat(preview.data().path("tenants").longValue())
        .isLessThanOrEqualTo(preview.data().path("users").longValue());
    assertThat(site.get(token, "/api/prices?model=gpt-4o-mini").json().path("total").longValue())
        .isZero();
    assertThat(site.post(token, "/api/prices/preview", "{}").status()).isEqualTo(400);
    assertThat(site.get(token, "/api/audit-logs?page_size=500").json().toString())
        .doesNotContain("/api/prices/preview");
  }

  @Test
  void a_request_costs_what_was_set_times_the_multipliers_and_shows_what_it_cost_us()
      throws Exception {
    TenantId tenant = site.tenant("priced");
    UserId user = site.user(tenant, "u1");
    site.give(tenant, "u1", Amount.of(USD, new BigDecimal("10")), "k1");
    assertThat(multiply(tenant, null, "1.5").status()).isEqualTo(200);
    ServedAnswer set = multiply(tenant, user, "\"0.5\"");
    assertThat(set.data().path("multiplier").toString()).isEqualTo("0.5");

    ChargeId charge = site.serve(tenant, user, TokenUsage.of(1_000, 1_000));

    JsonNode record = site.get(token, "/api/request-logs?request_id=" + charge).data().path(0);
    assertThat(record.path("cost").toString()).isEqualTo("0.0005625");
    assertThat(record.path("upstream_cost").toString()).isEqualTo("0.00075");
    assertThat(record.path("price_version").asString()).startsWith("v3:USD:1.5*0.5:standard:");
    JsonNode month = site.get(token, "/api/tenants/" + tenant).data();
    assertThat(month.path("revenue").toString()).isEqualTo("0.0005625");
    assertThat(month.path("upstream_cost").toString()).isEqualTo("0.00075");
    assertThat(month.path("margin").toString()).isEqualTo("-0.0001875");
    JsonNode sorted = site.get(token, "/api/tenants?sort=margin&page_size=1").data().path(0);
    assertThat(sorted).isEqualTo(month);
    ServedAnswer audit = site.post(token, "/api/ledger/audit", "{}");
    assertThat(audit.data().path("findings").size()).as(audit.json().toString()).isZero();

    ServedAnswer list = site.get(token, "/api/price-multipliers?tenant_id=" + tenant);
    assertThat(list.json().path("total").longValue()).isEqualTo(2);
    for (JsonNode each : list.data()) {
      String path = "/api/price-multipliers/" + each.path("id").longValue();
      assertThat(site.delete(token, path).status()).isEqualTo(200);
      assertThat(site.delete(token, path).status()).isEqualTo(404);
    }
  }

  @Test
  void what_an_account_has_cost_is_shown_by_day() throws Exception {
    TenantId tenant = site.tenant("costing");
    UserId user = site.user(tenant, "u1");
    site.give(tenant, "u1", Amount.of(USD, new BigDecimal("10")), "k1");
    JsonNode before = site.get(token, "/api/account-costs/1/daily?days=1").data();
    ChargeId unused = site.serve(tenant, user, TokenUsage.of(1_000, 1_000));

    ServedAnswer daily = site.get(token, "/api/account-costs/1/daily");
    assertThat(daily.data().path("days").size()).isEqualTo(90);
    JsonNode today = daily.data().path("days").path(0);
    assertThat(
            today
                .path("total_cost")
                .decimalValue()
                .subtract(before.path("days").path(0).path("total_cost").decimalValue()))
        .isEqualByComparingTo("0.00075");
    assertThat(daily.data().path("total_cost").decimalValue())
        .isEqualByComparingTo(today.path("total_cost").decimalValue());
    assertThat(daily.data().path("requests").longValue()).isPositive();
    assertThat(site.get(token, "/api/account-costs/1/daily?days=91").status()).isEqualTo(400);
    assertThat(site.get(token, "/api/account-costs/none/daily").status()).isEqualTo(404);
    assertThat(site.get("", "/api/account-costs/1/daily").status()).isEqualTo(401);
  }

  @Test
  void an_import_is_tried_dry_and_then_made() throws Exception {
    String file =
        """
        as_of: 2026-12-01
        currency: USD
        models:
          - {id: imported, platform: openai, owned_by: me, context_tokens: 10,
             max_output_tokens: 10, usd_per_million: {input: 1, output: 2},
             usd_each: {images: 0.04}}
        """;
    ServedAnswer dry = site.post(token, "/api/prices/import?dry_run=true", file);
    assertThat(dry.status()).as(dry.json().toString()).isEqualTo(200);
    assertThat(dry.data().path("models").path(0).path("change").asString()).isEqualTo("new");
    assertThat(dry.data().path("models").path(0).path("prices").toString())
        .contains(
            "{\"what\":\"price\",\"tier\":\"standard\",\"long_context\":false,\"kind\":\"images\",\"before\":null,\"after\":0.04}");
    assertThat(site.get(token, "/api/models?model=imported").data().size()).isZero();
    ServedAnswer made = site.post(token, "/api/prices/import", file);
    assertThat(made.data().path("models").path(0).path("price_sheet_id").longValue()).isPositive();
    assertThat(site.get(token, "/api/models?model=imported").data().size()).isOne();
    assertThat(site.post(token, "/api/prices/import", "models: {").status()).isEqualTo(400);
    assertThat(site.post(token, "/api/prices/import?dry_run=maybe", file).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|an object",
        "{}|id is missing (expected: a text)",
        "{\"id\":\"m\",\"effective_from\":\"soon\"}|effective_from: soon (expected: a time",
        "{\"id\":\"m\",\"platform\":\"x\"}|platform: x (expected: one of openai",
        "{\"id\":\"m\",\"platform\":\"openai\",\"owned_by\":\"m\",\"context_tokens\":1,\"max_output_tokens\":1,\"usd_per_million\":{\"input\":1e900,\"output\":1}}|usd_per_million.input: is too long a number",
        "{\"id\":\"m\",\"platform\":\"openai\",\"owned_by\":\"m\",\"context_tokens\":1,\"max_output_tokens\":1,\"usd_per_million\":{\"input\":1,\"output\":1},\"discount\":1}|unknown field discount (expected: only"
      })
  void a_bad_price_is_refused_with_what_was_given_and_expected(String body, String message)
      throws Exception {
    ServedAnswer answer = site.post(token, "/api/prices", body);
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(400);
    assertThat(answer.json().toString()).contains(message);
  }

  @Test
  void support_sees_prices_and_changes_none() throws Exception {
    var unused =
        site.write(
            tx ->
                site.identity
                    .admins()
                    .create(tx, "support", "S", AdminSite.PASSWORD, AdminRole.SUPPORT));
    String support =
        site.identity.admins().login("support", AdminSite.PASSWORD, "127.0.0.1").token();
    assertThat(site.get(support, "/api/prices").status()).isEqualTo(200);
    assertThat(site.post(support, "/api/prices", "{}").status()).isEqualTo(403);
    assertThat(site.post(support, "/api/prices/import", "").status()).isEqualTo(403);
    assertThat(site.post(support, "/api/prices/preview", "{}").status()).isEqualTo(403);
    assertThat(site.put(support, "/api/price-multipliers", "{}").status()).isEqualTo(403);
  }

  private static ServedAnswer multiply(TenantId tenant, @Nullable UserId user, String by)
      throws Exception {
    String body =
        "{\"tenant_id\":%s,\"user_id\":%s,\"multiplier\":%s}"
            .formatted(tenant, user == null ? "null" : user.toString(), by);
    return site.put(token, "/api/price-multipliers", body);
  }

  private static String row(String model, String input, Instant from) {
    return """
        {"id":"%s","platform":"openai","owned_by":"me","context_tokens":1000,
         "max_output_tokens":100,"usd_per_million":{"input":%s,"output":2},"effective_from":"%s"}
        """
        .formatted(model, input, from);
  }
}
