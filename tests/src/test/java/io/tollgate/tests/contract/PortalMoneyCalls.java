package io.tollgate.tests.contract;

import java.util.List;
import java.util.Map;

/** What a user sees of their use and their money, and what they are told of it. */
final class PortalMoneyCalls {
  private static final String ME = "/api/v1/me";
  private static final Operation ALERTS = get("/alerts");
  private static final Operation SET_ALERTS = new Operation("PUT", ME + "/alerts");
  private static final Operation DELETION = get("/deletion");
  private static final Operation DELETE = new Operation("POST", ME + "/deletion");
  private static final Operation MODELS = get("/models");
  private static final Operation PLAYGROUND = new Operation("POST", ME + "/playground-key");
  private static final Operation SPENDING = get("/spending");
  private static final Operation USAGE = get("/usage");
  private static final Operation STATEMENT = get("/statement");
  private static final Operation EXPORT = get("/statement/export");
  private static final Operation RECHARGES = get("/recharges");
  private static final Operation OPTIONS = get("/recharges/options");
  private static final Operation RECEIPT = get("/recharges/{order_id}/receipt");

  private PortalMoneyCalls() {}

  static List<Call> all(PortalRequests user) {
    return List.of(
        of(user, ALERTS, "none", 200, ""),
        alone(ALERTS),
        put(user, "two", 200, Map.of("balance_below", "0.5", "quota_percent", 80)),
        put(user, "below nothing", 400, Map.of("balance_below", 0)),
        of(user, DELETION, "in a session", 200, ""),
        alone(DELETION),
        new Call(DELETE, "a newcomer's", 200, by -> user.deleteAccount()),
        new Call(DELETE, "with a balance", 409, by -> user.deleteDemoUser()),
        delete(user, "of somebody else", 400, Map.of("confirm", "bob@b.example")),
        delete(user, "without the password", 401, Map.of("confirm", PortalRequests.EMAIL)),
        of(user, MODELS, "in a session", 200, ""),
        alone(MODELS),
        new Call(PLAYGROUND, "a key", 200, by -> by.post(PLAYGROUND.path(), "", user.session())),
        new Call(PLAYGROUND, "no token", 401, by -> by.post(PLAYGROUND.path(), "")),
        of(user, SPENDING, "in a session", 200, ""),
        alone(SPENDING),
        of(user, USAGE, "by day", 200, ""),
        of(user, USAGE, "by hour and model", 200, "?unit=hour&by=model"),
        of(user, USAGE, "by day and key", 200, "?by=key"),
        of(user, USAGE, "by account", 400, "?by=account"),
        of(user, USAGE, "of ten years", 400, "?start=2016-01-01T00:00:00Z"),
        of(user, STATEMENT, "all of it", 200, ""),
        of(user, STATEMENT, "of charges", 200, "?type=charge&page_size=5&count=true"),
        of(user, STATEMENT, "of nothing known", 400, "?type=everything"),
        of(user, EXPORT, "all of it", 200, ""),
        of(user, EXPORT, "of no time", 400, "?start=yesterday"),
        of(user, OPTIONS, "in a session", 200, ""),
        alone(OPTIONS),
        of(user, RECHARGES, "in a session", 200, ""),
        of(user, RECHARGES, "page 0", 400, "?page=0"),
        new Call(RECEIPT, "of a new order", 200, by -> user.receipt()),
        new Call(
            RECEIPT,
            "of nobody",
            404,
            by -> by.get(ME + "/recharges/none/receipt", user.session())));
  }

  private static Operation get(String path) {
    return new Operation("GET", ME + path);
  }

  private static Call of(
      PortalRequests user, Operation operation, String name, int status, String query) {
    return new Call(
        operation, name, status, by -> by.get(operation.path() + query, user.session()));
  }

  private static Call alone(Operation operation) {
    return new Call(operation, "no token", 401, by -> by.get(operation.path()));
  }

  private static Call put(PortalRequests user, String name, int status, Map<String, ?> body) {
    return new Call(
        SET_ALERTS, name, status, by -> by.put(SET_ALERTS.path(), body, user.session()));
  }

  private static Call delete(PortalRequests user, String name, int status, Map<String, ?> body) {
    return new Call(DELETE, name, status, by -> by.post(DELETE.path(), body, user.session()));
  }
}
