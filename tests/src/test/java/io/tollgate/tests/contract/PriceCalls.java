package io.tollgate.tests.contract;

import io.tollgate.tests.installation.Client;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests of administrators about prices and what accounts cost. */
final class PriceCalls {
  private static final Operation SHEETS = new Operation("POST", "/api/prices");
  private static final Operation PREVIEW = new Operation("POST", "/api/prices/preview");
  private static final Operation SHEET = new Operation("PUT", "/api/prices/{id}");
  private static final Operation REMOVED = new Operation("DELETE", "/api/prices/{id}");
  private static final Operation IMPORT = new Operation("POST", "/api/prices/import");
  private static final Operation MULTIPLIER = new Operation("PUT", "/api/price-multipliers");
  private static final Operation PLAIN = new Operation("DELETE", "/api/price-multipliers/{id}");
  private static final Map<String, Object> ROW =
      Map.of(
          "id",
          "contract-model",
          "platform",
          "openai",
          "owned_by",
          "me",
          "context_tokens",
          1_000,
          "max_output_tokens",
          100,
          "usd_per_million",
          Map.of("input", "0.5", "output", 2),
          "usd_each",
          Map.of("images", 0.25),
          "effective_from",
          "2030-01-01T00:00:00Z");
  private static final Map<String, Object> LIST =
      Map.of(
          "as_of",
          "2026-12-01",
          "currency",
          "USD",
          "models",
          List.of(
              Map.of(
                  "id",
                  "contract-imported",
                  "platform",
                  "openai",
                  "owned_by",
                  "me",
                  "context_tokens",
                  "1000",
                  "max_output_tokens",
                  "100",
                  "usd_per_million",
                  Map.of("input", "1", "output", "2"))));

  private PriceCalls() {}

  static List<Call> all() {
    List<Call> calls = new ArrayList<>();
    calls.addAll(read("/api/models", "model=gpt-4o-mini", "at=tomorrow"));
    calls.addAll(read("/api/prices", "model=contract-model", "page=0"));
    calls.addAll(read("/api/price-multipliers", "tenant_id=1&page_size=2", "user_id=none"));
    calls.addAll(sheets());
    calls.addAll(imports());
    calls.addAll(multipliers());
    calls.addAll(costs());
    return calls;
  }

  private static List<Call> read(String path, String query, String badQuery) {
    Operation operation = new Operation("GET", path);
    return List.of(
        new Call(operation, query, 200, by -> by.get(path + "?" + query, by.asAdmin())),
        new Call(operation, badQuery, 400, by -> by.get(path + "?" + badQuery, by.asAdmin())),
        new Call(operation, "no token", 401, by -> by.get(path)));
  }

  private static List<Call> sheets() {
    String unknown = "/api/prices/999999";
    String preview = PREVIEW.path();
    return List.of(
        new Call(PREVIEW, "a row", 200, by -> by.post(preview, ROW, by.asAdmin())),
        new Call(PREVIEW, "nothing", 400, by -> by.post(preview, Map.of(), by.asAdmin())),
        new Call(PREVIEW, "no token", 401, by -> by.post(preview, ROW)),
        new Call(SHEETS, "a row", 200, by -> by.post(SHEETS.path(), ROW, by.asAdmin())),
        new Call(SHEETS, "twice", 409, by -> by.post(SHEETS.path(), ROW, by.asAdmin())),
        new Call(SHEETS, "nothing", 400, by -> by.post(SHEETS.path(), Map.of(), by.asAdmin())),
        new Call(SHEETS, "no token", 401, by -> by.post(SHEETS.path(), ROW)),
        new Call(SHEET, "the one made", 200, by -> by.put(made(by, "prices"), ROW, by.asAdmin())),
        new Call(SHEET, "a bad row", 400, by -> by.put(unknown, Map.of(), by.asAdmin())),
        new Call(SHEET, "unknown", 404, by -> by.put(unknown, ROW, by.asAdmin())),
        new Call(SHEET, "no token", 401, by -> by.put(unknown, ROW)),
        new Call(REMOVED, "the one made", 200, by -> by.delete(made(by, "prices"), by.asAdmin())),
        new Call(REMOVED, "unknown", 404, by -> by.delete(unknown, by.asAdmin())),
        new Call(REMOVED, "no token", 401, by -> by.delete(unknown)));
  }

  private static List<Call> imports() {
    String dry = "/api/prices/import?dry_run=true";
    return List.of(
        new Call(IMPORT, "dry", 200, by -> by.post(dry, LIST, by.asAdmin())),
        new Call(IMPORT, "made", 200, by -> by.post(IMPORT.path(), LIST, by.asAdmin())),
        new Call(IMPORT, "no list", 400, by -> by.post(dry, Map.of(), by.asAdmin())),
        new Call(IMPORT, "no token", 401, by -> by.post(dry, LIST)));
  }

  private static List<Call> multipliers() {
    Map<String, Object> one = Map.of("tenant_id", 1, "multiplier", "1");
    Map<String, Object> much = Map.of("tenant_id", 1, "multiplier", 11);
    Map<String, Object> nobody = Map.of("tenant_id", 999_999, "multiplier", 1);
    String path = MULTIPLIER.path();
    return List.of(
        new Call(MULTIPLIER, "a tenant's", 200, by -> by.put(path, one, by.asAdmin())),
        new Call(MULTIPLIER, "too much", 400, by -> by.put(path, much, by.asAdmin())),
        new Call(MULTIPLIER, "of nobody", 404, by -> by.put(path, nobody, by.asAdmin())),
        new Call(MULTIPLIER, "no token", 401, by -> by.put(path, one)),
        new Call(
            PLAIN,
            "the one set",
            200,
            by -> by.delete(made(by, "price-multipliers"), by.asAdmin())),
        new Call(PLAIN, "unknown", 404, by -> by.delete(path + "/999999", by.asAdmin())),
        new Call(PLAIN, "no token", 401, by -> by.delete(path + "/1")));
  }

  private static List<Call> costs() {
    Operation daily = new Operation("GET", "/api/account-costs/{id}/daily");
    String path = "/api/account-costs/1/daily";
    return List.of(
        new Call(daily, "all days", 200, by -> by.get(path, by.asAdmin())),
        new Call(daily, "two days", 200, by -> by.get(path + "?days=2", by.asAdmin())),
        new Call(daily, "too many", 400, by -> by.get(path + "?days=91", by.asAdmin())),
        new Call(daily, "no token", 401, by -> by.get(path)));
  }

  /** The path of the newest price sheet or multiplier. */
  private static String made(Requests by, String what) {
    HttpRequest list = by.get("/api/" + what, by.asAdmin());
    String id = Client.json(by.send(list)).required("data").required(0).required("id").asString();
    return "/api/" + what + "/" + id;
  }
}
