package io.tollgate.tests.contract;

import static java.util.Objects.requireNonNull;

import io.tollgate.tests.installation.OwnDatabase;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Requests of administrators about the signal monitor. */
final class MonitorCalls {
  private static final String UNDER = "/api/signal-monitor";
  private static final String CONFIG = UNDER + "/config";
  private static final String CHECK = UNDER + "/check-now";
  private static final String PRICES = UNDER + "/realtime-prices";
  private static final String MODE = UNDER + "/trading/mode";
  private static final String EXECUTE = UNDER + "/trading/execute";
  private static final String POSITIONS = UNDER + "/trading/positions";
  private static final String HISTORY = UNDER + "/trading/history";
  private static final String CLOSE = UNDER + "/trading/close";
  private static final String HELD = "SIG00000000000C0DE5";

  private final OwnDatabase database;

  MonitorCalls(OwnDatabase database) {
    this.database = requireNonNull(database, "database is null");
  }

  List<Call> all() {
    List<Call> calls = new ArrayList<>();
    for (String path : List.of("/status", "/config", "/strategies", "/trading/status")) {
      calls.add(call("GET", UNDER + path, "it", 200, by -> by.get(UNDER + path, by.asAdmin())));
      calls.add(call("GET", UNDER + path, "no token", 401, by -> by.get(UNDER + path)));
    }
    calls.add(call("GET", UNDER + "/stream", "no token", 401, by -> by.get(UNDER + "/stream")));
    for (String path :
        List.of(
            "/stop",
            "/start",
            "/test-notify",
            "/trigger-scan",
            "/position-monitor/scan",
            "/trading/disable",
            "/trading/enable")) {
      calls.add(
          call("POST", UNDER + path, "it", 200, by -> by.post(UNDER + path, "", by.asAdmin())));
      calls.add(call("POST", UNDER + path, "no token", 401, by -> by.post(UNDER + path, "")));
    }
    calls.addAll(configured());
    calls.addAll(asked());
    calls.addAll(executed());
    calls.addAll(traded());
    return calls;
  }

  private static List<Call> configured() {
    Map<String, Object> all =
        Map.of("interval_seconds", 300, "sync_interval_seconds", 300, "notify_on_signal", false);
    return List.of(
        posted(CONFIG, "all of it", 200, all),
        posted(CONFIG, "too often", 400, Map.of("interval_seconds", 4)),
        posted(CONFIG, "no number", 400, Map.of("sync_interval_seconds", "often")),
        posted(CONFIG, "no switch", 400, Map.of("notify_on_signal", "perhaps")),
        posted(MODE, "an unknown mode", 400, Map.of("mode", "sometimes")),
        posted(MODE, "a mode", 200, Map.of("mode", "auto_execute")));
  }

  private static List<Call> asked() {
    Map<String, Object> check =
        Map.of("strategy", "ma_cross", "symbol", "BTC/USDT", "timeframe", "1m", "notify", true);
    String prices = PRICES + "?symbols=BTC/USDT,NONE/USDT&exchange_symbols=binance:ETH/USDT";
    return List.of(
        posted(CHECK, "a strategy", 200, check),
        posted(CHECK, "no pair", 400, Map.of("strategy", "ma_cross")),
        posted(CHECK, "an unknown strategy", 400, Map.of("strategy", "x", "symbol", "BTC/USDT")),
        posted(
            CHECK,
            "a wrong parameter",
            400,
            Map.of("symbol", "BTC/USDT", "config", Map.of("fast_ma", "x"))),
        call("GET", PRICES, "some", 200, by -> by.get(prices, by.asAdmin())),
        call(
            "GET",
            PRICES,
            "an unknown exchange",
            400,
            by -> by.get(PRICES + "?exchange_symbols=mtgox:BTC/USDT", by.asAdmin())));
  }

  private static List<Call> traded() {
    List<Call> calls = new ArrayList<>();
    for (String path : List.of(POSITIONS, HISTORY)) {
      calls.add(call("GET", path, "some", 200, by -> by.get(path + "?limit=5", by.asAdmin())));
      calls.add(
          call("GET", path, "too many", 400, by -> by.get(path + "?limit=501", by.asAdmin())));
      calls.add(call("GET", path, "no token", 401, by -> by.get(path)));
    }
    calls.add(
        call(
            "POST",
            CLOSE,
            "a position",
            200,
            by -> by.post(CLOSE, by.boughtPosition("SOL/USDT"), by.asAdmin())));
    Map<String, Object> nothing = Map.of("symbol", "BTC/USDT", "account_id", 999_999);
    calls.add(posted(CLOSE, "nothing that is open", 404, nothing));
    calls.add(posted(CLOSE, "no pair", 400, Map.of()));
    return calls;
  }

  private List<Call> executed() {
    return List.of(
        call(
            "POST",
            EXECUTE,
            "one that waits",
            200,
            by -> by.post(EXECUTE, Map.of("signal_id", held()), by.asAdmin())),
        posted(EXECUTE, "the same again", 409, Map.of("signal_id", HELD)),
        posted(EXECUTE, "unknown", 404, Map.of("signal_id", "SIG0000000000000000")),
        posted(EXECUTE, "none", 400, Map.of()));
  }

  private String held() {
    int made =
        database.age(
            "INSERT INTO trading.signal (signal_id, strategy_id, strategy_code, market_type, symbol,"
                + " side, signal_type, entry_price, timeframe, bar_closed_at, expires_at, status,"
                + " created_at, updated_at, held_at) SELECT '"
                + HELD
                + "', id, code, market_type, symbol, 'BUY', 'OPEN', 1, timeframe, now(), now() +"
                + " interval '1 hour', 'pending', now(), now(), now() FROM trading.strategy WHERE"
                + " deleted_at IS NULL ORDER BY id LIMIT 1");
    if (made != 1) {
      throw new AssertionError("signals made: " + made + " (expected: 1, of the first strategy)");
    }
    return HELD;
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
