package io.tollgate.tests.contract;

import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Requests of administrators about point cards, teams, profit pools, rewards, withdrawals and quota
 * plans. To be made after a profit was told and a withdrawal was asked for.
 */
final class MemberCalls {
  private static final String NEWEST = "/api/users?tenant_id=1&page_size=1";
  private static final String NOBODY = "/api/users/999999";
  private static final String NO_TENANT = "/api/tenants/999999";
  private static final Map<String, Object> SELF =
      Map.of("amount", new BigDecimal("5.00000001"), "card_type", "self", "reason", "contract");

  private MemberCalls() {}

  static List<Call> all() {
    List<Call> calls = new ArrayList<>(points());
    calls.addAll(members());
    calls.addAll(pools());
    calls.addAll(withdrawals());
    calls.addAll(terms());
    calls.addAll(plans());
    calls.addAll(roots());
    calls.addAll(batches());
    calls.addAll(list("/api/user-analytics/overview", "tenant_id=1&days=7", "days=6"));
    calls.addAll(list("/api/user-analytics/ranking", "rank_by=reward&limit=5", "limit=4"));
    calls.addAll(list("/api/user-analytics/growth", "days=90", "days=91"));
    return calls;
  }

  private static List<Call> points() {
    Operation tenant = post("/api/tenants/{id}/recharge");
    Operation user = post("/api/users/{id}/recharge");
    Operation shown = get("/api/tenants/{id}/points");
    Map<String, Object> nothing = Map.of("amount", 0, "card_type", "self");
    List<Call> calls =
        new ArrayList<>(
            list("/api/pointcard-logs", "owner=users&change_type=recharge", "change_type=7"));
    calls.addAll(list("/api/pointcard-logs/stats", "tenant_id=1", "owner=nobody"));
    calls.add(
        call(
            tenant,
            "self",
            200,
            by -> by.post("/api/tenants/1/recharge", SELF, with(by, "points-1"))));
    calls.add(
        call(
            tenant,
            "the same again",
            200,
            by -> by.post("/api/tenants/1/recharge", SELF, with(by, "points-1"))));
    calls.add(
        call(
            tenant,
            "another with its key",
            409,
            by ->
                by.post(
                    "/api/tenants/1/recharge",
                    Map.of("amount", 6, "card_type", "gift"),
                    with(by, "points-1"))));
    calls.add(
        call(
            tenant,
            "nothing",
            400,
            by -> by.post("/api/tenants/1/recharge", nothing, by.asAdmin())));
    calls.add(
        call(tenant, "unknown", 404, by -> by.post(NO_TENANT + "/recharge", SELF, by.asAdmin())));
    calls.add(call(shown, "one", 200, by -> by.get("/api/tenants/1/points", by.asAdmin())));
    calls.add(call(shown, "unknown", 404, by -> by.get(NO_TENANT + "/points", by.asAdmin())));
    calls.add(
        call(
            user,
            "self",
            200,
            by -> by.post(by.firstOf(NEWEST) + "/recharge", SELF, with(by, "points-2"))));
    calls.add(
        call(
            user,
            "more than the tenant has",
            402,
            by ->
                by.post(
                    by.firstOf(NEWEST) + "/recharge",
                    Map.of("amount", 90_000_000, "card_type", "gift"),
                    by.asAdmin())));
    calls.add(
        call(
            user,
            "of no type",
            400,
            by ->
                by.post(
                    NOBODY + "/recharge", Map.of("amount", 1, "card_type", "x"), by.asAdmin())));
    calls.add(call(user, "unknown", 404, by -> by.post(NOBODY + "/recharge", SELF, by.asAdmin())));
    return calls;
  }

  private static List<Call> members() {
    Operation team = get("/api/users/{id}/team");
    Operation member = get("/api/users/{id}/member");
    Operation node = post("/api/users/{id}/set-market-node");
    Map<String, Object> on = Map.of("is_node", true);
    return List.of(
        call(team, "one", 200, by -> by.get(by.firstOf(NEWEST) + "/team", by.asAdmin())),
        call(team, "page 0", 400, by -> by.get(NOBODY + "/team?page=0", by.asAdmin())),
        call(team, "unknown", 404, by -> by.get(NOBODY + "/team", by.asAdmin())),
        call(member, "one", 200, by -> by.get(by.firstOf(NEWEST) + "/member", by.asAdmin())),
        call(member, "unknown", 404, by -> by.get(NOBODY + "/member", by.asAdmin())),
        call(
            node,
            "one",
            200,
            by -> by.post(by.firstOf(NEWEST) + "/set-market-node", on, by.asAdmin())),
        call(
            node,
            "not said",
            400,
            by -> by.post(NOBODY + "/set-market-node", Map.of(), by.asAdmin())),
        call(node, "unknown", 404, by -> by.post(NOBODY + "/set-market-node", on, by.asAdmin())));
  }

  private static List<Call> pools() {
    String path = "/api/profit-pools";
    String first = path + "?page_size=1";
    Operation one = get(path + "/{id}");
    Operation retry = post(path + "/{id}/retry");
    List<Call> calls = new ArrayList<>(list(path, "state=distributed&count=true", "state=wet"));
    calls.addAll(list(path + "/stats", "tenant_id=1", "tenant_id=x"));
    calls.addAll(list("/api/rewards", "reward_type=platform_retain", "reward_type=much"));
    calls.add(call(one, "one", 200, by -> by.get(by.firstOf(first), by.asAdmin())));
    calls.add(call(one, "unknown", 404, by -> by.get(path + "/999999", by.asAdmin())));
    calls.add(
        call(retry, "one", 200, by -> by.post(by.firstOf(first) + "/retry", "", by.asAdmin())));
    calls.add(call(retry, "unknown", 404, by -> by.post(path + "/999999/retry", "", by.asAdmin())));
    return calls;
  }

  private static List<Call> withdrawals() {
    String path = "/api/withdrawals";
    String waiting = path + "?status=waiting&page_size=1";
    String approved = path + "?status=approved&page_size=1";
    String unknown = path + "/999999";
    Operation one = get(path + "/{id}");
    Operation approve = post(path + "/{id}/approve");
    Operation reject = post(path + "/{id}/reject");
    Operation complete = post(path + "/{id}/complete");
    Map<String, Object> why = Map.of("reason", "contract");
    Map<String, Object> hash = Map.of("tx_hash", "5f2b0c6e");
    List<Call> calls = new ArrayList<>(list(path, "status=0&count=true", "status=lost"));
    calls.add(call(one, "one", 200, by -> by.get(by.firstOf(path + "?page_size=1"), by.asAdmin())));
    calls.add(call(one, "unknown", 404, by -> by.get(unknown, by.asAdmin())));
    calls.add(
        call(
            approve,
            "one",
            200,
            by -> by.post(by.firstOf(waiting) + "/approve", "", by.asAdmin())));
    calls.add(call(approve, "unknown", 404, by -> by.post(unknown + "/approve", "", by.asAdmin())));
    calls.add(
        call(
            complete,
            "one",
            200,
            by -> by.post(by.firstOf(approved) + "/complete", hash, by.asAdmin())));
    calls.add(
        call(
            complete,
            "no hash",
            400,
            by -> by.post(unknown + "/complete", Map.of(), by.asAdmin())));
    calls.add(
        call(complete, "unknown", 404, by -> by.post(unknown + "/complete", hash, by.asAdmin())));
    calls.add(
        call(
            reject, "one", 200, by -> by.post(by.firstOf(waiting) + "/reject", why, by.asAdmin())));
    calls.add(
        call(reject, "no reason", 400, by -> by.post(unknown + "/reject", Map.of(), by.asAdmin())));
    calls.add(call(reject, "unknown", 404, by -> by.post(unknown + "/reject", why, by.asAdmin())));
    return calls;
  }

  private static List<Call> terms() {
    String path = "/api/tenants/1/reward-terms";
    Operation show = get("/api/tenants/{id}/reward-terms");
    Operation set = new Operation("PUT", "/api/tenants/{id}/reward-terms");
    return List.of(
        call(show, "one", 200, by -> by.get(path, by.asAdmin())),
        call(show, "unknown", 404, by -> by.get(NO_TENANT + "/reward-terms", by.asAdmin())),
        call(set, "a limit", 200, by -> by.put(path, Map.of("daily_limit", 5_000), by.asAdmin())),
        call(set, "no rate", 400, by -> by.put(path, Map.of("profit_rate", 2), by.asAdmin())),
        call(
            set,
            "unknown",
            404,
            by -> by.put(NO_TENANT + "/reward-terms", Map.of(), by.asAdmin())));
  }

  private static List<Call> plans() {
    String path = "/api/quota-plans";
    Operation create = post(path);
    Operation change = new Operation("PUT", path + "/{id}");
    Operation toggle = new Operation("PATCH", path + "/{id}/toggle");
    Operation assign = post("/api/tenants/{id}/assign-plan");
    Map<String, Object> order = Map.of("code", "contract", "name", "Contract");
    Map<String, Object> off = Map.of("active", false);
    Map<String, Object> first = Map.of("plan_id", 1);
    List<Call> calls = new ArrayList<>();
    calls.add(call(create, "one", 200, by -> by.post(path, order, by.asAdmin())));
    calls.add(call(create, "again", 409, by -> by.post(path, order, by.asAdmin())));
    calls.add(call(create, "no name", 400, by -> by.post(path, Map.of("code", "c"), by.asAdmin())));
    calls.addAll(list(path, "active=true", "active=perhaps"));
    calls.add(
        call(
            change,
            "one",
            200,
            by ->
                by.put(by.firstOf(path + "?page_size=1"), Map.of("max_users", 500), by.asAdmin())));
    calls.add(
        call(
            change,
            "less than nothing",
            400,
            by -> by.put(by.firstOf(path), Map.of("max_users", -1), by.asAdmin())));
    calls.add(call(change, "unknown", 404, by -> by.put(path + "/999999", off, by.asAdmin())));
    calls.add(
        call(
            toggle,
            "on",
            200,
            by ->
                by.patch(
                    by.firstOf(path + "?page_size=1") + "/toggle",
                    Map.of("active", true),
                    by.asAdmin())));
    calls.add(
        call(toggle, "unknown", 404, by -> by.patch(path + "/999999/toggle", off, by.asAdmin())));
    calls.addAll(list("/api/quota-usage/{tenant_id}", "/api/quota-usage/1", "days=7", "days=91"));
    calls.add(
        call(
            assign,
            "none",
            200,
            by ->
                by.post(
                    "/api/tenants/1/assign-plan",
                    Collections.singletonMap("plan_id", null),
                    by.asAdmin())));
    calls.add(
        call(
            assign,
            "not said",
            400,
            by -> by.post(NO_TENANT + "/assign-plan", Map.of(), by.asAdmin())));
    calls.add(
        call(
            assign,
            "unknown",
            404,
            by -> by.post(NO_TENANT + "/assign-plan", first, by.asAdmin())));
    return calls;
  }

  private static List<Call> roots() {
    String path = "/api/tenants/1/root-user";
    Operation show = get("/api/tenants/{id}/root-user");
    Operation set = new Operation("PUT", "/api/tenants/{id}/root-user");
    Map<String, Object> address = Map.of("email", "contract-root@demo.example");
    return List.of(
        call(show, "one", 200, by -> by.get(path, by.asAdmin())),
        call(show, "unknown", 404, by -> by.get(NO_TENANT + "/root-user", by.asAdmin())),
        call(set, "an address", 200, by -> by.put(path, address, by.asAdmin())),
        call(
            set,
            "that of another",
            409,
            by -> by.put(path, Map.of("email", "leader@demo.example"), by.asAdmin())),
        call(
            set,
            "none",
            400,
            by -> by.put(NO_TENANT + "/root-user", Map.of("email", "x"), by.asAdmin())),
        call(set, "unknown", 404, by -> by.put(NO_TENANT + "/root-user", address, by.asAdmin())));
  }

  private static List<Call> batches() {
    Operation toggle = post("/api/batch/toggle-users");
    Operation recharge = post("/api/batch/recharge-users");
    Map<String, Object> on = Map.of("user_ids", List.of(999_999), "active", true);
    Map<String, Object> points =
        Map.of("user_ids", List.of(999_999), "amount", 1, "card_type", "self");
    return List.of(
        call(toggle, "nobody", 200, by -> by.post(toggle.path(), on, by.asAdmin())),
        call(
            toggle,
            "none at all",
            400,
            by ->
                by.post(
                    toggle.path(), Map.of("user_ids", List.of(), "active", true), by.asAdmin())),
        call(recharge, "nobody", 200, by -> by.post(recharge.path(), points, by.asAdmin())),
        call(recharge, "no amount", 400, by -> by.post(recharge.path(), on, by.asAdmin())));
  }

  private static List<Call> list(String path, String query, String badQuery) {
    return list(path, path, query, badQuery);
  }

  private static List<Call> list(String pattern, String path, String query, String badQuery) {
    Operation operation = get(pattern);
    return List.of(
        call(operation, query, 200, by -> by.get(path + "?" + query, by.asAdmin())),
        call(operation, badQuery, 400, by -> by.get(path + "?" + badQuery, by.asAdmin())),
        call(operation, "no token", 401, by -> by.get(path)));
  }

  private static Call call(
      Operation operation, String what, int status, Function<Requests, HttpRequest> request) {
    return new Call(operation, what, status, request);
  }

  private static Operation get(String path) {
    return new Operation("GET", path);
  }

  private static Operation post(String path) {
    return new Operation("POST", path);
  }

  private static String[] with(Requests by, String key) {
    String[] admin = by.asAdmin();
    return new String[] {admin[0], admin[1], "Idempotency-Key", key};
  }
}
