package io.tollgate.tests.contract;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Requests of administrators about rules of risk, and orders by hand. */
final class RiskCalls {
  private static final String RULES = "/api/risk/rules";
  private static final String VIOLATIONS = "/api/risk/violations";
  private static final String TEST = "/api/risk/test";
  private static final String ORDERS = "/api/manual-order";
  private static final String CLOSES = "/api/close-position";
  private static final Map<String, Object> ORDER =
      Map.of("symbol", "BTC/USDT", "side", "BUY", "entry_price", 50_000, "amount_usdt", 200);

  private RiskCalls() {}

  static List<Call> all() {
    List<Call> calls = new ArrayList<>();
    for (String path : List.of(RULES, VIOLATIONS)) {
      calls.add(got(path, "all", 200, ""));
      calls.add(got(path, "of a tenant", 200, "?tenant_id=1"));
      calls.add(call("GET", path, "no token", 401, by -> by.get(path)));
      calls.add(got(path, "no number", 400, "?account_id=x"));
    }
    calls.add(got(RULES, "of an unknown account", 404, "?account_id=999999"));
    calls.add(got(RULES, "of an unknown tenant", 404, "?tenant_id=999999"));
    calls.add(got(RULES, "of both", 400, "?tenant_id=1&account_id=1"));
    calls.add(got(VIOLATIONS, "a month", 200, "?days=30"));
    calls.add(got(VIOLATIONS, "too long", 400, "?days=31"));
    calls.addAll(changed());
    calls.addAll(tested());
    calls.addAll(ordered());
    return calls;
  }

  private static List<Call> changed() {
    Map<String, Object> rule =
        Map.of("trade_cooldown", Map.of("enabled", false, "cooldown_seconds", 30));
    return List.of(
        put("the platform's", 200, Map.of("rules", rule)),
        put("a tenant's", 200, Map.of("rules", rule, "scope", Map.of("tenant_id", 1))),
        put("nothing", 200, Map.of("rules", Map.of())),
        put("no rules", 400, Map.of()),
        put("an unknown rule", 400, Map.of("rules", Map.of("luck", Map.of("enabled", true)))),
        put(
            "an unknown parameter",
            400,
            Map.of("rules", Map.of("max_position", Map.of("most", 3)))),
        put(
            "a wrong value",
            400,
            Map.of("rules", Map.of("max_position", Map.of("max_positions", "many")))),
        put("a wrong scope", 400, Map.of("rules", rule, "scope", Map.of("planet", 1))),
        put("an unknown tenant", 404, Map.of("rules", rule, "scope", Map.of("tenant_id", 999_999))),
        put(
            "an unknown account",
            404,
            Map.of("rules", rule, "scope", Map.of("account_id", 999_999))));
  }

  private static List<Call> tested() {
    Map<String, Object> facts =
        Map.of("available", 1_000, "open_positions", 1, "trades_today", 3, "loss_today", 0);
    return List.of(
        posted("a signal", 200, Map.of("signal", ORDER, "facts", facts)),
        posted("of nothing known", 200, Map.of("signal", ORDER)),
        posted("no signal", 400, Map.of()),
        posted("no pair", 400, Map.of("signal", Map.of("symbol", "bitcoin"))),
        posted("no price", 400, Map.of("signal", Map.of("symbol", "BTC/USDT", "entry_price", 0))),
        posted("an unknown account", 404, Map.of("signal", ORDER, "account_id", 999_999)));
  }

  private static List<Call> ordered() {
    Map<String, Object> order =
        Map.of("symbol", "BTC/USDT", "amount_usdt", 200, "strategy", "no-such-strategy");
    Map<String, Object> close = Map.of("symbol", "BTC/USDT", "account_id", 999_999);
    return List.of(
        posted(ORDERS, "of a strategy that is not there", 200, order),
        posted(ORDERS, "of nobody", 400, Map.of("symbol", "BTC/USDT", "amount_usdt", 200)),
        posted(ORDERS, "a limit", 400, with(order, "order_type", "limit")),
        posted(ORDERS, "the other side", 400, with(order, "position_side", "SHORT")),
        posted(ORDERS, "nothing of it", 400, with(order, "amount_usdt", 0)),
        posted(
            ORDERS,
            "an unknown account",
            404,
            Map.of("symbol", "BTC/USDT", "amount_usdt", 200, "account_id", 999_999)),
        call(
            "POST",
            CLOSES,
            "a position",
            200,
            by -> by.post(CLOSES, by.boughtPosition("ETH/USDT"), by.asAdmin())),
        posted(CLOSES, "nothing that is open", 404, close),
        posted(CLOSES, "no pair", 400, Map.of("account_id", 1)),
        posted(CLOSES, "nothing of it", 400, with(close, "quantity", 0)));
  }

  private static Map<String, Object> with(Map<String, Object> body, String name, Object value) {
    Map<String, Object> changed = new HashMap<>(body);
    changed.put(name, value);
    return changed;
  }

  private static Call got(String path, String what, int status, String query) {
    return call("GET", path, what, status, by -> by.get(path + query, by.asAdmin()));
  }

  private static Call put(String what, int status, Map<String, ?> body) {
    return call("PUT", RULES, what, status, by -> by.put(RULES, body, by.asAdmin()));
  }

  private static Call posted(String what, int status, Map<String, ?> body) {
    return posted(TEST, what, status, body);
  }

  private static Call posted(String path, String what, int status, Map<String, ?> body) {
    return call("POST", path, what, status, by -> by.post(path, body, by.asAdmin()));
  }

  private static Call call(
      String method,
      String path,
      String what,
      int status,
      Function<Requests, HttpRequest> request) {
    return new Call(new Operation(method, path), what, status, request);
  }
}
