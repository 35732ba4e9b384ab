package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.AdminRole;
import io.tollgate.site.testing.ServedAnswer;
import io.tollgate.trading.exchange.Exchange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StrategyRoutesTest {
  private final TradingSite site = new TradingSite();
  private final TenantId tenant = site.tenant("Acme");
  private final String own = "/api/tenants/" + tenant.value() + "/tenant-strategies";

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void a_strategy_of_which_only_code_and_name_are_said_is_as_usual() {
    JsonNode made = create("{\"code\":\"ma\",\"name\":\"Means\"}");
    assertThat(made.propertyNames())
        .containsExactly(
            "id",
            "code",
            "name",
            "description",
            "symbol",
            "symbols",
            "timeframe",
            "exchange",
            "market_type",
            "min_capital",
            "risk_level",
            "capital",
            "leverage",
            "risk_mode",
            "risk_mode_label",
            "amount_usdt",
            "min_confidence",
            "cooldown_minutes",
            "config",
            "status",
            "show_to_user",
            "user_display_name",
            "user_description",
            "created_at");
    assertThat(made.toString())
        .contains(
            "\"symbol\":\"BTC/USDT\",\"symbols\":[\"BTC/USDT\"],\"timeframe\":\"1h\",\"exchange\":null,"
                + "\"market_type\":\"future\",\"min_capital\":200,\"risk_level\":1,\"capital\":0,"
                + "\"leverage\":20,\"risk_mode\":1,\"risk_mode_label\":\"稳健\"",
            "\"min_confidence\":50,\"cooldown_minutes\":60,\"config\":{},\"status\":1,\"show_to_user\":0");
  }

  @Test
  void a_strategy_is_made_changed_turned_off_and_taken_away() {
    JsonNode made =
        create(
            """
            {"code":"macd","name":"MACD","symbols":["ETH/USDT","BTC/USDT","ETH/USDT"],"timeframe":"4h",
             "exchange":"OKX","capital":"333.33","leverage":10,"risk_mode":2,"status":0,
             "config":{"fast":12,"rate":0.10000000000000000001,"name":"é\\"x"},"show_to_user":1}
            """);
    String one = "/api/strategies/" + made.required("id").asString();
    assertThat(made.toString())
        .contains(
            "\"symbol\":\"ETH/USDT\",\"symbols\":[\"ETH/USDT\",\"BTC/USDT\"]",
            "\"exchange\":\"okx\"",
            "\"amount_usdt\":50",
            "0.10000000000000000001",
            "\"status\":0");
    JsonNode changed =
        TradingSite.data(
            site.put(one, "{\"risk_mode\":3,\"capital\":1000,\"exchange\":null,\"name\":\"M\"}"));
    assertThat(changed.required("amount_usdt").decimalValue()).isEqualByComparingTo("200");
    assertThat(changed.required("exchange").isNull()).isTrue();
    assertThat(changed.required("timeframe").asString()).isEqualTo("4h");
    assertThat(changed.required("config").toString()).contains("0.10000000000000000001");
    assertThat(TradingSite.data(site.post(one, "{\"name\":\"N\"}")).required("name").asString())
        .isEqualTo("N");
    ServedAnswer on = site.send("PATCH", one + "/toggle", "", site.owner);
    assertThat(on.json().toString())
        .isEqualTo("{\"success\":true,\"status\":1,\"message\":\"strategy macd is on\"}");
    // said, it is so however often
    for (int i = 0; i < 2; i++) {
      assertThat(
              site.send("PATCH", one + "/toggle", "{\"status\":0}", site.owner)
                  .json()
                  .required("status")
                  .intValue())
          .isZero();
    }
    assertThat(TradingSite.data(site.get(one)).required("status").intValue()).isZero();
    assertThat(TradingSite.data(site.delete(one)).required("name").asString()).isEqualTo("N");
    assertThat(site.get(one).status()).isEqualTo(404);
    assertThat(site.delete(one).status()).isEqualTo(404);
    assertThat(site.put(one, "{}").status()).isEqualTo(404);
    assertThat(site.logged("PUT /api/strategies/{id}")).contains("333.33", "1000", "risk_mode");
    assertThat(site.logged("DELETE /api/strategies/{id}")).contains("deleted_at");
  }

  @Test
  void what_is_wrong_is_refused_by_name_wherever_it_is_sent() {
    for (String each :
        List.of(
            "code | {\"name\":\"N\"}",
            "name | {\"code\":\"c\"}",
            "code | {\"code\":\"with space\",\"name\":\"N\"}",
            "name | {\"code\":\"c\",\"name\":\"  \"}",
            "symbol | {\"code\":\"c\",\"name\":\"N\",\"symbol\":\"BTC USDT\"}",
            "symbols | {\"code\":\"c\",\"name\":\"N\",\"symbols\":\"BTC\"}",
            "timeframe | {\"code\":\"c\",\"name\":\"N\",\"timeframe\":\"2m\"}",
            "exchange | {\"code\":\"c\",\"name\":\"N\",\"exchange\":\"moon\"}",
            "market_type | {\"code\":\"c\",\"name\":\"N\",\"market_type\":\"x\"}",
            "capital | {\"code\":\"c\",\"name\":\"N\",\"capital\":-1}",
            "capital | {\"code\":\"c\",\"name\":\"N\",\"capital\":1e999999}",
            "capital | {\"code\":\"c\",\"name\":\"N\",\"capital\":0.000000001}",
            "min_capital | {\"code\":\"c\",\"name\":\"N\",\"min_capital\":1000000001}",
            "leverage | {\"code\":\"c\",\"name\":\"N\",\"leverage\":126}",
            "risk_mode | {\"code\":\"c\",\"name\":\"N\",\"risk_mode\":4}",
            "risk_level | {\"code\":\"c\",\"name\":\"N\",\"risk_level\":0}",
            "min_confidence | {\"code\":\"c\",\"name\":\"N\",\"min_confidence\":50.5}",
            "cooldown_minutes | {\"code\":\"c\",\"name\":\"N\",\"cooldown_minutes\":-1}",
            "config | {\"code\":\"c\",\"name\":\"N\",\"config\":[]}",
            "config.x | {\"code\":\"c\",\"name\":\"N\",\"config\":{\"x\":\"\\u0000\"}}",
            "config.x[0] | {\"code\":\"c\",\"name\":\"N\",\"config\":{\"x\":[1e999999]}}",
            "status | {\"code\":\"c\",\"name\":\"N\",\"status\":2}",
            "show_to_user | {\"code\":\"c\",\"name\":\"N\",\"show_to_user\":\"1\"}")) {
      int bar = each.indexOf(" | ");
      String field = each.substring(0, bar);
      String body = each.substring(bar + 3);
      wrong(field, site.post("/api/strategies", body));
      if (body.contains("\"code\":\"c\",\"name\":\"N\"")) {
        // before it is looked for what it is about
        wrong(field, site.put("/api/strategies/999999", body));
      }
    }
    assertThat(site.get("/api/strategies").json().required("total").intValue()).isZero();
  }

  @Test
  void a_code_is_had_once_and_for_good() throws Exception {
    List<Integer> statuses =
        atOnce(
            8, () -> site.post("/api/strategies", "{\"code\":\"one\",\"name\":\"One\"}").status());
    assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 400);
    wrong("code", site.post("/api/strategies", "{\"code\":\"one\",\"name\":\"Again\"}"));
    String one = "/api/strategies/" + id(site.get("/api/strategies").data().required(0));
    assertThat(site.put(one, "{\"code\":\"one\"}").status()).isEqualTo(200);
    wrong("code", site.put(one, "{\"code\":\"two\"}"));
  }

  @Test
  void strategies_are_listed_by_page_and_by_limit_filtered_sorted_and_as_a_file() {
    for (int i = 0; i < 7; i++) {
      JsonNode _ =
          create("{\"code\":\"s" + i + "\",\"name\":\"=S" + i + "\",\"status\":" + i % 2 + "}");
    }
    open(id("s3"));
    assertThat(codes("")).containsExactly("s0", "s1", "s2", "s3", "s4", "s5", "s6");
    assertThat(codes("?limit=3&offset=2")).containsExactly("s2", "s3", "s4");
    assertThat(codes("?offset=6")).containsExactly("s6");
    assertThat(codes("?page=2&page_size=4")).containsExactly("s4", "s5", "s6");
    assertThat(codes("?sort=-id&limit=2&offset=1")).containsExactly("s5", "s4");
    assertThat(codes("?status=1")).containsExactly("s1", "s3", "s5");
    assertThat(codes("?tenant_id=" + tenant.value())).containsExactly("s3");
    assertThat(codes("?status=0&tenant_id=" + tenant.value())).isEmpty();
    ServedAnswer part = site.get("/api/strategies?limit=2&offset=3");
    assertThat(part.json().required("total").intValue()).isEqualTo(7);
    assertThat(part.json().required("page_size").intValue()).isEqualTo(2);
    assertThat(codes("?page_size=2&cursor=" + part.text("next_cursor")))
        .containsExactly("s5", "s6");
    assertThat(site.text("/api/strategies?format=csv").lines().toList())
        .hasSize(8)
        .anyMatch(line -> line.contains("\"'=S0\""));
    for (String query :
        List.of("limit=0", "limit=501", "offset=-1", "offset=1000001", "limit=x", "status=on")) {
      wrong(query.substring(0, query.indexOf('=')), site.get("/api/strategies?" + query));
    }
    wrong("limit", site.get("/api/strategies?limit=2&page=1"));
  }

  @Test
  void a_tenant_has_a_strategy_once_on_its_own_terms() throws Exception {
    JsonNode master =
        create("{\"code\":\"m\",\"name\":\"M\",\"capital\":1000,\"leverage\":50,\"risk_mode\":2}");
    String body = "{\"strategy_id\":" + id(master) + ",\"display_name\":\"Ours\"}";
    List<Integer> statuses = atOnce(6, () -> site.post(own, body).status());
    assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 400);
    wrong("strategy_id", site.post(own, body));
    JsonNode row = site.get(own).data().required(0);
    assertThat(row.propertyNames())
        .containsExactly(
            "id",
            "tenant_id",
            "strategy_id",
            "strategy_code",
            "strategy_name",
            "display_name",
            "display_description",
            "capital",
            "leverage",
            "risk_mode",
            "risk_mode_label",
            "amount_usdt",
            "risk_based_sizing",
            "max_loss_per_trade",
            "min_capital",
            "status",
            "sort_order",
            "created_at");
    assertThat(row.toString())
        .contains("\"display_name\":\"Ours\"", "\"capital\":1000,\"leverage\":50,\"risk_mode\":2");
    assertThat(row.required("amount_usdt").decimalValue()).isEqualByComparingTo("750");
    String one = own + "/" + id(row);
    JsonNode changed =
        TradingSite.data(
            site.put(
                one,
                "{\"capital\":\"10.5\",\"risk_based_sizing\":true,\"max_loss_per_trade\":2,\"status\":0}"));
    assertThat(changed.toString())
        .contains("\"capital\":10.5", "\"risk_based_sizing\":true", "\"status\":0", "\"Ours\"");
    assertThat(site.get(own + "?status=1").data()).isEmpty();
    JsonNode copied = TradingSite.data(site.post(one + "/copy-from-master", ""));
    assertThat(copied.toString())
        .contains(
            "\"display_name\":\"\"",
            "\"capital\":1000",
            "\"max_loss_per_trade\":2",
            "\"status\":0");
    assertThat(TradingSite.data(site.delete(one)).required("strategy_code").asString())
        .isEqualTo("m");
    assertThat(site.delete(one).status()).isEqualTo(404);
    JsonNode bare =
        TradingSite.data(
            site.post(own, "{\"strategy_id\":" + id(master) + ",\"copy_from_master\":false}"));
    assertThat(bare.toString())
        .contains(
            "\"capital\":0,\"leverage\":20,\"risk_mode\":1", "\"min_capital\":200,\"status\":1");
    assertThat(site.logged("POST /api/tenants/{tenant_id}/tenant-strategies")).contains("Ours");
  }

  @Test
  void what_is_another_tenants_is_not_there() {
    JsonNode master = create("{\"code\":\"m\",\"name\":\"M\"}");
    String row = own + "/" + open(id(master));
    String others =
        row.replace(
            "/tenants/" + tenant.value() + "/", "/tenants/" + site.tenant("B").value() + "/");
    assertThat(site.put(others, "{\"leverage\":5}").status()).isEqualTo(404);
    assertThat(site.post(others + "/copy-from-master", "").status()).isEqualTo(404);
    assertThat(site.delete(others).status()).isEqualTo(404);
    assertThat(site.put(row, "{\"leverage\":5}").status()).isEqualTo(200);
    for (String path :
        List.of("/api/tenants/999999/tenant-strategies", "/api/tenants/x/tenant-strategies")) {
      assertThat(site.get(path).status()).isEqualTo(404);
      assertThat(site.post(path, "{\"strategy_id\":1}").status()).isEqualTo(404);
      wrong("strategy_id", site.post(path, "{}"));
    }
    wrong("leverage", site.put(others, "{\"leverage\":0}"));
    assertThat(site.post(own, "{\"strategy_id\":999999}").status()).isEqualTo(404);
  }

  @Test
  void the_tenants_plan_holds() {
    site.limitStrategies(tenant, 1);
    long first = id(create("{\"code\":\"a\",\"name\":\"A\"}"));
    long second = id(create("{\"code\":\"b\",\"name\":\"B\"}"));
    long row = open(first);
    ServedAnswer full = site.post(own, "{\"strategy_id\":" + second + "}");
    assertThat(full.status()).isEqualTo(403);
    assertThat(full.text("code")).isEqualTo("PLAN_LIMIT");
    assertThat(full.json().required("success").booleanValue()).isFalse();
    assertThat(full.text("message")).isEqualTo(full.text("error"));
    assertThat(site.delete(own + "/" + row).status()).isEqualTo(200);
    long _ = open(second);
  }

  @Test
  void what_is_followed_stays() {
    long strategy = id(create("{\"code\":\"a\",\"name\":\"A\"}"));
    long row = open(strategy);
    UserId user = site.user(tenant, "a@x.example", "5");
    long account = site.account(tenant, user, Exchange.GATE, "KEY-0123456789");
    JsonNode binding =
        TradingSite.data(
            site.post(
                "/api/strategy-bindings-admin",
                "{\"user_id\":%d,\"account_id\":%d,\"strategy_code\":\"a\"}"
                    .formatted(user.value(), account)));
    assertThat(site.delete("/api/strategies/" + strategy).status()).isEqualTo(400);
    assertThat(site.delete(own + "/" + row).status()).isEqualTo(400);
    assertThat(site.put("/api/strategy-bindings-admin/" + id(binding), "{\"status\":0}").status())
        .isEqualTo(200);
    assertThat(site.delete("/api/strategies/" + strategy).status()).isEqualTo(200);
    assertThat(site.get(own).data()).isEmpty();
  }

  @Test
  void who_may_not_is_told_who_may() {
    refusedTo(site.login(AdminRole.SUPPORT));
    refusedTo(site.login(AdminRole.READ_ONLY));
    assertThat(site.send("GET", "/api/exchange-accounts", "", "none").status()).isEqualTo(401);
  }

  private void refusedTo(String token) {
    for (String call :
        List.of(
            "POST /api/strategies",
            "PUT /api/strategies/1",
            "DELETE /api/strategies/1",
            "POST " + own,
            "POST /api/strategy-bindings-admin",
            "POST /api/batch/bind-strategy")) {
      int space = call.indexOf(' ');
      ServedAnswer answer =
          site.send(call.substring(0, space), call.substring(space + 1), "{}", token);
      assertThat(answer.status()).as(call).isEqualTo(403);
      assertThat(answer.text("error")).endsWith("(expected: owner or finance)");
    }
    assertThat(site.send("GET", "/api/strategies", "", token).status()).isEqualTo(200);
  }

  private JsonNode create(String body) {
    return TradingSite.data(site.post("/api/strategies", body));
  }

  private long open(long strategy) {
    return id(TradingSite.data(site.post(own, "{\"strategy_id\":" + strategy + "}")));
  }

  private long id(String code) {
    for (JsonNode each : site.get("/api/strategies").data()) {
      if (each.required("code").asString().equals(code)) {
        return id(each);
      }
    }
    throw new AssertionError("no strategy " + code);
  }

  private static long id(JsonNode row) {
    return row.required("id").longValue();
  }

  private List<String> codes(String query) {
    List<String> codes = new ArrayList<>();
    TradingSite.data(site.get("/api/strategies" + query))
        .forEach(row -> codes.add(row.required("code").asString()));
    return codes;
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
