package io.tollgate.tests.rewards;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.OwnDatabase;
import io.tollgate.tests.merchant.MerchantSignature;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The demo tenant's own server, which signs, its backend, and its administrators. */
final class TeamOfTenant {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Installation installation;
  private final Client client;
  private final OwnDatabase database;

  TeamOfTenant(Installation installation) {
    this.installation = installation;
    this.client = new Client(installation);
    this.database = new OwnDatabase(installation);
  }

  OwnDatabase database() {
    return database;
  }

  Client client() {
    return client;
  }

  /** A new user; without an inviter the root user's. */
  String user(String email, Optional<String> inviter) {
    String code =
        inviter.map(by -> "&invite_code=" + info(by).required("invite_code").asString()).orElse("");
    var _ =
        data(
            merchant(
                "/merchant/user/create",
                "email=" + encoded(email) + "&password=long+enough" + code,
                Optional.empty()));
    return email;
  }

  JsonNode info(String email) {
    String target = "/merchant/user/info?email=" + encoded(email);
    return Client.json(
            client.get(client.url(target), MerchantSignature.of(merchant(), "GET", target, "")))
        .required("data");
  }

  String root() {
    String target = "/merchant/root-user";
    return Client.json(
            client.get(client.url(target), MerchantSignature.of(merchant(), "GET", target, "")))
        .required("data")
        .required("email")
        .asString();
  }

  /** A signed call with a form. */
  HttpRequest merchant(String path, String form, Optional<String> key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(client.url(path))
            .timeout(PATIENCE)
            .headers(MerchantSignature.of(merchant(), "POST", path, form))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    key.ifPresent(name -> request.header("Idempotency-Key", name));
    return request.build();
  }

  /** What the tenant's backend tells: {@code profit} or {@code holding}. */
  HttpRequest told(String what, String email, String fields) {
    String user =
        database.text("SELECT external_id FROM identity.tenant_user WHERE email = '" + email + "'");
    return HttpRequest.newBuilder(
            installation.demo().privateUrl().resolve("/internal/v1/rewards/" + what))
        .timeout(PATIENCE)
        .header("X-Service-Token", installation.demo().serviceToken())
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"user_id\":\"%s\",%s}".formatted(user, fields)))
        .build();
  }

  /** A call of the demo's administrator. */
  HttpRequest admin(String path, String body, Optional<String> key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(client.url(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + client.adminToken())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    key.ifPresent(name -> request.header("Idempotency-Key", name));
    return request.build();
  }

  /** The data of a call that succeeds. */
  JsonNode data(HttpRequest request) {
    JsonNode answer = Client.json(client.send(request));
    if (answer.path("code").asInt(0) != 0) {
      throw new AssertionError(request.uri() + " answered " + answer);
    }
    return answer.required("data");
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private Demo.Merchant merchant() {
    return installation.demo().merchant();
  }
}
