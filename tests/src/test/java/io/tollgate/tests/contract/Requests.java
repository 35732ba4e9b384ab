package io.tollgate.tests.contract;

import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Authenticator;
import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.merchant.MerchantSignature;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Makes requests to one installation, and knows who may make them. Used by one thread. */
final class Requests {
  private static final String NEW_PASSWORD = "another-password";

  private final Client client;
  private final Demo demo;
  private String password = "admin123";
  private String lastBody = "";
  private String[] session = {};
  private final List<WebSocket> connected = new ArrayList<>();
  private String[] factorSession = {};
  private Authenticator authenticator = new Authenticator("A".repeat(32));

  Requests(Installation installation) {
    this.client = new Client(installation);
    this.demo = installation.demo();
  }

  HttpRequest get(String path, String... headers) {
    return open("GET", demo.publicUrl(), path, "", headers);
  }

  HttpRequest post(String path, Object body, String... headers) {
    return open("POST", demo.publicUrl(), path, json(body), headers);
  }

  /** A form with files in it. */
  HttpRequest form(String path, String type, byte[] body, String... headers) {
    lastBody = "";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(demo.publicUrl().resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body));
    for (int index = 0; index < headers.length; index += 2) {
      request.header(headers[index], headers[index + 1]);
    }
    return request.build();
  }

  /** A signed request of the demo tenant's own server. */
  HttpRequest merchant(String method, String target, Object body) {
    String text = json(body);
    return open(
        method,
        demo.publicUrl(),
        target,
        text,
        MerchantSignature.of(demo.merchant(), method, target, text));
  }

  /** The first number under a name in what a signed call answers. */
  long merchantNumber(String target, String field) {
    String kept = lastBody;
    JsonNode data = Client.json(client.send(merchant("GET", target, ""))).required("data");
    lastBody = kept;
    return data.findValue(field).longValue();
  }

  HttpRequest put(String path, Object body, String... headers) {
    return open("PUT", demo.publicUrl(), path, json(body), headers);
  }

  HttpRequest patch(String path, Object body, String... headers) {
    return open("PATCH", demo.publicUrl(), path, json(body), headers);
  }

  HttpRequest delete(String path, String... headers) {
    return open("DELETE", demo.publicUrl(), path, "", headers);
  }

  HttpRequest getPrivately(String path, String... headers) {
    return open("GET", demo.privateUrl(), path, "", headers);
  }

  HttpRequest deletePrivately(String path) {
    return open("DELETE", demo.privateUrl(), path, "");
  }

  /** A grant by the tenant's backend. */
  HttpRequest grant(Map<String, ?> body) {
    return grant(body, demo.serviceToken());
  }

  HttpRequest grant(Map<String, ?> body, String serviceToken) {
    return open(
        "POST",
        demo.privateUrl(),
        "/internal/v1/billing/grants",
        json(body),
        "X-Service-Token",
        serviceToken);
  }

  /** Takes back a grant of tokens, made now or before. */
  HttpRequest revokeGrant(String key) {
    HttpResponse<String> given =
        client.send(
            grant(
                Map.of(
                    "user_id",
                    "contract-user",
                    "asset",
                    "TOKEN",
                    "amount",
                    500,
                    "idempotency_key",
                    key)));
    String transfer = Client.json(given).required("transfer_id").asString();
    return post(
        "/api/grants/" + transfer + "/revoke", Map.of("reason", "given by mistake"), asAdmin());
  }

  /**
   * Has a pair bought on an exchange account of the demo, and answers what names the position. What
   * the account has is known a few seconds after a start; until then nothing is bought.
   */
  Map<String, Object> boughtPosition(String symbol) {
    String kept = lastBody;
    Map<String, Object> place = Map.of("symbol", symbol, "account_id", 1, "position_side", "LONG");
    Map<String, Object> order = new LinkedHashMap<>(place);
    order.put("amount_usdt", 200);
    await("an order by hand is placed")
        .atMost(Duration.ofSeconds(120))
        .until(
            () ->
                Client.json(client.send(post("/api/manual-order", order, asAdmin())))
                    .required("success")
                    .booleanValue());
    lastBody = kept;
    return place;
  }

  /** What a backend asks of the billing interface. */
  HttpRequest service(String path, Object body) {
    return service(path, body, demo.serviceToken());
  }

  HttpRequest service(String path, Object body, String serviceToken) {
    return open(
        "POST",
        demo.privateUrl(),
        "/internal/v1/billing/" + path,
        json(body),
        "X-Service-Token",
        serviceToken);
  }

  /** What a backend tells of profits and holdings. */
  HttpRequest rewards(String path, Object body) {
    return rewards(path, body, demo.serviceToken());
  }

  HttpRequest rewards(String path, Object body, String serviceToken) {
    return open(
        "POST",
        demo.privateUrl(),
        "/internal/v1/rewards/" + path,
        json(body),
        "X-Service-Token",
        serviceToken);
  }

  /** Gives back what is deducted for it. */
  HttpRequest refundDeduct(Object deduct) {
    HttpResponse<String> done = client.send(service("deduct", deduct));
    String id = Client.json(done).required("record_id").asString();
    return service("refund", Map.of("record_id", id, "reason", "for the contract"));
  }

  /** A chat request by a demo user. */
  HttpRequest chat(int user, Object body, String... headers) {
    return chatWith(demo.user(user).apiKey(), body, headers);
  }

  HttpRequest chatWith(String key, Object body, String... headers) {
    return open(
        "POST",
        demo.publicUrl(),
        "/v1/chat/completions",
        json(body),
        with("Authorization", "Bearer " + key, headers));
  }

  /** A file for a batch. */
  HttpRequest upload(int user, String content) {
    String boundary = "contract-4711";
    String body =
        "--%1$s\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--%1$s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"in.jsonl\"\r\n\r\n%2$s\r\n--%1$s--\r\n"
            .formatted(boundary, content);
    lastBody = body;
    return HttpRequest.newBuilder(demo.publicUrl().resolve("/v1/files"))
        .timeout(Duration.ofSeconds(60))
        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
        .header("Authorization", "Bearer " + demo.user(user).apiKey())
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  String userId(int user) {
    return demo.user(user).userId();
  }

  String[] asUser(int user) {
    return new String[] {"Authorization", "Bearer " + demo.user(user).apiKey()};
  }

  /** A device of a user that follows the numbers from now on: its path in the admin API. */
  String connectedDevice(int user) {
    String devices = firstOf("/api/users?user_id=" + userId(user)) + "/devices";
    String socket = demo.publicUrl() + "/ws/sync?device_id=contract";
    WebSocket device =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", asUser(user)[1])
            .buildAsync(URI.create(socket.replaceFirst("^http", "ws")), new WebSocket.Listener() {})
            .join();
    await("a device that is listed")
        .until(() -> !Client.json(client.send(get(devices, asAdmin()))).required("data").isEmpty());
    connected.add(device);
    return devices + "/" + textOfFirst(devices, "id");
  }

  String[] asBackend() {
    return new String[] {"Authorization", "Bearer " + demo.serviceToken()};
  }

  /** As an administrator, in one session as long as it is open. */
  String[] asAdmin() {
    if (session.length == 0 || client.send(get("/api/auth/me", session)).statusCode() != 200) {
      session = asAdminAnew();
    }
    return session.clone();
  }

  /** The same in a session of its own. */
  String[] asAdminAnew() {
    HttpResponse<String> login = client.send(login("admin", password));
    return new String[] {
      "Authorization", "Bearer " + Client.json(login).required("token").asString()
    };
  }

  HttpRequest login() {
    return login("admin", password);
  }

  HttpRequest login(String username, String tried) {
    return post("/api/auth/login", Map.of("username", username, "password", tried));
  }

  /** Ends a session of the administrator that was opened a moment before. */
  HttpRequest endAdminSession() {
    var unused = asAdminAnew();
    String[] ending = asAdminAnew();
    JsonNode open = Client.json(client.send(get("/api/auth/sessions", ending))).required("data");
    return delete("/api/auth/sessions/" + open.required(1).required("id").asString(), ending);
  }

  /** From now on a login of this administrator asks for a code: the session goes on being used. */
  HttpRequest confirmAdminFactor() {
    factorSession = asAdminAnew();
    JsonNode begun =
        Client.json(client.send(post("/api/auth/totp", "", factorSession))).required("data");
    authenticator = new Authenticator(begun.required("secret").asString());
    return post("/api/auth/totp/confirm", Map.of("code", authenticator.code(0)), factorSession);
  }

  /** With the code after the present one, which has confirmed. */
  HttpRequest renewAdminCodes() {
    return post(
        "/api/auth/totp/recovery-codes", Map.of("code", authenticator.code(1)), factorSession);
  }

  /** A new one, as there is no further code of this one in time; then all is as before. */
  HttpRequest removeAdminFactor() {
    var unused = client.send(post("/api/admins/" + me() + "/reset-totp", "", factorSession));
    JsonNode begun =
        Client.json(client.send(post("/api/auth/totp", "", factorSession))).required("data");
    String code = new Authenticator(begun.required("secret").asString()).code(0);
    JsonNode codes =
        Client.json(
                client.send(post("/api/auth/totp/confirm", Map.of("code", code), factorSession)))
            .required("data");
    return post(
        "/api/auth/totp/off",
        Map.of("code", codes.required("recovery_codes").required(0).asString()),
        factorSession);
  }

  private String me() {
    return Client.json(client.send(get("/api/auth/me", factorSession)))
        .required("data")
        .required("admin_id")
        .asString();
  }

  HttpRequest changePassword() {
    HttpRequest request =
        post(
            "/api/auth/change-password",
            Map.of("old_password", password, "new_password", NEW_PASSWORD),
            asAdmin());
    password = NEW_PASSWORD;
    return request;
  }

  /** Decides about a request that is in the books. */
  HttpRequest resolveSettled() {
    HttpResponse<String> log =
        client.send(get("/api/request-logs?settled=settled&page_size=1", asAdmin()));
    String id = Client.json(log).required("data").required(0).required("request_id").asString();
    return post("/api/in-doubt/" + id + "/resolve", Map.of("charge", "input"), asAdmin());
  }

  /** Where a request is that was charged something. */
  String chargedRequest() {
    HttpResponse<String> log =
        client.send(get("/api/request-logs?settled=settled&page_size=100", asAdmin()));
    for (JsonNode row : Client.json(log).required("data")) {
      if (row.required("cost").isNumber()
          && (row.required("cost").decimalValue().signum() > 0
              || row.required("quota_tokens").longValue() > 0)) {
        return "/api/request-logs/" + row.required("request_id").asString();
      }
    }
    throw new AssertionError("no request was charged: " + log.body());
  }

  /** Where one request is in the log of all; the log hears of it a moment after its end. */
  String loggedRequest() {
    String[] path = new String[1];
    await("a request is logged")
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              HttpResponse<String> log =
                  client.send(get("/api/request-logs?status=200&page_size=1", asAdmin()));
              JsonNode rows = Client.json(log).required("data");
              if (rows.isEmpty()) {
                return false;
              }
              path[0] = "/api/request-logs/" + rows.required(0).required("request_id").asString();
              return true;
            });
    return path[0];
  }

  /** Sets a spend limit of the demo's tenant. */
  HttpRequest setSpendLimit(Map<String, ?> order) {
    HttpResponse<String> log =
        client.send(get("/api/request-logs?settled=any&page_size=1", asAdmin()));
    Map<String, Object> body = new LinkedHashMap<>(order);
    body.put(
        "tenant_id",
        Client.json(log).required("data").required(0).required("tenant_id").longValue());
    return put("/api/spend-limits", body, asAdmin());
  }

  /** Makes a key for a user who has made a request. */
  HttpRequest createApiKey(Map<String, ?> terms) {
    HttpResponse<String> log =
        client.send(get("/api/request-logs?settled=any&page_size=1", asAdmin()));
    Map<String, Object> body = new LinkedHashMap<>(terms);
    for (String field : List.of("tenant_id", "user_id")) {
      body.put(field, Client.json(log).required("data").required(0).required(field).longValue());
    }
    return post("/api/api-keys", body, asAdmin());
  }

  /** Where the key is that was made by {@link #createApiKey}. */
  String apiKey() {
    HttpResponse<String> list = client.send(get("/api/api-keys?name=contract", asAdmin()));
    return "/api/api-keys/"
        + Client.json(list).required("data").required(0).required("id").asString();
  }

  /** Deletes the first spend limit there is. */
  HttpRequest deleteSpendLimit() {
    HttpResponse<String> list = client.send(get("/api/spend-limits", asAdmin()));
    String id = Client.json(list).required("data").required(0).required("id").asString();
    return delete("/api/spend-limits/" + id, asAdmin());
  }

  /** Signs in as an administrator of this role, who is made; the headers of their session. */
  String[] asRole(String role) {
    String name = "rights-" + role;
    HttpResponse<String> made =
        client.send(post("/api/admins", Map.of("username", name, "role", role), asAdmin()));
    String password = Client.json(made).required("data").required("password").asString();
    HttpResponse<String> session = client.send(login(name, password));
    return new String[] {
      "Authorization", "Bearer " + Client.json(session).required("token").asString()
    };
  }

  /** Calls it with nothing, about something that is not there: nothing is changed. */
  HttpResponse<String> tryOut(Operation operation, String[] as) {
    String path = operation.path().replaceAll("\\{[^}]*}", "0");
    return client.send(
        switch (operation.method()) {
          case "GET" -> get(path, as);
          case "PUT" -> put(path, "", as);
          case "PATCH" -> patch(path, "", as);
          case "DELETE" -> delete(path, as);
          default -> post(path, "", as);
        });
  }

  /** A field of the first row of a list. */
  String textOfFirst(String list, String field) {
    HttpResponse<String> answer = client.send(get(list, asAdmin()));
    return Client.json(answer).required("data").required(0).required(field).asString();
  }

  /** The path of the first row of a list. */
  String firstOf(String list) {
    HttpResponse<String> answer = client.send(get(list, asAdmin()));
    String id = Client.json(answer).required("data").required(0).required("id").asString();
    return list.split("\\?", -1)[0] + "/" + id;
  }

  /** The path of a backtest's job that is handed in now. */
  String backtestJob(Object body) {
    String kept = lastBody;
    JsonNode answer =
        Client.json(client.send(post("/api/backtest/run?async=true", body, asAdmin())));
    lastBody = kept;
    return "/api/backtest/jobs/" + answer.required("job_id").asString();
  }

  /** The same of one that is done. */
  String doneBacktest(Object body) {
    String job = backtestJob(body);
    await()
        .until(
            () ->
                Client.json(client.send(get(job, asAdmin())))
                    .required("state")
                    .asString()
                    .equals("done"));
    return job;
  }

  /** The body of the request that was made last; empty when it has none. */
  String lastBody() {
    return lastBody;
  }

  HttpResponse<String> send(HttpRequest request) {
    return client.send(request);
  }

  /**
   * What a place answers to {@code OPTIONS}. Like every method that changes nothing it is asked
   * again where a kept connection ends under it (RFC 9112, 9.3.1): this client does that for {@code
   * GET} alone.
   */
  HttpResponse<String> options(String url) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(30))
            .method("OPTIONS", BodyPublishers.noBody())
            .build();
    try {
      return client.send(request);
    } catch (UncheckedIOException _) {
      return client.send(request);
    }
  }

  /** Every URL that paths can be served below. */
  List<String> bases() {
    return List.of(
        demo.publicUrl().toString(),
        demo.publicUrl() + "/openai",
        demo.publicUrl() + "/claude",
        demo.publicUrl() + "/gemini",
        demo.privateUrl().toString(),
        demo.privateUrl() + "/openai",
        demo.privateUrl() + "/claude",
        demo.privateUrl() + "/gemini");
  }

  /** Where this installation is, for a URL with the usual ports. */
  String base(String describedUrl) {
    return describedUrl
        .replace("http://127.0.0.1:18100", demo.publicUrl().toString())
        .replace("http://127.0.0.1:18103", demo.privateUrl().toString());
  }

  private HttpRequest open(String method, URI base, String path, String body, String... headers) {
    lastBody = body;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    for (int index = 0; index < headers.length; index += 2) {
      request.header(headers[index], headers[index + 1]);
    }
    return request.build();
  }

  private static String json(Object body) {
    return body instanceof String text ? text : Client.JSON.writeValueAsString(body);
  }

  private static String[] with(String name, String value, String... more) {
    String[] all = new String[more.length + 2];
    all[0] = name;
    all[1] = value;
    System.arraycopy(more, 0, all, 2, more.length);
    return all;
  }
}
