package io.tollgate.tests.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests of a user from registration to the second factor, in this order. */
final class PortalCalls {
  private static final String AUTH = "/api/v1/auth";
  private static final String ME = "/api/v1/me";
  private static final Map<String, Object> NOBODY = Map.of("email", "nobody@a.example");
  private static final Map<String, Object> NO_ADDRESS = Map.of("email", "no address");

  private PortalCalls() {}

  static List<Call> all(PortalRequests user) {
    List<Call> calls = new ArrayList<>(registration(user));
    calls.addAll(sessions(user));
    calls.addAll(signOn(user));
    calls.addAll(links(user));
    calls.addAll(me(user));
    calls.addAll(keys(user));
    calls.addAll(requests(user));
    calls.addAll(PortalMoneyCalls.all(user));
    calls.addAll(PortalMemberCalls.all(user));
    calls.addAll(PortalMerchantCalls.all(user));
    calls.addAll(SellingCalls.all(user));
    calls.addAll(factor(user));
    return calls;
  }

  private static List<Call> registration(PortalRequests user) {
    Operation register = post(AUTH + "/register");
    Operation verify = post(AUTH + "/verify");
    Operation resend = post(AUTH + "/resend");
    Operation forgot = post(AUTH + "/forgot");
    Operation reset = post(AUTH + "/reset");
    return List.of(
        new Call(register, "a new address", 200, by -> user.register()),
        new Call(
            register,
            "a password of the commonest",
            400,
            by ->
                by.post(
                    register.path(), Map.of("email", "x@a.example", "password", "password123"))),
        new Call(verify, "the link of the mail", 200, by -> user.verify()),
        new Call(
            verify,
            "a token that was never given out",
            400,
            by -> by.post(verify.path(), Map.of("token", "x"))),
        new Call(resend, "of nobody", 200, by -> by.post(resend.path(), NOBODY)),
        new Call(resend, "of no address", 400, by -> by.post(resend.path(), NO_ADDRESS)),
        new Call(forgot, "of nobody", 200, by -> by.post(forgot.path(), NOBODY)),
        new Call(forgot, "of no address", 400, by -> by.post(forgot.path(), NO_ADDRESS)),
        new Call(reset, "the link of the mail", 200, by -> user.reset()),
        new Call(
            reset,
            "a token that was never given out",
            400,
            by ->
                by.post(reset.path(), Map.of("token", "x", "password", "four words are enough"))));
  }

  private static List<Call> sessions(PortalRequests user) {
    Operation login = post(AUTH + "/login");
    Operation refresh = post(AUTH + "/refresh");
    Operation logout = post(AUTH + "/logout");
    Map<String, Object> cookie = Map.of("session", "cookie");
    return List.of(
        new Call(login, "a demo user", 200, by -> user.loginOfDemoUser()),
        new Call(
            login,
            "into a cookie",
            200,
            by -> user.login(cookie, "X-Tollgate-CSRF", "1", "Sec-Fetch-Site", "same-origin")),
        new Call(login, "into a cookie by another page", 403, by -> user.login(cookie)),
        new Call(
            login, "a wrong password", 401, by -> user.login(Map.of("password", "wrong words"))),
        new Call(login, "no password", 400, by -> by.post(login.path(), NOBODY)),
        new Call(refresh, "the newest token", 200, by -> user.refresh()),
        new Call(
            refresh, "no token", 401, by -> by.post(refresh.path(), Map.of("refresh_token", "x"))),
        new Call(logout, "in a session", 200, by -> by.post(logout.path(), "", user.session())),
        new Call(
            logout, "a body that is none", 400, by -> by.post(logout.path(), "{", user.session())));
  }

  private static List<Call> signOn(PortalRequests user) {
    Operation providers = new Operation("GET", AUTH + "/providers");
    Operation start = post(AUTH + "/oidc/{provider}/start");
    Operation callback = post(AUTH + "/oidc/{provider}/callback");
    String corp = AUTH + "/oidc/corp";
    return List.of(
        new Call(providers, "one", 200, by -> by.get(providers.path())),
        new Call(providers, "another method", 405, by -> by.delete(providers.path())),
        new Call(
            start,
            "to go on with the keys",
            200,
            by -> by.post(corp + "/start", Map.of("return_to", "/portal/keys"))),
        new Call(
            start,
            "to go on elsewhere",
            400,
            by -> by.post(corp + "/start", Map.of("return_to", "//evil.example"))),
        new Call(start, "of nobody", 404, by -> by.post(AUTH + "/oidc/x/start", "")),
        new Call(
            callback, "of a newcomer", 200, by -> user.endSignOn(corp, "new", "new@a.example")),
        new Call(
            callback,
            "of an address that is verified",
            200,
            by -> user.endSignOn(corp, "contract", PortalRequests.EMAIL)),
        new Call(
            callback,
            "that nobody has begun",
            400,
            by -> by.post(corp + "/callback", Map.of("code", "x", "state", "y"))));
  }

  private static List<Call> links(PortalRequests user) {
    Operation list = new Operation("GET", ME + "/sign-ons");
    Operation start = post(ME + "/sign-ons/{provider}/start");
    Operation callback = post(ME + "/sign-ons/{provider}/callback");
    Operation unlink = new Operation("DELETE", ME + "/sign-ons/{provider}");
    String corp = ME + "/sign-ons/corp";
    return List.of(
        new Call(list, "one", 200, by -> by.get(list.path(), user.session())),
        new Call(list, "in no session", 401, by -> by.get(list.path())),
        new Call(
            start, "of nobody", 404, by -> by.post(ME + "/sign-ons/x/start", "", user.session())),
        new Call(start, "in no session", 401, by -> by.post(corp + "/start", "")),
        new Call(unlink, "what a sign-on has linked", 200, by -> by.delete(corp, user.session())),
        new Call(
            start,
            "to go on with the account",
            200,
            by -> by.post(corp + "/start", Map.of("return_to", "/portal/account"), user.session())),
        new Call(
            callback,
            "of a sign-on of nobody's",
            200,
            by -> user.endLink(corp, "link", "l@a.example")),
        new Call(
            callback,
            "of another account's",
            409,
            by -> user.endLink(corp, "new", "new@a.example")),
        new Call(
            callback,
            "that nobody has begun",
            400,
            by -> by.post(corp + "/callback", Map.of("code", "x", "state", "y"), user.session())),
        new Call(unlink, "of nobody", 404, by -> by.delete(ME + "/sign-ons/x", user.session())));
  }

  private static List<Call> me(PortalRequests user) {
    Operation me = new Operation("GET", ME);
    Operation change = new Operation("PUT", ME);
    Operation list = new Operation("GET", ME + "/sessions");
    Operation end = new Operation("DELETE", ME + "/sessions/{id}");
    Operation endOthers = post(ME + "/sessions/end-others");
    Operation password = post(ME + "/password");
    Map<String, Object> passwords =
        Map.of("old_password", "wrong words", "new_password", "four words are enough");
    return List.of(
        new Call(me, "in a session", 200, by -> by.get(ME, user.session())),
        new Call(me, "with an API key", 401, by -> by.get(ME, by.asUser(1))),
        new Call(
            change, "in Chinese", 200, by -> by.put(ME, Map.of("language", "zh"), user.session())),
        new Call(
            change,
            "in another zone",
            200,
            by -> by.put(ME, Map.of("zone", "Asia/Tokyo", "theme", "dark"), user.session())),
        new Call(
            change, "in French", 400, by -> by.put(ME, Map.of("language", "fr"), user.session())),
        new Call(list, "in a session", 200, by -> by.get(list.path(), user.session())),
        new Call(list, "no token", 401, by -> by.get(list.path())),
        new Call(end, "another one", 200, by -> user.endSession()),
        new Call(
            end, "one that is not there", 404, by -> by.delete(ME + "/sessions/x", user.session())),
        new Call(password, "the right one", 200, by -> user.changePassword()),
        new Call(
            password,
            "a wrong one",
            401,
            by -> by.post(password.path(), passwords, user.session())),
        new Call(
            endOthers, "in a session", 200, by -> by.post(endOthers.path(), "", user.session())),
        new Call(endOthers, "no token", 401, by -> by.post(endOthers.path(), "")));
  }

  private static List<Call> requests(PortalRequests user) {
    String path = ME + "/request-logs";
    Operation list = new Operation("GET", path);
    Operation one = new Operation("GET", path + "/{request_id}");
    Operation stats = new Operation("GET", path + "/stats");
    Operation export = new Operation("GET", path + "/export");
    String unknown = path + "/019ac1f4-8a5e-7b30-9a40-5f6d2b1c0e77";
    return List.of(
        new Call(list, "counted", 200, by -> by.get(path + "?count=true", user.session())),
        new Call(list, "page 0", 400, by -> by.get(path + "?page=0", user.session())),
        new Call(one, "one of theirs", 200, by -> user.request()),
        new Call(one, "unknown", 404, by -> by.get(unknown, user.session())),
        new Call(one, "no id", 400, by -> by.get(path + "/x", user.session())),
        new Call(
            stats, "by model", 200, by -> by.get(path + "/stats?group_by=model", user.session())),
        new Call(
            stats,
            "by account",
            400,
            by -> by.get(path + "/stats?group_by=account", user.session())),
        new Call(export, "all", 200, by -> by.get(path + "/export", user.session())),
        new Call(export, "status 0", 400, by -> by.get(path + "/export?status=0", user.session())));
  }

  private static List<Call> keys(PortalRequests user) {
    Operation list = new Operation("GET", ME + "/keys");
    Operation create = post(ME + "/keys");
    Operation show = new Operation("GET", ME + "/keys/{id}");
    Operation change = new Operation("PUT", ME + "/keys/{id}");
    Operation end = new Operation("DELETE", ME + "/keys/{id}");
    Operation toggle = new Operation("PATCH", ME + "/keys/{id}/toggle");
    Operation rotate = post(ME + "/keys/{id}/rotate");
    String unknown = ME + "/keys/999999";
    Map<String, Object> off = Map.of("enabled", false);
    return List.of(
        new Call(
            create,
            "with a limit",
            200,
            by -> user.createKey(Map.of("name", "laptop", "requests_per_minute", 60))),
        new Call(create, "without a name", 400, by -> user.createKey(Map.of())),
        new Call(list, "in a session", 200, by -> by.get(list.path(), user.session())),
        new Call(list, "page 0", 400, by -> by.get(list.path() + "?page=0", user.session())),
        new Call(show, "one that is there", 200, by -> by.get(user.key(), user.session())),
        new Call(show, "unknown", 404, by -> by.get(unknown, user.session())),
        new Call(
            change,
            "a limit away",
            200,
            by -> by.put(user.key(), Map.of("name", "phone"), user.session())),
        new Call(
            change, "unknown", 404, by -> by.put(unknown, Map.of("name", "phone"), user.session())),
        new Call(toggle, "off", 200, by -> by.patch(user.key() + "/toggle", off, user.session())),
        new Call(toggle, "unknown", 404, by -> by.patch(unknown + "/toggle", off, user.session())),
        new Call(
            rotate,
            "with grace",
            200,
            by -> by.post(user.key() + "/rotate", Map.of("grace_seconds", 60), user.session())),
        new Call(rotate, "unknown", 404, by -> by.post(unknown + "/rotate", "", user.session())),
        new Call(end, "one that is there", 200, by -> by.delete(user.key(), user.session())),
        new Call(end, "unknown", 404, by -> by.delete(unknown, user.session())),
        new Call(
            rotate,
            "one that has ended",
            409,
            by -> by.post(user.key() + "/rotate", "", user.session())));
  }

  private static List<Call> factor(PortalRequests user) {
    Operation standing = new Operation("GET", ME + "/totp");
    Operation begin = post(ME + "/totp");
    Operation confirm = post(ME + "/totp/confirm");
    Operation off = post(ME + "/totp/off");
    Operation renew = post(ME + "/totp/recovery-codes");
    Map<String, Object> code = Map.of("code", "12345");
    return List.of(
        new Call(standing, "none", 200, by -> by.get(standing.path(), user.session())),
        new Call(standing, "no token", 401, by -> by.get(standing.path())),
        new Call(begin, "none yet", 200, by -> by.post(begin.path(), "", user.session())),
        new Call(begin, "no token", 401, by -> by.post(begin.path(), "")),
        new Call(confirm, "a wrong code", 400, by -> by.post(confirm.path(), code, user.session())),
        new Call(off, "none", 409, by -> by.post(off.path(), code, user.session())),
        new Call(renew, "none", 409, by -> by.post(renew.path(), code, user.session())),
        new Call(confirm, "the present code", 200, by -> user.confirmFactor()),
        new Call(renew, "the next code", 200, by -> user.renewCodes()),
        new Call(off, "a recovery code", 200, by -> user.removeFactor()));
  }

  private static Operation post(String path) {
    return new Operation("POST", path);
  }
}
