package io.tollgate.tests.contract;

import io.tollgate.tests.installation.Client;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Requests about recharges: of users, backends, payment channels and administrators. */
final class RechargeCalls {
  private static final String RECHARGE = "/api/v1/billing/recharge";
  private static final String NOTIFY = "/api/v1/billing/notify/";
  private static final String ORDERS = "/api/recharge-orders";
  private static final String REFUNDS = "/api/refunds";
  private static final String CASES = "/api/recharge-cases";
  private static final String USER = "contract-recharge";

  private RechargeCalls() {}

  static List<Call> all() {
    List<Call> calls = new ArrayList<>(orders());
    calls.addAll(callbacks());
    calls.addAll(notifications());
    for (String list :
        List.of(ORDERS, "/api/recharge-payments", REFUNDS, "/api/recharge-comparisons", CASES)) {
      calls.addAll(list(list));
    }
    calls.addAll(administrators());
    return calls;
  }

  private static List<Call> orders() {
    Operation create = new Operation("POST", RECHARGE);
    Operation show = new Operation("GET", RECHARGE + "/{order_id}");
    return List.of(
        new Call(create, "by the backend", 200, by -> create(by, USER, "10.50")),
        new Call(create, "nothing", 400, by -> create(by, USER, "0")),
        new Call(create, "no token", 401, by -> by.post(RECHARGE, order(USER, "1"))),
        new Call(
            create,
            "of another user",
            403,
            by -> by.post(RECHARGE, order(by.userId(0), "1"), by.asUser(1))),
        new Call(
            show, "by the backend", 200, by -> by.get(RECHARGE + "/" + made(by), by.asBackend())),
        new Call(show, "unknown", 404, by -> by.get(RECHARGE + "/none", by.asBackend())),
        new Call(show, "no token", 401, by -> by.get(RECHARGE + "/none")),
        new Call(
            show, "of another user", 403, by -> by.get(RECHARGE + "/" + made(by), by.asUser(1))));
  }

  private static List<Call> callbacks() {
    Operation callback = new Operation("POST", "/internal/v1/billing/callback");
    return List.of(
        new Call(
            callback,
            "paid",
            200,
            by -> by.service("callback", callback(made(by), "contract-payment", "3"))),
        new Call(
            callback,
            "another amount",
            409,
            by -> by.service("callback", callback(made(by), "contract-other", "4"))),
        new Call(
            callback,
            "unknown",
            404,
            by -> by.service("callback", callback("none", "contract-other", "3"))),
        new Call(callback, "nothing", 400, by -> by.service("callback", Map.of())),
        new Call(
            callback,
            "no token",
            401,
            by -> by.service("callback", callback("none", "p", "3"), "svc-nonsense")));
  }

  private static List<Call> notifications() {
    Operation notify = new Operation("POST", NOTIFY + "{method}");
    return List.of(
        new Call(notify, "signed", 200, RechargeCalls::signed),
        new Call(notify, "not signed", 400, by -> by.post(NOTIFY + "sandbox", Map.of())),
        new Call(notify, "not signed either", 401, by -> by.post(NOTIFY + "wechat", Map.of())),
        new Call(notify, "no channel", 404, by -> by.post(NOTIFY + "cash", Map.of())));
  }

  private static List<Call> list(String path) {
    Operation operation = new Operation("GET", path);
    return List.of(
        new Call(operation, "counted", 200, by -> by.get(path + "?count=true", by.asAdmin())),
        new Call(operation, "no page", 400, by -> by.get(path + "?page=0", by.asAdmin())),
        new Call(operation, "no token", 401, by -> by.get(path)));
  }

  private static List<Call> administrators() {
    Operation show = new Operation("GET", ORDERS + "/{id}");
    Operation refund = new Operation("POST", ORDERS + "/{id}/refund");
    Operation ask = new Operation("POST", ORDERS + "/{id}/ask");
    Operation retry = new Operation("POST", REFUNDS + "/{id}/retry");
    Operation take = new Operation("POST", CASES + "/{id}/take");
    Operation close = new Operation("POST", CASES + "/{id}/close");
    Map<String, Object> reason = Map.of("reason", "asked for", "amount", "1");
    Map<String, Object> closing = Map.of("action", "accepted", "note", "tried by a test");
    return List.of(
        new Call(show, "one", 200, by -> by.get(paid(by), by.asAdmin())),
        new Call(show, "unknown", 404, by -> by.get(ORDERS + "/0", by.asAdmin())),
        new Call(show, "no token", 401, by -> by.get(ORDERS + "/0")),
        // a payment that the tenant's own service told of is not at the channel
        new Call(
            refund,
            "a part",
            200,
            by -> by.post(paid(by) + "/refund", reason, keyed(by, "contract-refund"))),
        new Call(
            refund,
            "too much",
            409,
            by ->
                by.post(
                    paid(by) + "/refund",
                    Map.of("reason", "asked for", "amount", "1000"),
                    keyed(by, "contract-too-much"))),
        new Call(refund, "no key", 400, by -> by.post(paid(by) + "/refund", reason, by.asAdmin())),
        new Call(
            refund, "unknown", 404, by -> by.post(ORDERS + "/0/refund", reason, keyed(by, "k"))),
        new Call(refund, "no token", 401, by -> by.post(ORDERS + "/0/refund", reason)),
        new Call(
            retry,
            "one",
            200,
            by -> by.post(by.firstOf(REFUNDS + "?kind=recharge") + "/retry", "", by.asAdmin())),
        new Call(
            retry,
            "unknown",
            404,
            by ->
                by.post(REFUNDS + "/019ac1f4-8a5e-7b30-9a40-5f6d2b1c0e77/retry", "", by.asAdmin())),
        new Call(retry, "no token", 401, by -> by.post(REFUNDS + "/0/retry", "")),
        new Call(ask, "one", 200, by -> by.post(paid(by) + "/ask", "", by.asAdmin())),
        new Call(ask, "unknown", 404, by -> by.post(ORDERS + "/0/ask", "", by.asAdmin())),
        new Call(take, "one", 200, by -> by.post(by.firstOf(CASES) + "/take", "", by.asAdmin())),
        new Call(take, "unknown", 404, by -> by.post(CASES + "/0/take", "", by.asAdmin())),
        new Call(
            close, "one", 200, by -> by.post(by.firstOf(CASES) + "/close", closing, by.asAdmin())),
        new Call(
            close,
            "closed",
            409,
            by -> by.post(by.firstOf(CASES + "?state=closed") + "/close", closing, by.asAdmin())),
        new Call(
            close,
            "no note",
            400,
            by -> by.post(by.firstOf(CASES) + "/close", Map.of(), by.asAdmin())));
  }

  private static HttpRequest create(Requests by, String user, String amount) {
    return by.post(RECHARGE, order(user, amount), by.asBackend());
  }

  private static Map<String, Object> order(String user, String amount) {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("user_id", user);
    order.put("amount", amount);
    order.put("payment_method", "sandbox");
    return order;
  }

  private static Map<String, Object> callback(String order, String payment, String amount) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("order_id", order);
    body.put("payment_order_id", payment);
    body.put("amount", amount);
    body.put("status", "SUCCESS");
    return body;
  }

  /** The id of the one order of 3 that all calls share. */
  private static String made(Requests by) {
    String[] caller = by.asBackend();
    HttpResponse<String> answer =
        by.send(
            by.post(
                RECHARGE,
                order(USER, "3"),
                caller[0],
                caller[1],
                "Idempotency-Key",
                "contract-order"));
    return Client.json(answer).required("order_id").asString();
  }

  /** Where an administrator finds it. */
  private static String paid(Requests by) {
    return by.firstOf(ORDERS + "?order_id=" + made(by));
  }

  private static String[] keyed(Requests by, String key) {
    String[] admin = by.asAdmin();
    return new String[] {admin[0], admin[1], "Idempotency-Key", key};
  }

  /** A notification that concerns no order, signed as the sandbox's channel does. */
  private static HttpRequest signed(Requests by) {
    String body = "{\"event\":\"evt_contract\",\"type\":\"ping\"}";
    String time = Long.toString(System.currentTimeMillis() / 1_000);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec("sandbox-demo-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String signature =
          HexFormat.of()
              .formatHex(
                  mac.doFinal((time + "\nPOST\n\n" + body).getBytes(StandardCharsets.UTF_8)));
      return by.post(NOTIFY + "sandbox", body, "X-Pay-Time", time, "X-Pay-Signature", signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
