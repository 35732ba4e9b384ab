package io.tollgate.tests.contract;

import io.tollgate.tests.installation.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Plans, subscriptions, codes and credit for invitations: what is sold, then bought, then ended.
 */
final class SellingCalls {
  private static final String PLANS = "/api/plans";
  private static final String SUBSCRIPTIONS = "/api/subscriptions";
  private static final String CODES = "/api/redemption-codes";
  private static final String INVITATIONS = "/api/invitation-credit";
  private static final String MINE = "/api/v1/me/subscription";
  private static final Map<String, Object> NOTHING = Map.of();

  private SellingCalls() {}

  static List<Call> all(PortalRequests user) {
    List<Call> calls = new ArrayList<>(plans());
    calls.addAll(codes());
    calls.addAll(mine(user));
    calls.addAll(subscriptions());
    return calls;
  }

  private static Map<String, Object> plan(String code, long tokens) {
    return Map.of(
        "tenant_id",
        1,
        "code",
        code,
        "name",
        code,
        "price",
        0,
        "period_unit",
        "month",
        "period_count",
        1,
        "tokens",
        tokens);
  }

  private static Map<String, Object> terms(long tokens) {
    return Map.of(
        "name",
        "changed",
        "price",
        "0",
        "period_unit",
        "month",
        "period_count",
        1,
        "tokens",
        tokens,
        "requests_per_minute",
        60,
        "models",
        List.of("gpt-*"));
  }

  private static List<Call> plans() {
    Operation list = new Operation("GET", PLANS);
    Operation create = new Operation("POST", PLANS);
    Operation change = new Operation("PUT", PLANS + "/{id}");
    Operation sell = new Operation("PATCH", PLANS + "/{id}/toggle");
    return List.of(
        new Call(create, "one", 200, by -> by.post(PLANS, plan("contract", 100), by.asAdmin())),
        new Call(create, "more", 200, by -> by.post(PLANS, plan("more", 200), by.asAdmin())),
        new Call(create, "twice", 409, by -> by.post(PLANS, plan("more", 1), by.asAdmin())),
        new Call(create, "nothing", 400, by -> by.post(PLANS, NOTHING, by.asAdmin())),
        new Call(list, "sold", 200, by -> by.get(PLANS + "?selling=true", by.asAdmin())),
        new Call(list, "no page", 400, by -> by.get(PLANS + "?page=0", by.asAdmin())),
        new Call(
            change,
            "terms",
            200,
            by -> by.put(PLANS + "/" + planId(by, "more"), terms(300), by.asAdmin())),
        new Call(change, "unknown", 404, by -> by.put(PLANS + "/999", terms(1), by.asAdmin())),
        new Call(
            sell,
            "on",
            200,
            by ->
                by.patch(
                    PLANS + "/" + planId(by, "more") + "/toggle",
                    Map.of("selling", true),
                    by.asAdmin())),
        new Call(sell, "nothing", 400, by -> by.patch(PLANS + "/1/toggle", NOTHING, by.asAdmin())));
  }

  private static List<Call> codes() {
    Operation list = new Operation("GET", CODES);
    Operation create = new Operation("POST", CODES);
    Operation export = new Operation("POST", CODES + "/{id}/export");
    Operation activate = new Operation("PATCH", CODES + "/{id}/toggle");
    Operation shown = new Operation("GET", INVITATIONS);
    Operation set = new Operation("PUT", INVITATIONS);
    Map<String, Object> batch =
        Map.of(
            "tenant_id",
            1,
            "name",
            "batch",
            "asset",
            "TOKEN",
            "amount",
            10,
            "codes",
            3,
            "lasts_days",
            30);
    Map<String, Object> credit =
        Map.of("tenant_id", 1, "asset", "USD", "inviter", "0.5", "invited", 0, "users_max", 10);
    return List.of(
        new Call(create, "three", 200, by -> by.post(CODES, batch, by.asAdmin())),
        new Call(create, "nothing", 400, by -> by.post(CODES, NOTHING, by.asAdmin())),
        new Call(list, "a tenant's", 200, by -> by.get(CODES + "?tenant_id=1", by.asAdmin())),
        new Call(list, "no token", 401, by -> by.get(CODES)),
        new Call(
            activate,
            "on",
            200,
            by -> by.patch(CODES + "/1/toggle", Map.of("active", true), by.asAdmin())),
        new Call(
            activate, "nothing", 400, by -> by.patch(CODES + "/1/toggle", NOTHING, by.asAdmin())),
        new Call(export, "once", 200, by -> by.post(CODES + "/1/export", "", by.asAdmin())),
        new Call(export, "twice", 409, by -> by.post(CODES + "/1/export", "", by.asAdmin())),
        new Call(shown, "none set", 200, by -> by.get(INVITATIONS + "?tenant_id=1", by.asAdmin())),
        new Call(shown, "of nobody", 400, by -> by.get(INVITATIONS, by.asAdmin())),
        new Call(set, "credit", 200, by -> by.put(INVITATIONS, credit, by.asAdmin())),
        new Call(set, "nothing", 400, by -> by.put(INVITATIONS, NOTHING, by.asAdmin())));
  }

  private static List<Call> mine(PortalRequests user) {
    Operation show = new Operation("GET", MINE);
    Operation buy = new Operation("POST", MINE);
    Operation quote = new Operation("GET", MINE + "/change");
    Operation change = new Operation("POST", MINE + "/change");
    Operation cancel = new Operation("POST", MINE + "/cancel");
    Operation resume = new Operation("POST", MINE + "/resume");
    Operation redeem = new Operation("POST", "/api/v1/me/redeem");
    return List.of(
        new Call(show, "none yet", 200, by -> by.get(MINE, user.session())),
        new Call(show, "no token", 401, by -> by.get(MINE)),
        new Call(
            buy, "one", 200, by -> by.post(MINE, purchase(planId(by, "contract")), user.session())),
        new Call(
            buy,
            "unknown",
            404,
            by ->
                by.post(
                    MINE, Map.of("plan_id", 999, "idempotency_key", "unknown"), user.session())),
        new Call(
            quote,
            "more",
            200,
            by -> by.get(quote.path() + "?plan_id=" + planId(by, "more"), user.session())),
        new Call(quote, "no plan", 400, by -> by.get(quote.path(), user.session())),
        new Call(
            change,
            "more",
            200,
            by ->
                by.post(
                    change.path(),
                    Map.of("plan_id", planId(by, "more"), "max", 0),
                    user.session())),
        new Call(change, "no plan", 400, by -> by.post(change.path(), NOTHING, user.session())),
        new Call(cancel, "it", 200, by -> by.post(cancel.path(), "", user.session())),
        new Call(cancel, "no token", 401, by -> by.post(cancel.path(), "")),
        new Call(resume, "it", 200, by -> by.post(resume.path(), "", user.session())),
        new Call(resume, "no token", 401, by -> by.post(resume.path(), "")),
        new Call(
            redeem,
            "one of a new batch",
            200,
            by -> by.post(redeem.path(), Map.of("code", newCode(by)), user.session())),
        new Call(
            redeem,
            "one that is none",
            404,
            by -> by.post(redeem.path(), Map.of("code", "x"), user.session())));
  }

  private static List<Call> subscriptions() {
    Operation list = new Operation("GET", SUBSCRIPTIONS);
    Operation create = new Operation("POST", SUBSCRIPTIONS);
    List<Call> calls = new ArrayList<>();
    calls.add(
        new Call(list, "active", 200, by -> by.get(SUBSCRIPTIONS + "?state=active", by.asAdmin())));
    calls.add(
        new Call(list, "a state", 400, by -> by.get(SUBSCRIPTIONS + "?state=x", by.asAdmin())));
    calls.add(
        new Call(
            create,
            "the same purchase again",
            200,
            by -> by.post(SUBSCRIPTIONS, again(by), by.asAdmin())));
    calls.add(
        new Call(create, "nothing", 400, by -> by.post(SUBSCRIPTIONS, NOTHING, by.asAdmin())));
    for (String verb : List.of("cancel", "resume", "prolong", "off")) {
      Operation operation = new Operation("POST", SUBSCRIPTIONS + "/{id}/" + verb);
      Object body = verb.equals("prolong") ? Map.of("days", 3) : "";
      calls.add(
          new Call(
              operation,
              "it",
              200,
              by ->
                  by.post(
                      SUBSCRIPTIONS + "/" + newest(by).required("id") + "/" + verb,
                      body,
                      by.asAdmin())));
      calls.add(
          new Call(
              operation,
              "unknown",
              404,
              by -> by.post(SUBSCRIPTIONS + "/999/" + verb, body, by.asAdmin())));
    }
    return calls;
  }

  private static Map<String, Object> purchase(long plan) {
    return Map.of("plan_id", plan, "idempotency_key", "contract");
  }

  private static Map<String, Object> again(Requests by) {
    long user = newest(by).required("user_id").asLong();
    return Map.of(
        "tenant_id",
        1,
        "user_id",
        user,
        "plan_id",
        planId(by, "contract"),
        "idempotency_key",
        "contract");
  }

  private static String newCode(Requests by) {
    Map<String, Object> batch =
        Map.of("tenant_id", 1, "name", "mine", "asset", "TOKEN", "amount", 5, "codes", 1);
    long id = data(by, CODES, batch).required("id").asLong();
    return data(by, CODES + "/" + id + "/export", "").required("codes").required(0).asString();
  }

  private static JsonNode data(Requests by, String path, Object body) {
    return Client.json(by.send(by.post(path, body, by.asAdmin()))).required("data");
  }

  private static long planId(Requests by, String code) {
    for (JsonNode plan : Client.json(by.send(by.get(PLANS, by.asAdmin()))).required("data")) {
      if (plan.required("code").asString().equals(code)) {
        return plan.required("id").asLong();
      }
    }
    throw new AssertionError("no plan " + code);
  }

  /** The demo has one of its own. */
  private static JsonNode newest(Requests by) {
    JsonNode all = Client.json(by.send(by.get(SUBSCRIPTIONS, by.asAdmin()))).required("data");
    return all.required(all.size() - 1);
  }
}
