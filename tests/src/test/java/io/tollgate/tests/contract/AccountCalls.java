package io.tollgate.tests.contract;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Requests of administrators about providers and accounts. */
final class AccountCalls {
  private static final String PROVIDERS = "/api/providers";
  private static final String ACCOUNTS = "/api/provider-accounts";
  private static final String OURS = ACCOUNTS + "?provider=contract";

  private AccountCalls() {}

  static List<Call> all() {
    List<Call> calls = new ArrayList<>(providers());
    calls.addAll(accounts());
    calls.addAll(routing());
    return calls;
  }

  private static List<Call> providers() {
    Map<String, Object> provider =
        Map.of("name", "contract", "protocols", List.of("openai"), "base_url", "http://h/v1");
    Operation create = new Operation("POST", PROVIDERS);
    Operation change = new Operation("PUT", PROVIDERS + "/{id}");
    Operation toggle = new Operation("PATCH", PROVIDERS + "/{id}/toggle");
    String ours = PROVIDERS + "?name=contract";
    return List.of(
        new Call(create, "a new one", 200, by -> by.post(PROVIDERS, provider, by.asAdmin())),
        new Call(create, "the same again", 409, by -> by.post(PROVIDERS, provider, by.asAdmin())),
        new Call(create, "no token", 401, by -> by.post(PROVIDERS, provider)),
        listed(PROVIDERS, "page_size=1&name=contract", 200),
        listed(PROVIDERS, "page=0", 400),
        new Call(
            change,
            "its protocols",
            200,
            by ->
                by.put(
                    by.firstOf(ours),
                    Map.of("protocols", List.of("openai", "responses")),
                    by.asAdmin())),
        new Call(
            change,
            "no protocol",
            400,
            by -> by.put(by.firstOf(ours), Map.of("protocols", List.of("soap")), by.asAdmin())),
        new Call(
            toggle, "off", 200, by -> by.patch(by.firstOf(ours) + "/toggle", "", by.asAdmin())),
        new Call(toggle, "on", 200, by -> by.patch(by.firstOf(ours) + "/toggle", "", by.asAdmin())),
        new Call(
            toggle,
            "unknown",
            404,
            by -> by.patch(PROVIDERS + "/999999/toggle", "", by.asAdmin())));
  }

  private static List<Call> accounts() {
    Map<String, Object> account =
        Map.of(
            "provider",
            "contract",
            "name",
            "main",
            "keys",
            List.of("contract-key-0123456789"),
            "headers",
            List.of(Map.of("name", "x-team", "value", "blue", "secret", true)),
            "models",
            List.of("contract-model"),
            "proxy_url",
            "socks5://127.0.0.1:1",
            "enabled",
            false);
    Operation create = new Operation("POST", ACCOUNTS);
    List<Call> calls = new ArrayList<>();
    calls.add(new Call(create, "a new one", 200, by -> by.post(ACCOUNTS, account, by.asAdmin())));
    calls.add(
        new Call(create, "the same again", 409, by -> by.post(ACCOUNTS, account, by.asAdmin())));
    calls.add(
        new Call(
            create,
            "no keys",
            400,
            by -> by.post(ACCOUNTS, Map.of("provider", "contract", "name", "x"), by.asAdmin())));
    calls.add(
        listed(ACCOUNTS, "provider=contract&state=healthy&enabled=false&protocol=openai", 200));
    calls.add(listed(ACCOUNTS, "model=contract-model&group=default&name=MAIN", 200));
    calls.add(listed(ACCOUNTS, "state=ill", 400));
    calls.addAll(
        pair(
            "GET",
            "",
            200,
            by -> by.get(by.firstOf(OURS), by.asAdmin()),
            401,
            by -> by.get(ACCOUNTS + "/1")));
    calls.addAll(
        pair(
            "PUT",
            "",
            200,
            by -> by.put(by.firstOf(OURS), Map.of("weight", 3), by.asAdmin()),
            400,
            by -> by.put(by.firstOf(OURS), Map.of("weight", 0), by.asAdmin())));
    calls.addAll(
        pair(
            "PATCH",
            "/toggle",
            200,
            by -> by.patch(by.firstOf(OURS) + "/toggle", Map.of("enabled", false), by.asAdmin()),
            404,
            by -> by.patch(ACCOUNTS + "/999999/toggle", "", by.asAdmin())));
    calls.addAll(
        pair(
            "POST",
            "/test",
            200,
            by -> by.post(by.firstOf(OURS) + "/test", Map.of("protocol", "openai"), by.asAdmin()),
            400,
            by -> by.post(by.firstOf(OURS) + "/test", Map.of("protocol", "soap"), by.asAdmin())));
    calls.addAll(
        pair(
            "POST",
            "/reset",
            200,
            by -> by.post(by.firstOf(OURS) + "/reset", "", by.asAdmin()),
            404,
            by -> by.post(ACCOUNTS + "/999999/reset", "", by.asAdmin())));
    calls.addAll(
        pair(
            "DELETE",
            "",
            200,
            by -> by.delete(by.firstOf(OURS), by.asAdmin()),
            404,
            by -> by.delete(ACCOUNTS + "/999999", by.asAdmin())));
    return calls;
  }

  private static List<Call> routing() {
    String path = "/api/tenants/1/routing";
    Operation get = new Operation("GET", "/api/tenants/{id}/routing");
    Operation set = new Operation("PUT", "/api/tenants/{id}/routing");
    return List.of(
        new Call(get, "a tenant's", 200, by -> by.get(path, by.asAdmin())),
        new Call(get, "unknown", 404, by -> by.get("/api/tenants/999999/routing", by.asAdmin())),
        new Call(
            set,
            "the usual",
            200,
            by -> by.put(path, Map.of("strategy", "weighted"), by.asAdmin())),
        new Call(set, "luck", 400, by -> by.put(path, Map.of("strategy", "luck"), by.asAdmin())));
  }

  private static Call listed(String path, String query, int status) {
    return new Call(
        new Operation("GET", path), query, status, by -> by.get(path + "?" + query, by.asAdmin()));
  }

  private static List<Call> pair(
      String method,
      String more,
      int good,
      Function<Requests, HttpRequest> well,
      int bad,
      Function<Requests, HttpRequest> badly) {
    Operation operation = new Operation(method, ACCOUNTS + "/{id}" + more);
    return List.of(
        new Call(operation, "one that is there", good, well),
        new Call(operation, "badly", bad, badly));
  }
}
