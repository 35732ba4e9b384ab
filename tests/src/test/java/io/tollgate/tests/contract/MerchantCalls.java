package io.tollgate.tests.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests of a merchant's own server. */
final class MerchantCalls {
  private static final String EMAIL = "email";
  private static final String MADE = "contract-merchant@x.example";
  private static final String LEADER = "leader@demo.example";
  private static final String FOLLOWER = "follower@demo.example";
  private static final String STRATEGY = "strategy_id";
  private static final String ACCOUNT = "account_id";

  private MerchantCalls() {}

  static List<Call> all() {
    List<Call> calls = new ArrayList<>();
    calls.addAll(get("/merchant/root-user", ""));
    calls.addAll(
        post("user/create", by -> Map.of(EMAIL, MADE, "password", "four words are enough")));
    calls.addAll(get("/merchant/users", "?limit=5&email=contract&status=1"));
    calls.addAll(get("/merchant/balance", ""));
    calls.addAll(post("user/recharge", by -> Map.of(EMAIL, MADE, "amount", "12.5", "type", 1)));
    calls.addAll(
        post(
            "user/apikey",
            by ->
                Map.of(
                    EMAIL,
                    MADE,
                    "exchange",
                    "binance",
                    "api_key",
                    "contract-key-0123",
                    "api_secret",
                    "contract-secret-0123")));
    calls.addAll(get("/merchant/user/info", "?email=contract-merchant%40x.example"));
    calls.addAll(get("/merchant/point-card/logs", "?email=contract-merchant%40x.example"));
    calls.addAll(get("/merchant/strategies", ""));
    calls.addAll(post("user/strategy/open", MerchantCalls::place));
    calls.addAll(post("user/strategy/update", MerchantCalls::place));
    calls.addAll(get("/merchant/user/strategies", "?email=contract-merchant%40x.example"));
    calls.addAll(post("user/strategy/close", MerchantCalls::place));
    calls.addAll(
        post(
            "user/apikey/unbind",
            by -> Map.of(EMAIL, MADE, ACCOUNT, by.merchantNumber(info(), ACCOUNT))));
    calls.addAll(
        post(
            "user/transfer-point-card",
            by -> Map.of("from_email", LEADER, "to_email", FOLLOWER, "amount", 0.5)));
    calls.addAll(get("/merchant/user/team", "?email=leader%40demo.example&limit=1"));
    calls.addAll(post("user/set-market-node", by -> Map.of(EMAIL, LEADER, "is_node", 1)));
    calls.addAll(get("/merchant/user/rewards", "?email=leader%40demo.example"));
    calls.addAll(
        post(
            "user/withdraw", by -> Map.of(EMAIL, LEADER, "amount", 50, "wallet_address", "TAddr")));
    calls.addAll(get("/merchant/user/withdrawals", "?email=leader%40demo.example"));
    return calls;
  }

  private static Map<String, ?> place(Requests by) {
    return Map.of(
        EMAIL,
        MADE,
        STRATEGY,
        by.merchantNumber("/merchant/strategies", STRATEGY),
        ACCOUNT,
        by.merchantNumber(info(), ACCOUNT));
  }

  private static String info() {
    return "/merchant/user/info?email=contract-merchant%40x.example";
  }

  private static List<Call> get(String path, String query) {
    Operation operation = new Operation("GET", path);
    return List.of(
        new Call(operation, "signed", 200, by -> by.merchant("GET", path + query, "")),
        new Call(operation, "not signed", 401, by -> by.get(path + query)));
  }

  private static List<Call> post(String call, Body body) {
    String path = "/merchant/" + call;
    Operation operation = new Operation("POST", path);
    return List.of(
        new Call(operation, "signed", 200, by -> by.merchant("POST", path, body.of(by))),
        new Call(operation, "not signed", 401, by -> by.post(path, Map.of())));
  }

  /** What is sent, made right before. */
  @FunctionalInterface
  private interface Body {
    Map<String, ?> of(Requests by);
  }
}
