package io.tollgate.tests.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests of users' devices, of tenants' backends and of those who watch the server. */
final class UserCalls {
  private static final Operation SYNC = new Operation("GET", "/api/v1/billing/sync/{user_id}");
  private static final Operation GRANT = new Operation("POST", "/internal/v1/billing/grants");
  private static final Operation STREAM =
      new Operation("GET", "/api/v1/billing/sync/{user_id}/stream");
  private static final Operation DEVICES =
      new Operation("GET", "/api/v1/billing/sync/{user_id}/devices");
  private static final String SYNC_PATH = "/api/v1/billing/sync/";
  private static final String END = "2099-12-31T00:00:00Z";

  private UserCalls() {}

  static List<Call> all() {
    List<Call> calls = new ArrayList<>(sync());
    calls.addAll(followed());
    calls.addAll(grants());
    calls.addAll(rewards());
    calls.addAll(server());
    return calls;
  }

  private static List<Call> sync() {
    return List.of(
        new Call(SYNC, "by the user", 200, by -> by.get(SYNC_PATH + by.userId(1), by.asUser(1))),
        new Call(
            SYNC,
            "by the backend, privately, of a user who is made by it",
            200,
            by -> by.getPrivately(SYNC_PATH + "seen-first-here", by.asBackend())),
        new Call(
            SYNC,
            "nothing changed",
            304,
            by ->
                by.get(
                    SYNC_PATH + by.userId(1),
                    "Authorization",
                    by.asUser(1)[1],
                    "If-None-Match",
                    "*")),
        new Call(SYNC, "no token", 401, by -> by.get(SYNC_PATH + by.userId(1))),
        new Call(
            SYNC,
            "another user's token",
            403,
            by -> by.get(SYNC_PATH + by.userId(0), by.asUser(1))),
        new Call(
            SYNC, "a reserved word", 400, by -> by.get(SYNC_PATH + "summary", by.asBackend())));
  }

  /** Streams and sockets are opened well by FollowedNumbersTest. */
  private static List<Call> followed() {
    List<Call> calls =
        new ArrayList<>(
            List.of(
                new Call(
                    DEVICES,
                    "of the user",
                    200,
                    by -> by.get(SYNC_PATH + by.userId(1) + "/devices", by.asUser(1))),
                new Call(
                    DEVICES, "no token", 401, by -> by.get(SYNC_PATH + by.userId(1) + "/devices")),
                new Call(
                    STREAM, "no token", 401, by -> by.get(SYNC_PATH + by.userId(1) + "/stream")),
                new Call(
                    STREAM,
                    "another user's token",
                    403,
                    by -> by.get(SYNC_PATH + by.userId(0) + "/stream", by.asUser(1))),
                new Call(
                    STREAM,
                    "a reserved word",
                    400,
                    by -> by.get(SYNC_PATH + "summary/stream", by.asBackend()))));
    for (String path : List.of("/ws", "/ws/sync")) {
      calls.add(
          new Call(
              new Operation("GET", path), "no handshake", 400, by -> by.get(path, by.asUser(1))));
    }
    return calls;
  }

  private static List<Call> grants() {
    return List.of(
        new Call(GRANT, "tokens", 200, by -> by.grant(tokens("contract-tokens", 1000))),
        new Call(GRANT, "the same again", 200, by -> by.grant(tokens("contract-tokens", 1000))),
        new Call(GRANT, "money", 200, by -> by.grant(money("0.25", "USD", "contract-money"))),
        new Call(GRANT, "nothing", 400, by -> by.grant(money("0", "USD", "contract-zero"))),
        new Call(GRANT, "another currency", 400, by -> by.grant(money("1", "EUR", "contract-eur"))),
        new Call(
            GRANT,
            "unknown token",
            401,
            by -> by.grant(money("1", "USD", "contract-who"), "nobody")),
        new Call(
            GRANT,
            "unknown service",
            404,
            by -> by.grant(money("1", "CALL:dentist", "contract-service"))),
        new Call(
            GRANT,
            "a key used for another grant",
            409,
            by -> by.grant(tokens("contract-tokens", 999))));
  }

  private static List<Call> rewards() {
    Operation profit = new Operation("POST", "/internal/v1/rewards/profit");
    Operation holding = new Operation("POST", "/internal/v1/rewards/holding");
    return List.of(
        new Call(profit, "a profit", 200, by -> by.rewards("profit", profit(by, "10.5"))),
        new Call(profit, "the same again", 200, by -> by.rewards("profit", profit(by, "10.5"))),
        new Call(profit, "no number", 400, by -> by.rewards("profit", profit(by, "much"))),
        new Call(profit, "no token", 401, by -> by.rewards("profit", profit(by, "1"), "nobody")),
        new Call(
            profit,
            "an unknown user",
            404,
            by ->
                by.rewards(
                    "profit",
                    Map.of(
                        "user_id", "nobody-here", "account_id", 1, "close_id", "c", "profit", 1))),
        new Call(profit, "another profit", 409, by -> by.rewards("profit", profit(by, "11"))),
        new Call(holding, "a holding", 200, by -> by.rewards("holding", holding(by, "1500.25"))),
        new Call(holding, "below 0", 400, by -> by.rewards("holding", holding(by, "-1"))),
        new Call(holding, "no token", 401, by -> by.rewards("holding", holding(by, "1"), "nobody")),
        new Call(
            holding,
            "an unknown user",
            404,
            by -> by.rewards("holding", Map.of("user_id", "nobody-here", "holding", 1))));
  }

  private static Map<String, ?> profit(Requests by, String amount) {
    return Map.of(
        "user_id", by.userId(1), "account_id", "contract", "close_id", "1", "profit", amount);
  }

  private static Map<String, ?> holding(Requests by, String amount) {
    return Map.of("user_id", by.userId(1), "holding", amount);
  }

  private static List<Call> server() {
    Operation metrics = new Operation("GET", "/metrics");
    List<Call> calls = new ArrayList<>();
    for (String path : List.of("/health", "/health/ready", "/openapi.yaml")) {
      Operation operation = new Operation("GET", path);
      calls.add(new Call(operation, "asked", 200, by -> by.get(path)));
      calls.add(new Call(operation, "another method", 405, by -> by.delete(path)));
    }
    calls.add(new Call(metrics, "asked", 200, by -> by.getPrivately("/metrics")));
    calls.add(new Call(metrics, "another method", 405, by -> by.deletePrivately("/metrics")));
    return calls;
  }

  private static Map<String, ?> tokens(String key, int amount) {
    return Map.of(
        "user_id",
        "contract-user",
        "asset",
        "TOKEN",
        "amount",
        amount,
        "expires_at",
        END,
        "idempotency_key",
        key);
  }

  private static Map<String, ?> money(String amount, String asset, String key) {
    return Map.of(
        "user_id", "contract-user", "asset", asset, "amount", amount, "idempotency_key", key);
  }
}
