package io.tollgate.tests.contract;

import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests of administrators about what tenants want done with requests. */
final class RuleCalls {
  private RuleCalls() {}

  static List<Call> all() {
    List<Call> calls = new ArrayList<>(caches());
    calls.addAll(filters());
    calls.addAll(prompts());
    return calls;
  }

  private static List<Call> prompts() {
    String path = "/api/prompt-rules";
    Operation list = new Operation("GET", path);
    Operation set = new Operation("PUT", path);
    Operation remove = new Operation("DELETE", path + "/{id}");
    Operation show = new Operation("GET", "/api/kept-prompts/{request_id}");
    Operation purge = new Operation("DELETE", "/api/kept-prompts");
    String unknown = "/api/kept-prompts/019ac1f4-8a5e-7b30-9a40-5f6d2b1c0e77";
    Map<String, Object> rule = Map.of("tenant_id", 1, "ttl_seconds", 60);
    Map<String, Object> nobody = Map.of("tenant_id", 999_999, "ttl_seconds", 60);
    return List.of(
        new Call(set, "a tenant's", 200, by -> by.put(path, rule, by.asAdmin())),
        new Call(set, "nothing", 400, by -> by.put(path, Map.of(), by.asAdmin())),
        new Call(set, "of nobody", 404, by -> by.put(path, nobody, by.asAdmin())),
        new Call(set, "no token", 401, by -> by.put(path, rule)),
        new Call(list, "a page", 200, by -> by.get(path + "?tenant_id=1", by.asAdmin())),
        new Call(list, "no page", 400, by -> by.get(path + "?page=0", by.asAdmin())),
        new Call(list, "no token", 401, by -> by.get(path)),
        new Call(show, "one that is kept", 200, RuleCalls::keptPrompt),
        new Call(show, "unknown", 404, by -> by.get(unknown, by.asAdmin())),
        new Call(show, "no id", 404, by -> by.get("/api/kept-prompts/x", by.asAdmin())),
        new Call(show, "no token", 401, by -> by.get(unknown)),
        new Call(
            purge,
            "a user's",
            200,
            by -> by.delete(purge.path() + "?tenant_id=1&user_id=1001", by.asAdmin())),
        new Call(purge, "nobody's", 400, by -> by.delete(purge.path(), by.asAdmin())),
        new Call(purge, "no token", 401, by -> by.delete(purge.path() + "?tenant_id=1")),
        new Call(remove, "the one set", 200, by -> by.delete(by.firstOf(path), by.asAdmin())),
        new Call(remove, "unknown", 404, by -> by.delete(path + "/999999", by.asAdmin())),
        new Call(remove, "no token", 401, by -> by.delete(path + "/1")));
  }

  /** Asks something that is kept, and for it when it is. */
  private static HttpRequest keptPrompt(Requests by) {
    Map<String, Object> chat =
        Map.of(
            "model",
            "gpt-4o-mini",
            "max_tokens",
            1,
            "messages",
            List.of(Map.of("role", "user", "content", "What is kept?")));
    String id = by.send(by.chat(0, chat)).headers().firstValue("X-Request-Id").orElseThrow();
    HttpRequest kept = by.get("/api/kept-prompts/" + id, by.asAdmin());
    await("written").until(() -> by.send(kept).statusCode() == 200);
    return kept;
  }

  private static List<Call> filters() {
    String path = "/api/filter-rules";
    Operation list = new Operation("GET", path);
    Operation set = new Operation("PUT", path);
    Operation remove = new Operation("DELETE", path + "/{id}");
    // of nobody who asks: the tenant's own rule is switched off
    Map<String, Object> rule =
        Map.of("tenant_id", 1, "url", "https://filter.example/", "enabled", false);
    Map<String, Object> plain = Map.of("tenant_id", 1, "url", "http://filter.example/");
    Map<String, Object> nobody = Map.of("tenant_id", 999_999, "url", "https://filter.example/");
    return List.of(
        new Call(set, "a tenant's", 200, by -> by.put(path, rule, by.asAdmin())),
        new Call(set, "again", 200, by -> by.put(path, rule, by.asAdmin())),
        new Call(set, "without TLS", 400, by -> by.put(path, plain, by.asAdmin())),
        new Call(set, "nothing", 400, by -> by.put(path, Map.of(), by.asAdmin())),
        new Call(set, "of nobody", 404, by -> by.put(path, nobody, by.asAdmin())),
        new Call(set, "no token", 401, by -> by.put(path, rule)),
        new Call(list, "a page", 200, by -> by.get(path + "?tenant_id=1", by.asAdmin())),
        new Call(list, "no page", 400, by -> by.get(path + "?page=0", by.asAdmin())),
        new Call(list, "no token", 401, by -> by.get(path)),
        new Call(remove, "the one set", 200, by -> by.delete(by.firstOf(path), by.asAdmin())),
        new Call(remove, "unknown", 404, by -> by.delete(path + "/999999", by.asAdmin())),
        new Call(remove, "no token", 401, by -> by.delete(path + "/1")));
  }

  private static List<Call> caches() {
    String path = "/api/cache-rules";
    Operation list = new Operation("GET", path);
    Operation set = new Operation("PUT", path);
    Operation remove = new Operation("DELETE", path + "/{id}");
    Operation purge = new Operation("POST", path + "/{id}/purge");
    Map<String, Object> rule = Map.of("tenant_id", 1, "ttl_seconds", 60, "hit_share", "0.25");
    Map<String, Object> much = Map.of("tenant_id", 1, "ttl_seconds", 60, "hit_share", 2);
    Map<String, Object> nobody = Map.of("tenant_id", 999_999, "ttl_seconds", 60, "hit_share", 0);
    return List.of(
        new Call(set, "a tenant's", 200, by -> by.put(path, rule, by.asAdmin())),
        new Call(set, "too much", 400, by -> by.put(path, much, by.asAdmin())),
        new Call(set, "nothing", 400, by -> by.put(path, Map.of(), by.asAdmin())),
        new Call(set, "of nobody", 404, by -> by.put(path, nobody, by.asAdmin())),
        new Call(set, "no token", 401, by -> by.put(path, rule)),
        new Call(list, "a page", 200, by -> by.get(path + "?tenant_id=1", by.asAdmin())),
        new Call(list, "no page", 400, by -> by.get(path + "?page=0", by.asAdmin())),
        new Call(list, "no token", 401, by -> by.get(path)),
        new Call(
            purge,
            "the one set",
            200,
            by -> by.post(by.firstOf(path) + "/purge", "", by.asAdmin())),
        new Call(purge, "unknown", 404, by -> by.post(path + "/999999/purge", "", by.asAdmin())),
        new Call(purge, "no token", 401, by -> by.post(path + "/1/purge", "")),
        new Call(remove, "the one set", 200, by -> by.delete(by.firstOf(path), by.asAdmin())),
        new Call(remove, "unknown", 404, by -> by.delete(path + "/999999", by.asAdmin())),
        new Call(remove, "no token", 401, by -> by.delete(path + "/1")));
  }
}
