package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.site.testing.ServedAnswer;
import io.tollgate.trading.exchange.Exchange;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BindingRoutesTest {
  private static final String PATH = "/api/strategy-bindings-admin";
  private static final String BATCH = "/api/batch/bind-strategy";

  private final TradingSite site = new TradingSite();
  private final TenantId tenant = site.tenant("Acme");
  private final UserId user = site.user(tenant, "a@x.example", "10");
  private final long account = site.account(tenant, user, Exchange.GATE, "ABCD".repeat(10));
  private final long strategy = strategy("ma", "\"capital\":1000,\"risk_mode\":3");

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void a_binding_is_made_with_what_is_usual_and_shown_in_both_lists() {
    JsonNode made = TradingSite.data(site.post(PATH, order(user, account, "")));
    assertThat(made.toString())
        .contains(
            "\"tenant_name\":\"Acme\"",
            "\"user_email\":\"a@x.example\"",
            "\"exchange\":\"gate\",\"exchange_account_label\":\"gate futures ABCD****ABCD\"",
            "\"mode\":2,\"status\":1,\"paused\":false,\"capital\":1000,\"leverage\":20,\"risk_mode\":3,"
                + "\"risk_mode_label\":\"激进\"",
            "\"ratio\":100,\"risk_based_sizing\":false,\"max_loss_per_trade\":0,\"min_point_card\":1,"
                + "\"point_card_self\":10,\"point_card_gift\":0,\"point_card_total\":10,"
                + "\"total_profit\":0,\"total_trades\":0");
    assertThat(made.required("amount_usdt").decimalValue()).isEqualByComparingTo("400");
    assertThat(made.required("margin_per_trade").decimalValue()).isEqualByComparingTo("20");
    assertThat(site.post(PATH, order(user, account, "")).status()).isEqualTo(409);
    assertThat(site.get("/api/strategy-bindings").json().toString())
        .contains("\"data\":[]", "\"total\":0");
    JsonNode row =
        site.get("/api/strategy-bindings?status=1&strategy_code=ma&tenant_id=" + tenant.value())
            .data()
            .required(0);
    assertThat(row.propertyNames())
        .containsExactly(
            "id",
            "user_id",
            "user_email",
            "account_id",
            "exchange",
            "strategy_code",
            "strategy_name",
            "mode",
            "status",
            "capital",
            "leverage",
            "risk_mode",
            "risk_mode_label",
            "amount_usdt",
            "total_profit",
            "total_trades",
            "point_card_total",
            "created_at",
            "min_point_card",
            "paused");
    assertThat(site.get("/api/strategy-bindings?tenant_id=" + site.tenant("B").value()).data())
        .isEmpty();
    assertThat(site.get(PATH + "?user_id=" + user.value() + "&status=1").data()).hasSize(1);
    assertThat(site.get(PATH + "?status=0").data()).isEmpty();
    assertThat(site.text(PATH + "?format=csv").lines()).hasSize(2);
    assertThat(site.get(PATH + "?sort=-capital").data()).hasSize(1);
  }

  @Test
  void a_binding_is_changed_stopped_started_and_taken_away() {
    long id =
        id(
            TradingSite.data(
                site.post(
                    PATH,
                    order(
                        user,
                        account,
                        ",\"capital\":\"12.5\",\"mode\":1,\"leverage\":75,\"risk_mode\":1,"
                            + "\"max_loss_per_trade\":3,\"ratio\":50,\"min_point_card\":2,\"status\":0"))));
    String one = PATH + "/" + id;
    assertThat(site.get(PATH).data().required(0).toString())
        .contains(
            "\"mode\":1,\"status\":0",
            "\"capital\":12.5,\"leverage\":75",
            "\"ratio\":50",
            "\"max_loss_per_trade\":3,\"min_point_card\":2");
    assertThat(TradingSite.data(site.put(one, "{\"capital\":0,\"status\":1}")).toString())
        .contains("\"status\":1", "\"capital\":1000");
    assertThat(site.delete(one).status()).isEqualTo(400);
    assertThat(site.put(one, "{\"status\":0}").status()).isEqualTo(200);
    assertThat(site.put(one, "{\"min_point_card\":11,\"status\":1}").status()).isEqualTo(402);
    assertThat(site.get(PATH).data().required(0).required("min_point_card").intValue())
        .isEqualTo(2);
    assertThat(id(TradingSite.data(site.delete(one)))).isEqualTo(id);
    assertThat(site.delete(one).status()).isEqualTo(404);
    assertThat(site.put(one, "{}").status()).isEqualTo(404);
    assertThat(site.logged("PUT " + PATH + "/{id}")).contains("running");
  }

  @Test
  void what_is_wrong_is_refused_by_name_before_it_is_looked_for() {
    for (String each :
        List.of(
            "mode | \"mode\":3",
            "capital | \"capital\":-1",
            "capital | \"capital\":\"1e99999999\"",
            "capital | \"capital\":\"0.000000001\"",
            "leverage | \"leverage\":7",
            "risk_mode | \"risk_mode\":\"1\"",
            "max_loss_per_trade | \"max_loss_per_trade\":-0.1",
            "min_point_card | \"min_point_card\":-1",
            "min_point_card | \"min_point_card\":1e30",
            "ratio | \"ratio\":0",
            "status | \"status\":\"1\"")) {
      String field = each.substring(0, each.indexOf(' '));
      String member = each.substring(each.indexOf('|') + 2);
      wrong(field, site.post(PATH, order(new UserId(999_999), 999_999, "," + member)));
      wrong(field, site.put(PATH + "/999999", "{" + member + "}"));
      wrong(
          field,
          site.post(BATCH, "{\"strategy_code\":\"none\",\"user_ids\":[999999]," + member + "}"));
    }
  }

  @Test
  void only_what_fits_together_is_bound() {
    UserId other = site.user(site.tenant("B"), "b@x.example", "10");
    UserId poor = site.user(tenant, "c@x.example", "0");
    long poorly = site.account(tenant, poor, Exchange.GATE, "EFGH".repeat(10));
    assertThat(site.post(PATH, order(new UserId(999_999), account, "")).status()).isEqualTo(404);
    // another user's account, of another tenant or of the same
    assertThat(site.post(PATH, order(other, account, "")).status()).isEqualTo(404);
    assertThat(site.post(PATH, order(poor, account, "")).status()).isEqualTo(404);
    assertThat(site.post(PATH, order(user, account, "").replace("\"ma\"", "\"none\"")).status())
        .isEqualTo(404);
    assertThat(site.post(PATH, order(poor, poorly, "")).status()).isEqualTo(402);
    assertThat(site.post(PATH, order(poor, poorly, ",\"status\":0")).status()).isEqualTo(200);
    long _ = strategy("okx", "\"exchange\":\"okx\"");
    wrong("account_id", site.post(PATH, order(user, account, "").replace("\"ma\"", "\"okx\"")));
    long closed = strategy("closed", "\"status\":0");
    assertThat(closed).isPositive();
    assertThat(site.post(PATH, order(user, account, "").replace("\"ma\"", "\"closed\"")).status())
        .isEqualTo(404);
    for (String missing : List.of("user_id", "account_id", "strategy_code")) {
      wrong(
          missing,
          site.post(PATH, order(user, account, "").replace("\"" + missing + "\"", "\"x\"")));
    }
  }

  @Test
  void of_many_at_once_one_binds_and_the_plan_holds() throws Exception {
    List<Integer> statuses = atOnce(8, () -> site.post(PATH, order(user, account, "")).status());
    assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
    long _ = strategy("second", "\"capital\":1");
    site.limitStrategies(tenant, 1);
    ServedAnswer full = site.post(PATH, order(user, account, "").replace("\"ma\"", "\"second\""));
    assertThat(full.status()).isEqualTo(403);
    assertThat(full.text("code")).isEqualTo("PLAN_LIMIT");
  }

  @Test
  void of_many_users_each_is_bound_with_the_one_account_that_fits_or_told_why_not() {
    UserId two = site.user(tenant, "two@x.example", "10");
    long gate = site.account(tenant, two, Exchange.GATE, "IJKL".repeat(10));
    long _ = site.account(tenant, two, Exchange.BINANCE, "MNOP".repeat(10));
    UserId none = site.user(tenant, "none@x.example", "10");
    UserId poor = site.user(tenant, "poor@x.example", "0");
    long _ = site.account(tenant, poor, Exchange.GATE, "QRST".repeat(10));
    String users =
        "[%d,%d,%d,%d,999999,%d]"
            .formatted(user.value(), two.value(), none.value(), poor.value(), user.value());
    String body = "{\"strategy_code\":\"ma\",\"user_ids\":" + users + "%s}";
    JsonNode first = TradingSite.data(site.post(BATCH, body.formatted("")));
    assertThat(first.required("done").intValue()).isOne();
    assertThat(codes(first))
        .containsExactly("", "CONFLICT", "NOT_FOUND", "INSUFFICIENT_MEANS", "USER_NOT_FOUND");
    assertThat(first.required("results").required(0).required("binding_id").longValue())
        .isPositive();
    JsonNode second =
        TradingSite.data(site.post(BATCH, body.formatted(",\"exchange\":\"gate\",\"capital\":7")));
    assertThat(codes(second))
        .containsExactly("CONFLICT", "", "NOT_FOUND", "INSUFFICIENT_MEANS", "USER_NOT_FOUND");
    assertThat(site.get(PATH + "?user_id=" + two.value()).data().required(0).toString())
        .contains("\"account_id\":" + gate, "\"capital\":7");
    assertThat(site.post(BATCH, "{\"strategy_code\":\"none\",\"user_ids\":[1]}").status())
        .isEqualTo(404);
    wrong("user_ids", site.post(BATCH, "{\"strategy_code\":\"none\",\"user_ids\":[]}"));
    wrong("user_ids", site.post(BATCH, "{\"strategy_code\":\"ma\"}"));
    wrong("exchange", site.post(BATCH, body.formatted(",\"exchange\":\"moon\"")));
  }

  @Test
  void accounts_are_listed_and_of_their_keys_only_heads() {
    long second = site.account(tenant, user, Exchange.OKX, "WXYZ".repeat(4));
    JsonNode rows = site.get("/api/exchange-accounts?tenant_id=" + tenant.value()).data();
    assertThat(rows.required(0).propertyNames())
        .containsExactly(
            "id",
            "user_id",
            "user_email",
            "tenant_id",
            "exchange",
            "sandbox",
            "account_type",
            "api_key",
            "balance",
            "futures_balance",
            "futures_available",
            "execution_node_id",
            "status",
            "last_sync_at",
            "last_sync_error",
            "created_at");
    assertThat(rows.required(0).required("id").longValue()).isEqualTo(second);
    // of a short key less
    assertThat(rows.required(0).required("api_key").asString()).isEqualTo("WXYZ****");
    assertThat(rows.required(1).required("api_key").asString()).isEqualTo("ABCDABCD****");
    assertThat(rows.required(1).toString())
        .contains(
            "\"balance\":0,\"futures_balance\":0,\"futures_available\":0,\"execution_node_id\":null,"
                + "\"status\":1,\"last_sync_at\":null,\"last_sync_error\":null");
    assertThat(site.get("/api/exchange-accounts?exchange=okx").data()).hasSize(1);
    assertThat(site.get("/api/exchange-accounts?unassigned=false").data()).isEmpty();
    assertThat(site.get("/api/exchange-accounts?execution_node_id=1").data()).isEmpty();
    assertThat(site.get("/api/exchange-accounts?tenant_id=" + site.tenant("B").value()).data())
        .isEmpty();
    assertThat(site.post(PATH, order(user, account, "")).status()).isEqualTo(200);
    for (String path :
        List.of(
            "/api/exchange-accounts",
            "/api/exchange-accounts?format=csv",
            PATH,
            PATH + "?format=csv",
            PATH + "/form-options",
            "/api/strategy-bindings?tenant_id=" + tenant.value())) {
      assertThat(site.text(path)).doesNotContain(TradingSite.SECRET, "pass-phrase", "ABCDABCDA");
    }
  }

  @Test
  void a_form_chooses_among_those_who_have_accounts_and_what_is_open_to_them() {
    UserId without = site.user(tenant, "without@x.example", "10");
    long _ = strategy("off", "\"status\":0");
    assertThat(
            site.put(
                    "/api/tenants/" + tenant.value() + "/tenant-strategies/" + ofTenant(strategy),
                    "{\"capital\":5,\"risk_based_sizing\":1,\"max_loss_per_trade\":2}")
                .status())
        .isEqualTo(200);
    JsonNode all = TradingSite.data(site.get(PATH + "/form-options"));
    assertThat(all.required("strategies").toString())
        .isEqualTo(
            "[{\"id\":%d,\"code\":\"ma\",\"name\":\"ma\",\"leverage\":20,\"capital\":1000,\"risk_mode\":3,"
                    .formatted(strategy)
                + "\"max_loss_per_trade\":0,\"risk_based_sizing\":false}]");
    assertThat(all.required("users").toString())
        .contains("a@x.example", "Acme")
        .doesNotContain("\"id\":" + without.value() + ",");
    assertThat(all.required("accounts").toString()).contains("gate futures ABCD****ABCD");
    assertThat(all.required("truncated").booleanValue()).isFalse();
    JsonNode own = TradingSite.data(site.get(PATH + "/form-options?tenant_id=" + tenant.value()));
    assertThat(own.required("strategies").required(0).toString())
        .contains("\"capital\":5", "\"max_loss_per_trade\":2,\"risk_based_sizing\":true");
    JsonNode others =
        TradingSite.data(site.get(PATH + "/form-options?tenant_id=" + site.tenant("B").value()));
    assertThat(others.toString())
        .isEqualTo("{\"strategies\":[],\"users\":[],\"accounts\":[],\"truncated\":false}");
  }

  /** A strategy that is open to the tenant. */
  private long strategy(String code, String members) {
    long id =
        id(
            TradingSite.data(
                site.post(
                    "/api/strategies",
                    "{\"code\":\"" + code + "\",\"name\":\"" + code + "\"," + members + "}")));
    long _ =
        id(
            TradingSite.data(
                site.post(
                    "/api/tenants/" + tenant.value() + "/tenant-strategies",
                    "{\"strategy_id\":" + id + "}")));
    return id;
  }

  private long ofTenant(long master) {
    return site.site
        .write(tx -> site.engine.strategies().find(tx, tenant, master))
        .orElseThrow()
        .id();
  }

  private static String order(UserId user, long account, String more) {
    return "{\"user_id\":%d,\"account_id\":%d,\"strategy_code\":\"ma\"%s}"
        .formatted(user.value(), account, more);
  }

  private static long id(JsonNode row) {
    return row.required("id").longValue();
  }

  private static List<String> codes(JsonNode outcomes) {
    return outcomes
        .required("results")
        .valueStream()
        .map(each -> each.required("code").isNull() ? "" : each.required("code").asString())
        .toList();
  }

  private static void wrong(String field, ServedAnswer answer) {
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(400);
    assertThat(answer.json().required("fields").propertyNames())
        .as(answer.json().toString())
        .containsExactly(field);
  }

  private static <T> List<T> atOnce(int times, Callable<T> action) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(Collections.nCopies(times, action)).stream()
          .map(Future::resultNow)
          .toList();
    }
  }
}
