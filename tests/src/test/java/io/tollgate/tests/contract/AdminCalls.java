package io.tollgate.tests.contract;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests of administrators. To be made after those to the relay, so that there is a log. */
final class AdminCalls {
  private static final Operation LOGIN = new Operation("POST", "/api/auth/login");
  private static final Operation PASSWORD = new Operation("POST", "/api/auth/change-password");
  private static final int FAILURES_THAT_LOCK = 5;

  private AdminCalls() {}

  static List<Call> all() {
    List<Call> calls = new ArrayList<>(sessions());
    calls.addAll(list("/api/request-logs", "model=gpt-4o-mini&count=true&page_size=2", "page=0"));
    calls.addAll(list("/api/ledger/accounts", "owner=tenant&kind=revenue", "kind=none"));
    calls.addAll(list("/api/ledger/entries", "start=2026-01-01T00:00:00Z", "transfer_id=1"));
    calls.add(good("/api/request-logs", "status=402"));
    calls.add(good("/api/request-logs", "end=1"));
    calls.add(good("/api/request-logs", "error_code=INVALID_API_KEY&status=401"));
    calls.addAll(list("/api/request-logs/export", "status=401", "format=xml"));
    calls.add(good("/api/request-logs/export", "format=parquet&end=1"));
    calls.addAll(list("/api/request-logs/stats", "group_by=model", "group_by=weather"));
    calls.add(good("/api/request-logs/stats", "start=2026-01-01T00:00:00Z&group_by=hour"));
    calls.addAll(logged());
    calls.addAll(charged());
    calls.addAll(list("/api/models/standing", "sort=-requests", "sort=mood"));
    calls.addAll(kept());
    calls.add(good("/api/ledger/accounts", "page_size=500"));
    calls.add(good("/api/ledger/entries", "count=true&page=2&page_size=3"));
    calls.addAll(list("/api/records", "type=paid&count=true&page_size=2", "type=some"));
    calls.addAll(list("/api/dashboard/summary", "tenant_id=1", "tenant_id=x"));
    calls.addAll(list("/api/dashboard/trends", "days=7", "days=6"));
    calls.add(good("/api/dashboard/trends", "tenant_id=1&days=90"));
    calls.addAll(inDoubt());
    calls.addAll(spendLimits());
    calls.addAll(PriceCalls.all());
    calls.addAll(RuleCalls.all());
    calls.addAll(apiKeys());
    calls.addAll(grants());
    calls.addAll(MemberCalls.all());
    calls.addAll(TradingCalls.all());
    calls.addAll(NodeCalls.all());
    calls.addAll(BacktestCalls.all());
    calls.addAll(AccountCalls.all());
    calls.addAll(audit());
    calls.addAll(log());
    calls.addAll(settings());
    calls.addAll(passwords());
    calls.addAll(locked());
    return calls;
  }

  private static List<Call> sessions() {
    Operation me = new Operation("GET", "/api/auth/me");
    Operation goodbye = new Operation("GET", "/api/auth/logout");
    Operation logout = new Operation("POST", "/api/auth/logout");
    return List.of(
        new Call(LOGIN, "right", 200, Requests::login),
        new Call(LOGIN, "no name", 400, by -> by.post("/api/auth/login", Map.of())),
        new Call(LOGIN, "wrong", 401, by -> by.login("admin", "wrong-password")),
        new Call(me, "in a session", 200, by -> by.get("/api/auth/me", by.asAdmin())),
        new Call(me, "no token", 401, by -> by.get("/api/auth/me")),
        new Call(goodbye, "whoever", 200, by -> by.get("/api/auth/logout")),
        new Call(goodbye, "another method", 405, by -> by.delete("/api/auth/logout")),
        new Call(
            logout, "in a session", 200, by -> by.post("/api/auth/logout", "", by.asAdminAnew())),
        new Call(logout, "no token", 401, by -> by.post("/api/auth/logout", "")));
  }

  private static List<Call> logged() {
    Operation one = new Operation("GET", "/api/request-logs/{request_id}");
    String unknown = "/api/request-logs/019ac1f4-8a5e-7b30-9a40-5f6d2b1c0e77";
    return List.of(
        new Call(one, "there", 200, by -> by.get(by.loggedRequest(), by.asAdmin())),
        new Call(one, "unknown", 404, by -> by.get(unknown, by.asAdmin())),
        new Call(one, "no id", 400, by -> by.get("/api/request-logs/x", by.asAdmin())),
        new Call(one, "no token", 401, by -> by.get(unknown)));
  }

  private static List<Call> charged() {
    Operation charge = new Operation("GET", "/api/request-logs/{request_id}/charge");
    Operation refund = new Operation("POST", "/api/request-logs/{request_id}/refund");
    String unknown = "/api/request-logs/019ac1f4-8a5e-7b30-9a40-5f6d2b1c0e77";
    Map<String, String> reason = Map.of("reason", "asked for");
    return List.of(
        new Call(
            charge, "settled", 200, by -> by.get(by.chargedRequest() + "/charge", by.asAdmin())),
        new Call(charge, "unknown", 404, by -> by.get(unknown + "/charge", by.asAdmin())),
        new Call(charge, "no token", 401, by -> by.get(unknown + "/charge")),
        new Call(refund, "settled", 200, by -> refunded(by, "contract-charge", reason)),
        new Call(refund, "again", 409, by -> refunded(by, "contract-again", reason)),
        new Call(refund, "no reason", 400, by -> refunded(by, "contract-none", Map.of())),
        new Call(refund, "no token", 401, by -> by.post(unknown + "/refund", reason)));
  }

  private static HttpRequest refunded(Requests by, String key, Map<String, String> body) {
    String[] admin = by.asAdmin();
    return by.post(
        by.chargedRequest() + "/refund", body, admin[0], admin[1], "Idempotency-Key", key);
  }

  private static List<Call> kept() {
    String path = "/api/request-logs/comparisons";
    Operation compare = new Operation("POST", path);
    String days = "/api/tenants/1/request-log";
    Operation get = new Operation("GET", "/api/tenants/{id}/request-log");
    Operation set = new Operation("PUT", "/api/tenants/{id}/request-log");
    String unknown = "/api/tenants/999999/request-log";
    List<Call> calls = new ArrayList<>();
    calls.add(
        new Call(
            compare,
            "a day without requests",
            200,
            by -> by.post(path, Map.of("day", "2026-01-01"), by.asAdmin())));
    calls.add(
        new Call(compare, "no day", 400, by -> by.post(path, Map.of("day", "soon"), by.asAdmin())));
    calls.addAll(list(path, "differing=true&page_size=2", "differing=maybe"));
    calls.add(new Call(get, "a tenant", 200, by -> by.get(days, by.asAdmin())));
    calls.add(new Call(get, "unknown", 404, by -> by.get(unknown, by.asAdmin())));
    calls.add(new Call(set, "a year", 200, by -> by.put(days, Map.of("days", 365), by.asAdmin())));
    calls.add(
        new Call(set, "none at all", 400, by -> by.put(days, Map.of("days", 0), by.asAdmin())));
    return calls;
  }

  private static List<Call> list(String path, String query, String badQuery) {
    Operation operation = new Operation("GET", path);
    return List.of(
        good(path, query),
        new Call(operation, badQuery, 400, by -> by.get(path + "?" + badQuery, by.asAdmin())),
        new Call(operation, "no token", 401, by -> by.get(path)));
  }

  private static Call good(String path, String query) {
    return new Call(
        new Operation("GET", path), query, 200, by -> by.get(path + "?" + query, by.asAdmin()));
  }

  private static List<Call> inDoubt() {
    Operation resolve = new Operation("POST", "/api/in-doubt/{request_id}/resolve");
    String unknown = "/api/in-doubt/019ac1f4-8a5e-7b30-9a40-5f6d2b1c0e77/resolve";
    List<Call> calls = new ArrayList<>(list("/api/in-doubt", "count=true", "cursor=1"));
    calls.addAll(list("/api/in-doubt/corrected", "count=true", "cursor=1"));
    calls.add(new Call(resolve, "in the books already", 200, Requests::resolveSettled));
    calls.add(
        new Call(
            resolve,
            "unknown",
            404,
            by -> by.post(unknown, Map.of("charge", "free"), by.asAdmin())));
    calls.add(
        new Call(
            resolve,
            "no decision",
            400,
            by -> by.post(unknown, Map.of("charge", "much"), by.asAdmin())));
    calls.add(
        new Call(
            resolve,
            "less than nothing",
            400,
            by -> by.post(unknown, Map.of("charge", Map.of("output_tokens", -1)), by.asAdmin())));
    calls.add(
        new Call(resolve, "no token", 401, by -> by.post(unknown, Map.of("charge", "input"))));
    return calls;
  }

  private static List<Call> settings() {
    String path = "/api/settings";
    Operation show = new Operation("GET", path);
    Operation change = new Operation("PUT", path);
    Map<String, Object> days = Map.of("insight.days", 60);
    return List.of(
        new Call(show, "all", 200, by -> by.get(path, by.asAdmin())),
        new Call(show, "no token", 401, by -> by.get(path)),
        new Call(change, "days of the log", 200, by -> by.put(path, days, by.asAdmin())),
        new Call(
            change,
            "what only a start changes",
            400,
            by -> by.put(path, Map.of("private.port", 1), by.asAdmin())),
        new Call(
            change, "no day", 400, by -> by.put(path, Map.of("insight.days", 0), by.asAdmin())),
        new Call(change, "no token", 401, by -> by.put(path, days)));
  }

  private static List<Call> log() {
    List<Call> calls =
        new ArrayList<>(list("/api/audit-logs", "count=true&outcome=done", "outcome=maybe"));
    calls.addAll(list("/api/audit-logs/export", "thing=spend_limit", "start=yesterday"));
    calls.addAll(list("/api/audit-logs/stats", "end=2027-01-01T00:00:00Z", "start=1"));
    return calls;
  }

  private static List<Call> spendLimits() {
    Operation set = new Operation("PUT", "/api/spend-limits");
    Operation remove = new Operation("DELETE", "/api/spend-limits/{id}");
    Map<String, Object> order = Map.of("scope", "tenant", "span", "month", "amount", "5000.5");
    List<Call> calls = new ArrayList<>();
    calls.add(new Call(set, "a tenant's", 200, by -> by.setSpendLimit(order)));
    calls.add(new Call(set, "the same again", 200, by -> by.setSpendLimit(order)));
    calls.add(
        new Call(
            set,
            "of no user",
            400,
            by -> by.setSpendLimit(Map.of("scope", "user", "span", "day", "amount", 1))));
    calls.add(
        new Call(
            set,
            "of an unknown user",
            404,
            by ->
                by.setSpendLimit(
                    Map.of("scope", "user", "user_id", 999_999, "span", "day", "amount", 1))));
    calls.add(new Call(set, "no token", 401, by -> by.put(set.path(), order)));
    calls.addAll(list("/api/spend-limits", "scope=tenant&page_size=1", "scope=planet"));
    calls.add(good("/api/spend-limits", "user_id=1&api_key_id=1"));
    calls.add(new Call(remove, "one that is there", 200, Requests::deleteSpendLimit));
    calls.add(
        new Call(
            remove, "unknown", 404, by -> by.delete("/api/spend-limits/999999", by.asAdmin())));
    calls.add(new Call(remove, "no token", 401, by -> by.delete("/api/spend-limits/1")));
    return calls;
  }

  private static List<Call> apiKeys() {
    Operation create = new Operation("POST", "/api/api-keys");
    Operation show = new Operation("GET", "/api/api-keys/{id}");
    Operation change = new Operation("PUT", "/api/api-keys/{id}");
    Operation toggle = new Operation("PATCH", "/api/api-keys/{id}/toggle");
    Operation rotate = new Operation("POST", "/api/api-keys/{id}/rotate");
    String unknown = "/api/api-keys/999999";
    Map<String, Object> limited =
        Map.of(
            "name",
            "contract",
            "models",
            List.of("gpt-4o*"),
            "addresses",
            List.of("10.0.0.0/8"),
            "tokens_per_minute",
            1000);
    List<Call> calls = new ArrayList<>();
    calls.add(new Call(create, "with limits", 200, by -> by.createApiKey(limited)));
    calls.add(new Call(create, "without a name", 400, by -> by.createApiKey(Map.of())));
    calls.add(new Call(create, "no token", 401, by -> by.post(create.path(), limited)));
    calls.addAll(list(create.path(), "enabled=true&name=contract", "enabled=maybe"));
    calls.add(good(create.path(), "prefix=sk-&tenant_id=1&user_id=1001"));
    calls.add(new Call(show, "one that is there", 200, by -> by.get(by.apiKey(), by.asAdmin())));
    calls.add(new Call(show, "unknown", 404, by -> by.get(unknown, by.asAdmin())));
    calls.add(new Call(show, "no token", 401, by -> by.get(unknown)));
    Map<String, Object> lower = Map.of("requests_per_minute", 10);
    calls.add(new Call(change, "a limit", 200, by -> by.put(by.apiKey(), lower, by.asAdmin())));
    calls.add(
        new Call(
            change,
            "no limit",
            400,
            by -> by.put(by.apiKey(), Map.of("requests_per_minute", 0), by.asAdmin())));
    calls.add(new Call(change, "no token", 401, by -> by.put(unknown, lower)));
    Map<String, Object> off = Map.of("enabled", false);
    calls.add(
        new Call(toggle, "off", 200, by -> by.patch(by.apiKey() + "/toggle", off, by.asAdmin())));
    calls.add(
        new Call(
            toggle,
            "neither",
            400,
            by -> by.patch(by.apiKey() + "/toggle", Map.of("enabled", 1), by.asAdmin())));
    calls.add(new Call(toggle, "no token", 401, by -> by.patch(unknown + "/toggle", off)));
    Map<String, Object> grace = Map.of("grace_seconds", 60);
    calls.add(
        new Call(
            rotate,
            "with a grace",
            200,
            by -> by.post(by.apiKey() + "/rotate", grace, by.asAdmin())));
    calls.add(
        new Call(
            rotate,
            "with less than none",
            400,
            by -> by.post(by.apiKey() + "/rotate", Map.of("grace_seconds", -1), by.asAdmin())));
    calls.add(new Call(rotate, "no token", 401, by -> by.post(unknown + "/rotate", grace)));
    return calls;
  }

  private static List<Call> grants() {
    Operation revoke = new Operation("POST", "/api/grants/{transfer_id}/revoke");
    String unknown = "/api/grants/019ac1f4-8a5e-7b30-9a40-5f6d2b1c0e77/revoke";
    Map<String, String> reason = Map.of("reason", "given by mistake");
    return List.of(
        new Call(revoke, "one that is there", 200, by -> by.revokeGrant("contract-revoked")),
        new Call(revoke, "the same again", 200, by -> by.revokeGrant("contract-revoked")),
        new Call(revoke, "no reason", 400, by -> by.post(unknown, Map.of(), by.asAdmin())),
        new Call(revoke, "unknown", 404, by -> by.post(unknown, reason, by.asAdmin())),
        new Call(revoke, "no token", 401, by -> by.post(unknown, reason)));
  }

  private static List<Call> audit() {
    Operation audit = new Operation("POST", "/api/ledger/audit");
    return List.of(
        new Call(audit, "all", 200, by -> by.post(audit.path(), "", by.asAdmin())),
        new Call(
            audit,
            "since a time",
            200,
            by -> by.post(audit.path() + "?since=1700000000", "", by.asAdmin())),
        new Call(
            audit,
            "since no time",
            400,
            by -> by.post(audit.path() + "?since=yesterday", "", by.asAdmin())),
        new Call(audit, "no token", 401, by -> by.post(audit.path(), "")));
  }

  private static List<Call> passwords() {
    return List.of(
        new Call(
            PASSWORD,
            "no new one",
            400,
            by -> by.post(PASSWORD.path(), Map.of("old_password", "x"), by.asAdmin())),
        new Call(
            PASSWORD,
            "wrong old one",
            401,
            by ->
                by.post(
                    PASSWORD.path(),
                    Map.of("old_password", "wrong-password", "new_password", "long-enough"),
                    by.asAdmin())),
        new Call(PASSWORD, "right", 200, Requests::changePassword));
  }

  private static List<Call> locked() {
    List<Call> calls = new ArrayList<>();
    for (int failure = 1; failure <= FAILURES_THAT_LOCK; failure++) {
      calls.add(new Call(LOGIN, "failure " + failure, 401, by -> by.login("nobody", "guess")));
    }
    calls.add(new Call(LOGIN, "locked", 429, by -> by.login("nobody", "guess")));
    return calls;
  }
}
