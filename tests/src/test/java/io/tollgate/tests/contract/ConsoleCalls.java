package io.tollgate.tests.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Requests of the console's pages about tenants, books and what users ask. */
final class ConsoleCalls {
  private static final String UNKNOWN = "019ac1f4-8a5e-7b30-9a40-5f6d2b1c0e77";
  private static final String NEWEST = "/api/users?page_size=1";
  private static final String NOBODY = "/api/users/999999";
  private static final Map<String, Object> WHY = Map.of("reason", "contract");

  private ConsoleCalls() {}

  static List<Call> all() {
    List<Call> calls = new ArrayList<>(books());
    calls.addAll(support());
    calls.addAll(money());
    calls.addAll(tenants());
    calls.addAll(users());
    calls.addAll(devices());
    return calls;
  }

  private static List<Call> books() {
    Operation transfer = new Operation("GET", "/api/ledger/transfers/{id}");
    Operation account = new Operation("GET", "/api/ledger/accounts/{id}");
    String accounts = "/api/ledger/accounts";
    Operation state = new Operation("GET", "/api/ledger/state");
    Operation leases = new Operation("GET", "/api/leases");
    Operation lost = new Operation("POST", "/api/leases/{incarnation}/lost");
    Operation stream = new Operation("GET", "/api/dashboard/stream");
    String gone = "/api/leases/" + UNKNOWN + "/lost";
    Map<String, Object> typed = Map.of("incarnation", UNKNOWN, "reason", "contract");
    List<Call> calls = new ArrayList<>(list("/api/ledger/audits", "clean=true", "clean=perhaps"));
    calls.addAll(list("/api/owed", "tenant_id=1&page_size=5", "user_id=x"));
    calls.addAll(list("/api/grants", "count=true&page_size=3", "cursor=1"));
    calls.add(new Call(transfer, "one", 200, by -> by.get(transfer(by), by.asAdmin())));
    calls.add(
        new Call(
            transfer,
            "unknown",
            404,
            by -> by.get("/api/ledger/transfers/" + UNKNOWN, by.asAdmin())));
    calls.add(
        new Call(
            account,
            "a hot one",
            200,
            by -> by.get(by.firstOf(accounts + "?kind=revenue"), by.asAdmin())));
    calls.add(
        new Call(account, "unknown", 404, by -> by.get(accounts + "/999999999", by.asAdmin())));
    calls.add(new Call(account, "no token", 401, by -> by.get(accounts + "/1")));
    calls.add(new Call(state, "now", 200, by -> by.get("/api/ledger/state", by.asAdmin())));
    calls.add(new Call(state, "no token", 401, by -> by.get("/api/ledger/state")));
    calls.add(new Call(leases, "now", 200, by -> by.get("/api/leases", by.asAdmin())));
    calls.add(new Call(leases, "no token", 401, by -> by.get("/api/leases")));
    calls.add(new Call(lost, "of nobody", 200, by -> by.post(gone, typed, by.asAdmin())));
    calls.add(new Call(lost, "not typed", 400, by -> by.post(gone, WHY, by.asAdmin())));
    calls.add(new Call(stream, "no token", 401, by -> by.get("/api/dashboard/stream")));
    calls.add(
        new Call(
            stream,
            "of no tenant",
            400,
            by -> by.get("/api/dashboard/stream?tenant_id=x", by.asAdmin())));
    return calls;
  }

  private static List<Call> support() {
    Operation search = new Operation("GET", "/api/search");
    Operation explain = new Operation("GET", "/api/users/{id}/balance-explained");
    Operation canCall = new Operation("GET", "/api/users/{id}/can-call");
    return List.of(
        new Call(search, "a number", 200, by -> by.get("/api/search?q=1001", by.asAdmin())),
        new Call(search, "a key", 200, by -> by.get("/api/search?q=sk-AbCdEfGhIj", by.asAdmin())),
        new Call(search, "nothing", 400, by -> by.get("/api/search?q=%20", by.asAdmin())),
        new Call(search, "no token", 401, by -> by.get("/api/search?q=1001")),
        new Call(
            explain,
            "a user's",
            200,
            by -> by.get(by.firstOf(NEWEST) + "/balance-explained", by.asAdmin())),
        new Call(
            explain,
            "of no time",
            400,
            by -> by.get(NOBODY + "/balance-explained?since=soon", by.asAdmin())),
        new Call(
            explain, "unknown", 404, by -> by.get(NOBODY + "/balance-explained", by.asAdmin())),
        new Call(
            canCall,
            "a user",
            200,
            by ->
                by.get(
                    by.firstOf(NEWEST) + "/can-call?model=gpt-4o-mini&address=203.0.113.7",
                    by.asAdmin())),
        new Call(canCall, "no key", 400, by -> by.get(NOBODY + "/can-call?key=x", by.asAdmin())),
        new Call(canCall, "unknown", 404, by -> by.get(NOBODY + "/can-call", by.asAdmin())));
  }

  private static List<Call> money() {
    Operation forgive = new Operation("POST", "/api/users/{id}/forgive-owed");
    Operation give = new Operation("POST", "/api/users/{id}/grants");
    Map<String, Object> credit = Map.of("amount", "0.000000001", "reason", "contract");
    Map<String, Object> tokens = Map.of("asset", "TOKEN", "amount", 5, "reason", "contract");
    return List.of(
        new Call(
            give,
            "credit",
            200,
            by -> by.post(by.firstOf(NEWEST) + "/grants", credit, with(by, "console-1"))),
        new Call(
            give,
            "the same again",
            200,
            by -> by.post(by.firstOf(NEWEST) + "/grants", credit, with(by, "console-1"))),
        new Call(
            give,
            "another with its key",
            409,
            by -> by.post(by.firstOf(NEWEST) + "/grants", tokens, with(by, "console-1"))),
        new Call(
            give,
            "tokens",
            200,
            by -> by.post(by.firstOf(NEWEST) + "/grants", tokens, with(by, "console-2"))),
        new Call(give, "no key", 400, by -> by.post(NOBODY + "/grants", credit, by.asAdmin())),
        new Call(
            give,
            "no reason",
            400,
            by -> by.post(NOBODY + "/grants", Map.of("amount", 1), with(by, "x"))),
        new Call(give, "unknown", 404, by -> by.post(NOBODY + "/grants", credit, with(by, "x"))),
        new Call(
            forgive,
            "nothing owed",
            200,
            by -> by.post(by.firstOf(NEWEST) + "/forgive-owed", WHY, with(by, "console-3"))),
        new Call(
            forgive, "no key", 400, by -> by.post(NOBODY + "/forgive-owed", WHY, by.asAdmin())),
        new Call(
            forgive, "unknown", 404, by -> by.post(NOBODY + "/forgive-owed", WHY, with(by, "x"))));
  }

  private static List<Call> tenants() {
    String path = "/api/tenants";
    Operation create = new Operation("POST", path);
    Operation show = new Operation("GET", path + "/{id}");
    Operation change = new Operation("PUT", path + "/{id}");
    Operation toggle = new Operation("PATCH", path + "/{id}/toggle");
    Operation rotate = new Operation("POST", path + "/{id}/rotate-keys");
    String unknown = path + "/999999";
    String made = path + "?name=contract-made";
    Map<String, Object> order =
        Map.of("name", "contract-made", "currency", "USD", "zone", "Asia/Shanghai");
    Map<String, Object> off = Map.of("active", false);
    List<Call> calls = new ArrayList<>();
    calls.add(new Call(create, "one", 200, by -> by.post(path, order, by.asAdmin())));
    calls.add(new Call(create, "again", 409, by -> by.post(path, order, by.asAdmin())));
    calls.add(new Call(create, "no name", 400, by -> by.post(path, Map.of(), by.asAdmin())));
    calls.addAll(list(path, "name=contract&active=true", "active=perhaps"));
    calls.add(new Call(show, "one", 200, by -> by.get(by.firstOf(made), by.asAdmin())));
    calls.add(new Call(show, "unknown", 404, by -> by.get(unknown, by.asAdmin())));
    calls.add(
        new Call(
            change,
            "its rule",
            200,
            by -> by.put(by.firstOf(made), Map.of("in_doubt_rule", "manual"), by.asAdmin())));
    calls.add(
        new Call(
            change, "no zone", 400, by -> by.put(unknown, Map.of("zone", "Moon"), by.asAdmin())));
    calls.add(new Call(change, "unknown", 404, by -> by.put(unknown, Map.of(), by.asAdmin())));
    calls.add(
        new Call(
            rotate,
            "one",
            200,
            by -> by.post(by.firstOf(made) + "/rotate-keys", "", by.asAdmin())));
    calls.add(
        new Call(
            rotate, "unknown", 404, by -> by.post(unknown + "/rotate-keys", "", by.asAdmin())));
    calls.add(
        new Call(
            toggle, "off", 200, by -> by.patch(by.firstOf(made) + "/toggle", off, by.asAdmin())));
    calls.add(
        new Call(toggle, "unknown", 404, by -> by.patch(unknown + "/toggle", off, by.asAdmin())));
    return calls;
  }

  private static List<Call> users() {
    Operation create = new Operation("POST", "/api/users");
    Map<String, Object> order = Map.of("tenant_id", 1, "user_id", "contract-made");
    return List.of(
        new Call(create, "one", 200, by -> by.post("/api/users", order, by.asAdmin())),
        new Call(create, "again", 409, by -> by.post("/api/users", order, by.asAdmin())),
        new Call(create, "of no tenant", 400, by -> by.post("/api/users", Map.of(), by.asAdmin())));
  }

  private static List<Call> devices() {
    Operation list = new Operation("GET", "/api/users/{id}/devices");
    Operation end = new Operation("DELETE", "/api/users/{id}/devices/{device}");
    String nobody = NOBODY + "/devices";
    return List.of(
        new Call(
            list,
            "a user's",
            200,
            by -> {
              String device = by.connectedDevice(1);
              return by.get(device.substring(0, device.lastIndexOf('/')), by.asAdmin());
            }),
        new Call(list, "of nobody", 404, by -> by.get(nobody, by.asAdmin())),
        new Call(list, "no token", 401, by -> by.get(nobody)),
        new Call(end, "one", 200, by -> by.delete(by.connectedDevice(1), by.asAdmin())),
        new Call(
            end,
            "unknown",
            404,
            by -> by.delete(by.firstOf(NEWEST) + "/devices/" + UNKNOWN + ".1", by.asAdmin())),
        new Call(end, "no token", 401, by -> by.delete(nobody + "/1")));
  }

  private static List<Call> list(String path, String query, String badQuery) {
    Operation operation = new Operation("GET", path);
    return List.of(
        new Call(operation, query, 200, by -> by.get(path + "?" + query, by.asAdmin())),
        new Call(operation, badQuery, 400, by -> by.get(path + "?" + badQuery, by.asAdmin())),
        new Call(operation, "no token", 401, by -> by.get(path)));
  }

  private static String transfer(Requests by) {
    return "/api/ledger/transfers/"
        + by.textOfFirst("/api/ledger/entries?page_size=1", "transfer_id");
  }

  private static String[] with(Requests by, String key) {
    return Stream.concat(Stream.of(by.asAdmin()), Stream.of("Idempotency-Key", key))
        .toArray(String[]::new);
  }
}
