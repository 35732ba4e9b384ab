package io.tollgate.tests.contract;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Requests of administrators about strategies, who follows them, and exchange accounts. */
final class TradingCalls {
  private static final String STRATEGIES = "/api/strategies";
  private static final String NEWEST = STRATEGIES + "?sort=-id&limit=1";
  private static final String NO_STRATEGY = STRATEGIES + "/999999";
  private static final String OF_TENANT = "/api/tenants/{tenant_id}/tenant-strategies";
  private static final String TENANTS_OWN = "/api/tenants/1/tenant-strategies";
  private static final String OWN = TENANTS_OWN + "?sort=-id&limit=1";
  private static final String BINDINGS = "/api/strategy-bindings-admin";
  private static final String CODE = "contract";
  private static final String MEMBER = "leader@demo.example";
  private static final Map<String, Object> BAD = Map.of("leverage", 0);

  private TradingCalls() {}

  static List<Call> all() {
    List<Call> calls = new ArrayList<>(strategies());
    calls.addAll(ofTenants());
    calls.addAll(bindings());
    calls.addAll(
        list(
            "/api/exchange-accounts",
            "/api/exchange-accounts",
            "tenant_id=1&exchange=gate&unassigned=true",
            "exchange=moon"));
    calls.addAll(
        list("/api/orders", "/api/orders", "tenant_id=1&status=FILLED&side=BUY", "status=DONE"));
    calls.addAll(
        list("/api/fills", "/api/fills", "tenant_id=1&trade_type=OPEN", "trade_type=HOLD"));
    calls.addAll(
        list(
            "/api/positions",
            "/api/positions",
            "tenant_id=1&has_position=true&market_type=future",
            "market_type=moon"));
    calls.addAll(
        list(
            "/api/signal-events",
            "/api/signal-events",
            "tenant_id=1&event_type=RISK_REJECTED&start_date=2026-01-01&end_date=2026-12-31",
            "start_date=yesterday"));
    Operation named = get("/api/signal-events/strategies");
    calls.add(call(named, "all", 200, by -> by.get("/api/signal-events/strategies", by.asAdmin())));
    calls.add(call(named, "no token", 401, by -> by.get("/api/signal-events/strategies")));
    calls.addAll(batch());
    calls.addAll(evaluated());
    calls.addAll(gone());
    return calls;
  }

  private static List<Call> strategies() {
    Operation create = post(STRATEGIES);
    Operation one = get(STRATEGIES + "/{id}");
    Operation put = new Operation("PUT", STRATEGIES + "/{id}");
    Operation post = post(STRATEGIES + "/{id}");
    Operation toggle = new Operation("PATCH", STRATEGIES + "/{id}/toggle");
    Map<String, Object> order =
        Map.of(
            "code",
            CODE,
            "name",
            "Contract",
            "symbols",
            List.of("BTC/USDT", "ETH/USDT"),
            "capital",
            "1000.5",
            "config",
            Map.of("fast", 10, "slow", 30));
    Map<String, Object> change = Map.of("risk_mode", 2, "show_to_user", 1);
    Map<String, Object> on = Map.of("status", 1);
    List<Call> calls = new ArrayList<>();
    calls.add(call(create, "one", 200, by -> by.post(STRATEGIES, order, by.asAdmin())));
    calls.add(call(create, "again", 400, by -> by.post(STRATEGIES, order, by.asAdmin())));
    calls.addAll(list(STRATEGIES, STRATEGIES, "status=1&limit=2&offset=1", "limit=501"));
    calls.add(call(get(STRATEGIES), "by page", 200, by -> by.get(NEWEST, by.asAdmin())));
    calls.add(call(one, "one", 200, by -> by.get(by.firstOf(NEWEST), by.asAdmin())));
    calls.add(call(one, "unknown", 404, by -> by.get(NO_STRATEGY, by.asAdmin())));
    calls.add(call(put, "one", 200, by -> by.put(by.firstOf(NEWEST), change, by.asAdmin())));
    calls.add(call(put, "unknown", 404, by -> by.put(NO_STRATEGY, change, by.asAdmin())));
    calls.add(call(put, "bad", 400, by -> by.put(NO_STRATEGY, BAD, by.asAdmin())));
    calls.add(call(post, "one", 200, by -> by.post(by.firstOf(NEWEST), change, by.asAdmin())));
    calls.add(call(post, "bad", 400, by -> by.post(NO_STRATEGY, BAD, by.asAdmin())));
    calls.add(
        call(toggle, "on", 200, by -> by.patch(by.firstOf(NEWEST) + "/toggle", on, by.asAdmin())));
    calls.add(
        call(toggle, "unknown", 404, by -> by.patch(NO_STRATEGY + "/toggle", on, by.asAdmin())));
    return calls;
  }

  private static List<Call> ofTenants() {
    Operation open = post(OF_TENANT);
    Operation change = new Operation("PUT", OF_TENANT + "/{id}");
    Operation copy = post(OF_TENANT + "/{id}/copy-from-master");
    Map<String, Object> terms = Map.of("display_name", "Our own", "sort_order", 9);
    List<Call> calls = new ArrayList<>();
    calls.add(call(open, "one", 200, by -> by.post(TENANTS_OWN, newest(by), by.asAdmin())));
    calls.add(call(open, "again", 400, by -> by.post(TENANTS_OWN, newest(by), by.asAdmin())));
    calls.add(
        call(
            open,
            "of no tenant",
            404,
            by ->
                by.post(
                    "/api/tenants/999999/tenant-strategies",
                    Map.of("strategy_id", 1),
                    by.asAdmin())));
    calls.addAll(list(OF_TENANT, TENANTS_OWN, "status=1", "status=perhaps"));
    calls.add(call(change, "one", 200, by -> by.put(by.firstOf(OWN), terms, by.asAdmin())));
    calls.add(call(change, "bad", 400, by -> by.put(TENANTS_OWN + "/999999", BAD, by.asAdmin())));
    calls.add(
        call(
            copy,
            "one",
            200,
            by -> by.post(by.firstOf(OWN) + "/copy-from-master", "", by.asAdmin())));
    calls.add(
        call(
            copy,
            "unknown",
            404,
            by -> by.post(TENANTS_OWN + "/999999/copy-from-master", "", by.asAdmin())));
    return calls;
  }

  private static List<Call> bindings() {
    Operation create = post(BINDINGS);
    Operation change = new Operation("PUT", BINDINGS + "/{id}");
    Operation delete = new Operation("DELETE", BINDINGS + "/{id}");
    String newest = BINDINGS + "?page_size=1";
    Map<String, Object> off = Map.of("status", 0, "capital", 0);
    List<Call> calls = new ArrayList<>();
    calls.add(call(create, "one", 200, by -> by.post(BINDINGS, binding(by), by.asAdmin())));
    calls.add(call(create, "again", 409, by -> by.post(BINDINGS, binding(by), by.asAdmin())));
    calls.add(
        call(
            create,
            "nobody",
            404,
            by ->
                by.post(
                    BINDINGS,
                    Map.of("user_id", 999_999, "account_id", 1, "strategy_code", CODE),
                    by.asAdmin())));
    calls.addAll(
        list(
            "/api/strategy-bindings",
            "/api/strategy-bindings",
            "tenant_id=1&strategy_code=contract&status=1",
            "offset=-1"));
    calls.addAll(list(BINDINGS, BINDINGS, "tenant_id=1&status=1", "user_id=me"));
    calls.addAll(
        list(
            BINDINGS + "/form-options",
            BINDINGS + "/form-options",
            "tenant_id=1",
            "tenant_id=none"));
    calls.add(call(delete, "runs", 400, by -> by.delete(by.firstOf(newest), by.asAdmin())));
    calls.add(call(change, "stop", 200, by -> by.put(by.firstOf(newest), off, by.asAdmin())));
    calls.add(
        call(
            change,
            "of another leverage",
            400,
            by -> by.put(BINDINGS + "/999999", Map.of("leverage", 7), by.asAdmin())));
    calls.add(call(delete, "one", 200, by -> by.delete(by.firstOf(newest), by.asAdmin())));
    return calls;
  }

  private static List<Call> batch() {
    Operation bind = post("/api/batch/bind-strategy");
    Map<String, Object> nobody = Map.of("strategy_code", CODE, "user_ids", List.of(999_999));
    return List.of(
        call(bind, "nobody", 200, by -> by.post(bind.path(), nobody, by.asAdmin())),
        call(
            bind,
            "none at all",
            400,
            by ->
                by.post(
                    bind.path(),
                    Map.of("strategy_code", CODE, "user_ids", List.of()),
                    by.asAdmin())));
  }

  private static List<Call> evaluated() {
    Operation evaluate = post("/api/analytics/evaluate");
    Map<String, Object> point = Map.of("date", "2026-01-01", "equity", 1_000);
    Map<String, Object> later = Map.of("date", "2026-01-02", "equity", "1100.5", "flow", 50);
    Map<String, Object> trade = Map.of("pnl", -3, "closed_at", "2026-01-02T12:00:00Z");
    Map<String, Object> both = Map.of("points", List.of(point, later), "trades", List.of(trade));
    Map<String, Object> none = Map.of("points", List.of(), "trades", List.of());
    Map<String, Object> twice = Map.of("points", List.of(point, point));
    String path = evaluate.path();
    return List.of(
        call(evaluate, "a course", 200, by -> by.post(path, both, by.asAdmin())),
        call(evaluate, "nothing", 200, by -> by.post(path, none, by.asAdmin())),
        call(evaluate, "one day twice", 400, by -> by.post(path, twice, by.asAdmin())),
        call(evaluate, "no token", 401, by -> by.post(path, both)));
  }

  private static List<Call> gone() {
    Operation close = new Operation("DELETE", OF_TENANT + "/{id}");
    Operation delete = new Operation("DELETE", STRATEGIES + "/{id}");
    return List.of(
        call(close, "one", 200, by -> by.delete(by.firstOf(OWN), by.asAdmin())),
        call(close, "unknown", 404, by -> by.delete(TENANTS_OWN + "/999999", by.asAdmin())),
        call(delete, "one", 200, by -> by.delete(by.firstOf(NEWEST), by.asAdmin())),
        call(delete, "unknown", 404, by -> by.delete(NO_STRATEGY, by.asAdmin())));
  }

  private static Map<String, Object> newest(Requests by) {
    String path = by.firstOf(NEWEST);
    return Map.of("strategy_id", Long.parseLong(path.substring(path.lastIndexOf('/') + 1)));
  }

  /** Of an account of a member of the demo, which their merchant binds; the same each time. */
  private static Map<String, Object> binding(Requests by) {
    var _ =
        by.send(
            by.merchant(
                "POST",
                "/merchant/user/apikey",
                Map.of(
                    "email",
                    MEMBER,
                    "exchange",
                    "gate",
                    "api_key",
                    "contract-trading-0123",
                    "api_secret",
                    "contract-secret-0123")));
    String info = "/merchant/user/info?email=leader%40demo.example";
    return Map.of(
        "user_id",
        by.merchantNumber(info, "user_id"),
        "account_id",
        by.merchantNumber(info, "account_id"),
        "strategy_code",
        CODE);
  }

  private static List<Call> list(String pattern, String path, String query, String badQuery) {
    Operation operation = get(pattern);
    return List.of(
        call(operation, query, 200, by -> by.get(path + "?" + query, by.asAdmin())),
        call(operation, badQuery, 400, by -> by.get(path + "?" + badQuery, by.asAdmin())),
        call(operation, "no token", 401, by -> by.get(path)));
  }

  private static Call call(
      Operation operation, String what, int status, Function<Requests, HttpRequest> request) {
    return new Call(operation, what, status, request);
  }

  private static Operation get(String path) {
    return new Operation("GET", path);
  }

  private static Operation post(String path) {
    return new Operation("POST", path);
  }
}
