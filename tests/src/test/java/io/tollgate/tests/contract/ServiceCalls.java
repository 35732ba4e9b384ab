package io.tollgate.tests.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests about services: of backends that charge for them, and of users who look. */
final class ServiceCalls {
  private static final String PUBLIC = "/api/v1/billing";
  private static final String INTERNAL = "/internal/v1/billing";

  private ServiceCalls() {}

  static List<Call> all() {
    List<Call> calls = new ArrayList<>(charges());
    calls.addAll(versions());
    for (String path :
        List.of("/account", "/records", "/stats/today", "/stats/month", "/stats/summary")) {
      calls.addAll(ofQuery(path));
    }
    for (String path : List.of("/stats/", "/check/", "/quota/")) {
      calls.addAll(ofPath(path));
    }
    return calls;
  }

  private static List<Call> ofQuery(String path) {
    Operation operation = new Operation("GET", PUBLIC + path);
    return List.of(
        new Call(operation, "by the user", 200, by -> by.get(PUBLIC + path, by.asUser(1))),
        new Call(
            operation,
            "by the backend",
            200,
            by -> by.getPrivately(PUBLIC + path + "?user_id=contract-calls", by.asBackend())),
        new Call(operation, "of nobody", 400, by -> by.get(PUBLIC + path, by.asBackend())),
        new Call(operation, "no token", 401, by -> by.get(PUBLIC + path)),
        new Call(
            operation,
            "of another user",
            403,
            by -> by.get(PUBLIC + path + "?user_id=" + by.userId(0), by.asUser(1))));
  }

  private static List<Call> versions() {
    Operation list = new Operation("GET", "/api/services");
    Operation add = new Operation("POST", "/api/services");
    Operation history = new Operation("GET", "/api/services/{name}/versions");
    Map<String, Object> version =
        Map.of(
            "tenant_id",
            1,
            "service",
            "contract-service",
            "price",
            "0.02",
            "monthly_free",
            100,
            "effective_from",
            "2030-01-01T00:00:00Z");
    Map<String, Object> nobody =
        Map.of("tenant_id", 999_999, "service", "ocr", "price", 1, "monthly_free", 1);
    String versions = "/api/services/contract-service/versions";
    return List.of(
        new Call(list, "of a tenant", 200, by -> by.get("/api/services?tenant_id=1", by.asAdmin())),
        new Call(list, "of nobody", 400, by -> by.get("/api/services", by.asAdmin())),
        new Call(list, "no token", 401, by -> by.get("/api/services?tenant_id=1")),
        new Call(
            list,
            "of no tenant",
            404,
            by -> by.get("/api/services?tenant_id=999999", by.asAdmin())),
        new Call(add, "a new one", 200, by -> by.post("/api/services", version, by.asAdmin())),
        new Call(add, "twice", 409, by -> by.post("/api/services", version, by.asAdmin())),
        new Call(add, "nothing", 400, by -> by.post("/api/services", Map.of(), by.asAdmin())),
        new Call(add, "of no tenant", 404, by -> by.post("/api/services", nobody, by.asAdmin())),
        new Call(add, "no token", 401, by -> by.post("/api/services", version)),
        new Call(
            history, "the one made", 200, by -> by.get(versions + "?tenant_id=1", by.asAdmin())),
        new Call(history, "of nobody", 400, by -> by.get(versions, by.asAdmin())),
        new Call(history, "no token", 401, by -> by.get(versions + "?tenant_id=1")));
  }

  private static List<Call> ofPath(String path) {
    Operation operation = new Operation("GET", PUBLIC + path + "{user_id}");
    return List.of(
        new Call(
            operation,
            "by the user",
            200,
            by -> by.get(PUBLIC + path + by.userId(1), by.asUser(1))),
        new Call(
            operation,
            "another user's token",
            403,
            by -> by.get(PUBLIC + path + by.userId(0), by.asUser(1))),
        new Call(operation, "no token", 401, by -> by.get(PUBLIC + path + by.userId(1))));
  }

  private static List<Call> charges() {
    Operation check = new Operation("POST", INTERNAL + "/check");
    Operation deduct = new Operation("POST", INTERNAL + "/deduct");
    Operation refund = new Operation("POST", INTERNAL + "/refund");
    return List.of(
        new Call(check, "free", 200, by -> by.service("check", calls("passport", 1))),
        new Call(
            check,
            "reserved",
            200,
            by ->
                by.service(
                    "check",
                    Map.of(
                        "user_id",
                        "contract-calls",
                        "service_name",
                        "asset",
                        "count",
                        1,
                        "request_id",
                        "contract-check"))),
        new Call(
            check,
            "the id for something else",
            409,
            by ->
                by.service(
                    "check",
                    Map.of(
                        "user_id",
                        "contract-calls",
                        "service_name",
                        "asset",
                        "count",
                        2,
                        "request_id",
                        "contract-check"))),
        new Call(check, "unknown service", 404, by -> by.service("check", calls("dentist", 1))),
        new Call(check, "of nothing", 400, by -> by.service("check", calls("asset", 0))),
        new Call(deduct, "free", 200, by -> by.service("deduct", calls("passport", 2))),
        new Call(
            deduct,
            "more than there is",
            402,
            by -> by.service("deduct", calls("payment", 1_000_000))),
        new Call(
            deduct, "tokens without a cost", 400, by -> by.service("deduct", calls("relay", 1))),
        new Call(deduct, "unknown service", 404, by -> by.service("deduct", calls("dentist", 1))),
        new Call(
            deduct,
            "unknown token",
            401,
            by -> by.service("deduct", calls("passport", 1), "nobody")),
        new Call(refund, "given back", 200, by -> by.refundDeduct(calls("passport", 3))),
        new Call(
            refund,
            "of nothing",
            404,
            by -> by.service("refund", Map.of("record_id", "no such record"))));
  }

  private static Map<String, ?> calls(String service, int count) {
    return Map.of("user_id", "contract-calls", "service_name", service, "count", count);
  }
}
