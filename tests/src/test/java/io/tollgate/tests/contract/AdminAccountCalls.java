package io.tollgate.tests.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests of administrators about themselves, about each other, and about users. */
final class AdminAccountCalls {
  private static final String AUTH = "/api/auth";
  private static final String ADMINS = "/api/admins";
  private static final String USERS = "/api/users";
  private static final String EMAIL = "support@a.example";

  private AdminAccountCalls() {}

  static List<Call> all(PortalRequests user) {
    List<Call> calls = new ArrayList<>(admins());
    calls.addAll(signOn(user));
    calls.addAll(own());
    calls.addAll(users());
    return calls;
  }

  private static List<Call> admins() {
    Operation list = new Operation("GET", ADMINS);
    Operation create = new Operation("POST", ADMINS);
    Operation change = new Operation("PUT", ADMINS + "/{id}");
    Operation toggle = new Operation("PATCH", ADMINS + "/{id}/toggle");
    Operation password = new Operation("POST", ADMINS + "/{id}/reset-password");
    Operation totp = new Operation("POST", ADMINS + "/{id}/reset-totp");
    Operation sessions = new Operation("POST", ADMINS + "/{id}/end-sessions");
    String unknown = ADMINS + "/999999";
    Map<String, Object> order = Map.of("username", "contract", "role", "support", "email", EMAIL);
    Map<String, Object> off = Map.of("active", false);
    Map<String, Object> on = Map.of("active", true);
    String newest = ADMINS + "?page_size=1";
    return List.of(
        new Call(create, "for support", 200, by -> by.post(ADMINS, order, by.asAdmin())),
        new Call(create, "again", 409, by -> by.post(ADMINS, order, by.asAdmin())),
        new Call(create, "of no role", 400, by -> by.post(ADMINS, Map.of(), by.asAdmin())),
        new Call(create, "no token", 401, by -> by.post(ADMINS, order)),
        new Call(list, "of a role", 200, by -> by.get(ADMINS + "?role=support", by.asAdmin())),
        new Call(list, "of no role", 400, by -> by.get(ADMINS + "?role=king", by.asAdmin())),
        new Call(
            change,
            "a name",
            200,
            by -> by.put(by.firstOf(newest), Map.of("nickname", "Con"), by.asAdmin())),
        new Call(change, "unknown", 404, by -> by.put(unknown, Map.of(), by.asAdmin())),
        new Call(
            toggle, "off", 200, by -> by.patch(by.firstOf(newest) + "/toggle", off, by.asAdmin())),
        new Call(
            toggle, "on", 200, by -> by.patch(by.firstOf(newest) + "/toggle", on, by.asAdmin())),
        new Call(toggle, "unknown", 404, by -> by.patch(unknown + "/toggle", off, by.asAdmin())),
        new Call(
            password,
            "one that is made",
            200,
            by -> by.post(by.firstOf(newest) + "/reset-password", "", by.asAdmin())),
        new Call(
            password, "unknown", 404, by -> by.post(unknown + "/reset-password", "", by.asAdmin())),
        new Call(
            totp, "none", 200, by -> by.post(by.firstOf(newest) + "/reset-totp", "", by.asAdmin())),
        new Call(totp, "unknown", 404, by -> by.post(unknown + "/reset-totp", "", by.asAdmin())),
        new Call(
            sessions,
            "none",
            200,
            by -> by.post(by.firstOf(newest) + "/end-sessions", "", by.asAdmin())),
        new Call(
            sessions, "unknown", 404, by -> by.post(unknown + "/end-sessions", "", by.asAdmin())));
  }

  private static List<Call> signOn(PortalRequests user) {
    Operation providers = new Operation("GET", AUTH + "/providers");
    Operation start = new Operation("POST", AUTH + "/oidc/{provider}/start");
    Operation callback = new Operation("POST", AUTH + "/oidc/{provider}/callback");
    String corp = AUTH + "/oidc/corp";
    return List.of(
        new Call(providers, "one", 200, by -> by.get(providers.path())),
        new Call(providers, "another method", 405, by -> by.delete(providers.path())),
        new Call(start, "to go on at home", 200, by -> by.post(corp + "/start", "")),
        new Call(
            start,
            "to go on in the portal",
            400,
            by -> by.post(corp + "/start", Map.of("return_to", "/portal"))),
        new Call(callback, "of an admin", 200, by -> user.endSignOn(corp, "support", EMAIL)),
        new Call(callback, "of nobody here", 403, by -> user.endSignOn(corp, "x", "x@a.example")));
  }

  private static List<Call> own() {
    Operation refresh = new Operation("POST", AUTH + "/refresh");
    Operation list = new Operation("GET", AUTH + "/sessions");
    Operation end = new Operation("DELETE", AUTH + "/sessions/{id}");
    Operation standing = new Operation("GET", AUTH + "/totp");
    Operation begin = new Operation("POST", AUTH + "/totp");
    Operation confirm = new Operation("POST", AUTH + "/totp/confirm");
    Operation off = new Operation("POST", AUTH + "/totp/off");
    Operation renew = new Operation("POST", AUTH + "/totp/recovery-codes");
    Map<String, Object> wrong = Map.of("code", "12345");
    return List.of(
        new Call(refresh, "in a session", 200, by -> by.post(refresh.path(), "", by.asAdminAnew())),
        new Call(refresh, "no token", 401, by -> by.post(refresh.path(), "")),
        new Call(list, "in a session", 200, by -> by.get(list.path(), by.asAdmin())),
        new Call(list, "no token", 401, by -> by.get(list.path())),
        new Call(end, "the newest but one", 200, Requests::endAdminSession),
        new Call(end, "unknown", 404, by -> by.delete(AUTH + "/sessions/x", by.asAdmin())),
        new Call(standing, "none", 200, by -> by.get(standing.path(), by.asAdmin())),
        new Call(standing, "no token", 401, by -> by.get(standing.path())),
        new Call(begin, "none yet", 200, by -> by.post(begin.path(), "", by.asAdmin())),
        new Call(begin, "no token", 401, by -> by.post(begin.path(), "")),
        new Call(confirm, "a wrong code", 400, by -> by.post(confirm.path(), wrong, by.asAdmin())),
        new Call(off, "none", 409, by -> by.post(off.path(), wrong, by.asAdmin())),
        new Call(renew, "none", 409, by -> by.post(renew.path(), wrong, by.asAdmin())),
        new Call(confirm, "the present code", 200, Requests::confirmAdminFactor),
        new Call(renew, "the next code", 200, Requests::renewAdminCodes),
        new Call(off, "a recovery code", 200, Requests::removeAdminFactor));
  }

  private static List<Call> users() {
    Operation list = new Operation("GET", USERS);
    Operation show = new Operation("GET", USERS + "/{id}");
    Operation toggle = new Operation("POST", USERS + "/{id}/toggle-status");
    Operation sessions = new Operation("POST", USERS + "/{id}/end-sessions");
    Operation totp = new Operation("POST", USERS + "/{id}/reset-totp");
    Operation reset = new Operation("POST", USERS + "/{id}/send-reset");
    String unknown = USERS + "/999999";
    String contract = USERS + "?email=" + PortalRequests.EMAIL;
    return List.of(
        new Call(list, "by address", 200, by -> by.get(contract, by.asAdmin())),
        new Call(
            list,
            "by much",
            200,
            by -> by.get(USERS + "?tenant_id=1&active=true&page_size=2", by.asAdmin())),
        new Call(list, "page 0", 400, by -> by.get(USERS + "?page=0", by.asAdmin())),
        new Call(show, "one", 200, by -> by.get(by.firstOf(contract), by.asAdmin())),
        new Call(show, "unknown", 404, by -> by.get(unknown, by.asAdmin())),
        new Call(
            sessions,
            "of one",
            200,
            by -> by.post(by.firstOf(contract) + "/end-sessions", "", by.asAdmin())),
        new Call(
            sessions, "unknown", 404, by -> by.post(unknown + "/end-sessions", "", by.asAdmin())),
        new Call(
            totp,
            "of one",
            200,
            by -> by.post(by.firstOf(contract) + "/reset-totp", "", by.asAdmin())),
        new Call(totp, "unknown", 404, by -> by.post(unknown + "/reset-totp", "", by.asAdmin())),
        new Call(
            reset,
            "of one",
            200,
            by -> by.post(by.firstOf(contract) + "/send-reset", "", by.asAdmin())),
        new Call(reset, "unknown", 404, by -> by.post(unknown + "/send-reset", "", by.asAdmin())),
        new Call(
            toggle,
            "off",
            200,
            by ->
                by.post(
                    by.firstOf(contract) + "/toggle-status",
                    Map.of("active", false),
                    by.asAdmin())),
        new Call(
            toggle, "unknown", 404, by -> by.post(unknown + "/toggle-status", "", by.asAdmin())));
  }
}
