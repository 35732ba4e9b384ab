package io.tollgate.tests.contract;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Requests of administrators about execution nodes, and of the nodes themselves. */
final class NodeCalls {
  /** That of the installation that is called. */
  static final String SECRET = "a secret of centre and nodes";

  private static final String NODES = "/api/nodes";
  private static final String NEWEST = NODES + "?sort=-id&page_size=1";
  private static final String NO_NODE = NODES + "/999999";
  private static final String MANY = "/api/exchange-accounts/batch-assign-node";

  private NodeCalls() {}

  static List<Call> all() {
    List<Call> calls = new ArrayList<>(registered());
    calls.addAll(heard());
    calls.addAll(assigned());
    calls.addAll(gone());
    return calls;
  }

  private static List<Call> registered() {
    Operation create = new Operation("POST", NODES);
    Operation put = new Operation("PUT", NODES + "/{id}");
    Operation list = new Operation("GET", NODES);
    Operation accounts = new Operation("GET", NODES + "/{id}/accounts");
    Map<String, Object> order =
        Map.of("node_code", "contract-1", "name", "One", "base_url", "https://node.example:9101/");
    Map<String, Object> change = Map.of("name", "First", "status", 1);
    Map<String, Object> bad = Map.of("base_url", "nowhere");
    return List.of(
        call(create, "one", 200, by -> by.post(NODES, order, by.asAdmin())),
        call(create, "again", 400, by -> by.post(NODES, order, by.asAdmin())),
        call(create, "no token", 401, by -> by.post(NODES, order)),
        call(list, "all", 200, by -> by.get(NODES + "?status=1", by.asAdmin())),
        call(list, "bad", 400, by -> by.get(NODES + "?status=perhaps", by.asAdmin())),
        call(put, "one", 200, by -> by.put(by.firstOf(NEWEST), change, by.asAdmin())),
        call(put, "bad", 400, by -> by.put(by.firstOf(NEWEST), bad, by.asAdmin())),
        call(put, "unknown", 404, by -> by.put(NO_NODE, change, by.asAdmin())),
        call(
            accounts,
            "none yet",
            200,
            by -> by.get(by.firstOf(NEWEST) + "/accounts", by.asAdmin())),
        call(accounts, "unknown", 404, by -> by.get(NO_NODE + "/accounts", by.asAdmin())));
  }

  private static List<Call> heard() {
    Operation beat = new Operation("POST", NODES + "/{node_code}/heartbeat");
    String one = NODES + "/contract-1/heartbeat";
    String none = NODES + "/contract-2/heartbeat";
    Map<String, Object> body = Map.of();
    return List.of(
        call(beat, "one", 200, by -> by.post(one, body, "X-Center-Token", SECRET)),
        call(beat, "unknown", 404, by -> by.post(none, body, "X-Center-Token", SECRET)),
        call(beat, "wrong", 401, by -> by.post(one, body, "X-Center-Token", "a secret")),
        call(beat, "no token", 401, by -> by.post(one, body)));
  }

  private static List<Call> assigned() {
    Operation one = new Operation("PUT", "/api/exchange-accounts/{id}/assign-node");
    Operation many = new Operation("POST", MANY);
    String newest = "/api/exchange-accounts?page_size=1";
    String nobody = "/api/exchange-accounts/999999/assign-node";
    Map<String, Object> center = Map.of("execution_node_id", 0);
    Map<String, Object> nowhere = Map.of("execution_node_id", 999_999);
    Map<String, Object> all = Map.of("account_ids", List.of(999_999), "execution_node_id", 0);
    Map<String, Object> bad = Map.of("account_ids", List.of(), "execution_node_id", 0);
    return List.of(
        call(
            one,
            "to the centre",
            200,
            by -> by.put(by.firstOf(newest) + "/assign-node", center, by.asAdmin())),
        call(one, "of nobody", 404, by -> by.put(nobody, center, by.asAdmin())),
        call(
            one,
            "to no node",
            404,
            by -> by.put(by.firstOf(newest) + "/assign-node", nowhere, by.asAdmin())),
        call(one, "to nothing", 400, by -> by.put(nobody, Map.of(), by.asAdmin())),
        call(many, "to the centre", 200, by -> by.post(MANY, all, by.asAdmin())),
        call(many, "none", 400, by -> by.post(MANY, bad, by.asAdmin())));
  }

  private static List<Call> gone() {
    Operation delete = new Operation("DELETE", NODES + "/{id}");
    return List.of(
        call(delete, "one", 200, by -> by.delete(by.firstOf(NEWEST), by.asAdmin())),
        call(delete, "unknown", 404, by -> by.delete(NO_NODE, by.asAdmin())));
  }

  private static Call call(
      Operation operation, String what, int status, Function<Requests, HttpRequest> request) {
    return new Call(operation, what, status, request);
  }
}
