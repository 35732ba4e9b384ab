package io.tollgate.tests.contract;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Requests of administrators about rules of risk. */
final class RiskCalls {
  private static final String RULES = "/api/risk/rules";
  private static final String VIOLATIONS = "/api/risk/violations";
  private static final String TEST = "/api/risk/test";
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

  private static Call got(String path, String what, int status, String query) {
    return call("GET", path, what, status, by -> by.get(path + query, by.asAdmin()));
  }

  private static Call put(String what, int status, Map<String, ?> body) {
    return call("PUT", RULES, what, status, by -> by.put(RULES, body, by.asAdmin()));
  }

  private static Call posted(String what, int status, Map<String, ?> body) {
    return call("POST", TEST, what, status, by -> by.post(TEST, body, by.asAdmin()));
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
