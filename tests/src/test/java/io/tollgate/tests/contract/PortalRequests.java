package io.tollgate.tests.contract;

import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Authenticator;
import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.TestMailbox;
import io.tollgate.tests.installation.TestProvider;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Requests of one user who registers, logs in and looks after their account. */
final class PortalRequests {
  static final String EMAIL = "contract@a.example";
  private static final String AUTH = "/api/v1/auth";

  private final Requests requests;
  private final Demo demo;
  private final TestMailbox mailbox;
  private final TestProvider provider;
  private String password = "four words are enough";
  private Authenticator authenticator = new Authenticator("A".repeat(32));
  private String[] factorSession = {};

  PortalRequests(Requests requests, Demo demo, TestMailbox mailbox, TestProvider provider) {
    this.requests = requests;
    this.demo = demo;
    this.mailbox = mailbox;
    this.provider = provider;
  }

  HttpRequest register() {
    return requests.post(AUTH + "/register", Map.of("email", EMAIL, "password", password));
  }

  HttpRequest verify() {
    return requests.post(AUTH + "/verify", Map.of("token", mailbox.token(EMAIL, 0)));
  }

  HttpRequest login(Map<String, ?> more, String... headers) {
    Map<String, Object> body = new LinkedHashMap<>(Map.of("email", EMAIL, "password", password));
    body.putAll(more);
    return requests.post(AUTH + "/login", body, headers);
  }

  HttpRequest loginOfDemoUser() {
    Demo.User user = demo.user(0);
    return requests.post(
        AUTH + "/login", Map.of("email", user.email(), "password", user.password()));
  }

  /** What the demo's member with a team and rewards asks for. */
  HttpRequest asLeader(Operation operation, Map<String, ?> body, String key) {
    String[] session =
        bearer(
            data(
                requests.post(
                    AUTH + "/login",
                    Map.of("email", "leader@demo.example", "password", demo.user(0).password()))));
    return requests.post(operation.path(), body, session[0], session[1], "Idempotency-Key", key);
  }

  /** The session of the demo's merchant. */
  String[] merchantSession() {
    return bearer(
        data(
            requests.post(
                AUTH + "/login",
                Map.of("email", "merchant@demo.example", "password", demo.user(0).password()))));
  }

  /** What the demo's merchant asks for, once. */
  HttpRequest asMerchant(Operation operation, Map<String, ?> body, String key) {
    String[] session = merchantSession();
    return requests.post(operation.path(), body, session[0], session[1], "Idempotency-Key", key);
  }

  HttpRequest refresh() {
    return requests.post(
        AUTH + "/refresh", Map.of("refresh_token", opened().required("refresh_token").asString()));
  }

  HttpRequest reset() {
    int before = mailbox.bodies(EMAIL).size();
    var unused = requests.send(requests.post(AUTH + "/forgot", Map.of("email", EMAIL)));
    String token = mailbox.token(EMAIL, before);
    password = "four other words";
    return requests.post(AUTH + "/reset", Map.of("token", token, "password", password));
  }

  HttpRequest changePassword() {
    String old = password;
    String[] session = session();
    password = "and four more words";
    return requests.post(
        "/api/v1/me/password", Map.of("old_password", old, "new_password", password), session);
  }

  HttpRequest endSession() {
    String other = opened().required("session_id").asString();
    return requests.delete("/api/v1/me/sessions/" + other, session());
  }

  /** From now on a login of this user asks for a code: the session goes on being used. */
  HttpRequest confirmFactor() {
    factorSession = session();
    JsonNode begun = data(requests.post("/api/v1/me/totp", "", factorSession));
    authenticator = new Authenticator(begun.required("secret").asString());
    return code("/api/v1/me/totp/confirm", 0);
  }

  /** With the code after the present one, which has confirmed. */
  HttpRequest renewCodes() {
    return code("/api/v1/me/totp/recovery-codes", 1);
  }

  /** That of a demo user, who has set one up a moment before. */
  HttpRequest removeFactor() {
    String[] session = bearer(data(loginOfDemoUser()));
    JsonNode begun = data(requests.post("/api/v1/me/totp", "", session));
    String code = new Authenticator(begun.required("secret").asString()).code(0);
    JsonNode codes = data(requests.post("/api/v1/me/totp/confirm", Map.of("code", code), session));
    return requests.post(
        "/api/v1/me/totp/off",
        Map.of("code", codes.required("recovery_codes").required(0).asString()),
        session);
  }

  private HttpRequest code(String path, int ahead) {
    return requests.post(path, Map.of("code", authenticator.code(ahead)), factorSession);
  }

  /** Ends a sign-on that was begun a moment before, of users or of administrators. */
  HttpRequest endSignOn(String path, String subject, String email) {
    HttpResponse<String> begun = requests.send(requests.post(path + "/start", ""));
    String url = Client.json(begun).required("data").required("url").asString();
    String cookie = begun.headers().firstValue("Set-Cookie").orElseThrow();
    Map<String, String> back = provider.visit(url, subject, email);
    return requests.post(
        path + "/callback",
        Map.of("code", back.get("code"), "state", back.get("state")),
        "Cookie",
        cookie.substring(0, cookie.indexOf(';')));
  }

  /** Links a sign-on that was begun a moment before in the same session. */
  HttpRequest endLink(String path, String subject, String email) {
    String[] session = session();
    HttpResponse<String> begun = requests.send(requests.post(path + "/start", "", session));
    String url = Client.json(begun).required("data").required("url").asString();
    String cookie = begun.headers().firstValue("Set-Cookie").orElseThrow();
    Map<String, String> back = provider.visit(url, subject, email);
    return requests.post(
        path + "/callback",
        Map.of("code", back.get("code"), "state", back.get("state")),
        "Cookie",
        cookie.substring(0, cookie.indexOf(';')),
        session[0],
        session[1]);
  }

  /** The receipt of an order that a demo user has made a moment before. */
  HttpRequest receipt() {
    JsonNode opened = data(loginOfDemoUser());
    String order =
        Client.json(
                requests.send(
                    requests.post(
                        "/api/v1/billing/recharge",
                        Map.of(
                            "user_id",
                            opened.required("user_id").asString(),
                            "amount",
                            "5",
                            "payment_method",
                            "sandbox"),
                        bearer(opened))))
            .required("order_id")
            .asString();
    return requests.get("/api/v1/me/recharges/" + order + "/receipt", bearer(opened));
  }

  /** A demo user asks to be deleted, who has money. */
  HttpRequest deleteDemoUser() {
    Demo.User user = demo.user(0);
    return requests.post(
        "/api/v1/me/deletion",
        Map.of("confirm", user.email(), "password", user.password()),
        bearer(data(loginOfDemoUser())));
  }

  /** Deletes an account that another provider has made a moment before: it has no password. */
  HttpRequest deleteAccount() {
    String email = "gone@a.example";
    JsonNode session = data(endSignOn("/api/v1/auth/oidc/corp", "gone", email)).required("session");
    return requests.post("/api/v1/me/deletion", Map.of("confirm", email), bearer(session));
  }

  HttpRequest createKey(Map<String, ?> terms) {
    return requests.post("/api/v1/me/keys", terms, session());
  }

  /** Where the user's newest key is. */
  String key() {
    JsonNode keys = data(requests.get("/api/v1/me/keys", session()));
    return "/api/v1/me/keys/" + keys.required(0).required("id").asString();
  }

  /** Looks at a request that a user has made a moment before, once it is logged. */
  HttpRequest request() {
    String path =
        "/api/v1/me/request-logs/"
            + requests
                .send(
                    requests.post(
                        "/v1/chat/completions",
                        Map.of("model", "nobody-has-this", "messages", List.of()),
                        "Authorization",
                        "Bearer " + demo.user(0).apiKey()))
                .headers()
                .firstValue("X-Request-Id")
                .orElseThrow();
    HttpRequest request = requests.get(path, bearer(data(loginOfDemoUser())));
    await("it is logged").until(() -> requests.send(request).statusCode() == 200);
    return request;
  }

  String[] session() {
    return bearer(opened());
  }

  private static String[] bearer(JsonNode opened) {
    return new String[] {"Authorization", "Bearer " + opened.required("token").asString()};
  }

  JsonNode opened() {
    return data(login(Map.of()));
  }

  JsonNode data(HttpRequest request) {
    HttpResponse<String> response = requests.send(request);
    return Client.json(response).required("data");
  }
}
