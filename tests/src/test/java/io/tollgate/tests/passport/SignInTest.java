package io.tollgate.tests.passport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.TestMailbox;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Somebody from their registration to their own numbers, and what others try meanwhile. */
@Tag("slow")
class SignInTest {
  private static final String PASSWORD = "four words are enough";
  private static final TestMailbox mailbox = new TestMailbox();
  private static Installation installation;
  private static Client client;

  @BeforeAll
  static void start() {
    List<String> flags = new ArrayList<>(List.of(mailbox.flags()));
    flags.addAll(List.of("--identity-register-address-hour-max", "1000"));
    installation = Installation.start(flags.toArray(String[]::new));
    client = new Client(installation);
  }

  @AfterAll
  static void stop() {
    installation.close();
    mailbox.close();
  }

  @Test
  void who_registers_reaches_their_own_numbers_and_nobody_elses() {
    JsonNode in = registered("ann@a.example");
    String token = in.required("token").asString();
    String user = in.required("user_id").asString();
    HttpResponse<String> snapshot = get("/api/v1/billing/sync/" + user, token);
    assertThat(snapshot.statusCode()).isEqualTo(200);
    Demo.User other = installation.demo().user(0);
    assertThat(get("/api/v1/billing/sync/" + other.userId(), token).statusCode()).isEqualTo(403);
    assertThat(get("/api/users", token).statusCode()).isEqualTo(401);
    assertThat(client.postChat(token, "{}").statusCode()).isEqualTo(401);

    String key =
        data(post("/api/v1/me/keys", Map.of("name", "laptop"), "Authorization", "Bearer " + token))
            .required("secret")
            .asString();
    HttpResponse<String> models =
        client.get(client.url("/v1/models"), "Authorization", "Bearer " + key);
    assertThat(models.statusCode()).isEqualTo(200);
    assertThat(client.audit(client.adminToken()).required("clean").asBoolean()).isTrue();
  }

  @Test
  void who_invites_and_who_was_invited_get_their_credit_once_the_address_is_verified() {
    String admin = client.adminToken();
    HttpResponse<String> set =
        client.send(
            HttpRequest.newBuilder(client.url("/api/invitation-credit"))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .PUT(
                    BodyPublishers.ofString(
                        "{\"tenant_id\":1,\"asset\":\"USD\",\"inviter\":1,\"invited\":\"0.50\",\"users_max\":9}"))
                .build());
    assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
    JsonNode inviter = registered("inviter@a.example");
    String code =
        data(get("/api/v1/me", inviter.required("token").asString()))
            .required("invite_code")
            .asString();
    JsonNode invited = registered("invited@a.example", Map.of("invite_code", code));

    assertThat(balance(inviter)).isEqualByComparingTo("1");
    assertThat(balance(invited)).isEqualByComparingTo("0.5");
    assertThat(client.audit(admin).required("clean").asBoolean()).isTrue();
  }

  private static BigDecimal balance(JsonNode session) {
    String path = "/api/v1/billing/account?user_id=" + session.required("user_id").asString();
    return Client.json(get(path, session.required("token").asString()))
        .required("balance")
        .decimalValue();
  }

  @Test
  void a_demo_user_logs_in_with_what_demo_json_says() {
    Demo.User user = installation.demo().user(1);
    JsonNode in = data(login(user.email(), user.password()));
    assertThat(in.required("user_id").asString()).isEqualTo(user.userId());
  }

  @Test
  void fifty_at_once_register_one_address_and_there_is_one_user() throws Exception {
    List<Integer> statuses =
        atOnce(
            50,
            () ->
                post(
                        "/api/v1/auth/register",
                        Map.of("email", "many@a.example", "password", PASSWORD))
                    .statusCode());
    assertThat(statuses).contains(200).isSubsetOf(200, 429, 503);
    String token = mailbox.token("many@a.example", 0);
    List<Integer> verified =
        atOnce(20, () -> post("/api/v1/auth/verify", Map.of("token", token)).statusCode());
    assertThat(Collections.frequency(verified, 200)).isEqualTo(1);
    assertThat(verified).isSubsetOf(200, 400);
    JsonNode users = Client.json(get("/api/users?email=many@a.example", client.adminToken()));
    assertThat(users.required("total").intValue()).isEqualTo(1);
    // five an hour, however often it is asked
    assertThat(mailbox.bodies("many@a.example")).hasSizeBetween(1, 5);
  }

  @Test
  void an_answer_does_not_tell_whether_an_address_is_somebodys() {
    var unused = registered("known@a.example");
    for (String path : List.of("register", "forgot", "resend")) {
      Map<String, Object> body = Map.of("password", "quite another one");
      HttpResponse<String> known = ask(path, "known@a.example", body);
      HttpResponse<String> unknown = ask(path, "unknown@a.example", body);
      assertThat(known.statusCode()).as(path).isEqualTo(200);
      assertThat(known.body()).as(path).isEqualTo(unknown.body());
      assertThat(known.headers().map().keySet()).isEqualTo(unknown.headers().map().keySet());
    }
    HttpResponse<String> wrong = login("known@a.example", "not the password");
    HttpResponse<String> nobody = login("nobody@a.example", "not the password");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(withoutId(wrong)).isEqualTo(withoutId(nobody));
  }

  @Test
  void guesses_at_once_are_no_more_than_the_limit_and_then_it_is_locked() throws Exception {
    var unused = registered("guessed@a.example");
    List<Integer> statuses =
        atOnce(50, () -> login("guessed@a.example", "not the password").statusCode());
    assertThat(Collections.frequency(statuses, 401)).isLessThanOrEqualTo(5);
    assertThat(statuses).isSubsetOf(401, 429, 503);
    for (int i = 0; i < 5; i++) {
      var again = login("guessed@a.example", "not the password");
      assertThat(again.statusCode()).isIn(401, 429);
    }
    HttpResponse<String> locked = login("guessed@a.example", PASSWORD);
    assertThat(locked.statusCode()).isEqualTo(429);
    assertThat(Client.JSON.readTree(locked.body()).required("code").asString())
        .isEqualTo("ACCOUNT_LOCKED");
    assertThat(locked.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void a_browser_reads_by_its_cookie_and_changes_from_our_own_page_only() {
    var unused = registered("cookie@a.example");
    HttpResponse<String> in =
        post(
            "/api/v1/auth/login",
            Map.of("email", "cookie@a.example", "password", PASSWORD, "session", "cookie"),
            "X-Tollgate-CSRF",
            "1",
            "Sec-Fetch-Site",
            "same-origin");
    String set = in.headers().firstValue("Set-Cookie").orElseThrow();
    String cookie = set.substring(0, set.indexOf(';'));
    String user = data(in).required("user_id").asString();
    for (String path : List.of("/api/v1/me", "/api/v1/billing/sync/" + user)) {
      HttpResponse<String> mine = client.get(client.url(path), "Cookie", cookie);
      assertThat(mine.statusCode()).as(path).isEqualTo(200);
    }
    HttpResponse<String> foreign = post("/api/v1/me/keys", Map.of("name", "x"), "Cookie", cookie);
    assertThat(foreign.statusCode()).isEqualTo(403);
    HttpResponse<String> relayed = client.get(client.url("/v1/models"), "Cookie", cookie);
    assertThat(relayed.statusCode()).isEqualTo(401);
  }

  @Test
  void no_secret_is_in_a_log_and_what_happened_is_counted() throws IOException {
    JsonNode in = registered("quiet@a.example");
    var wrong = login("quiet@a.example", "a wrong secret word");
    assertThat(wrong.statusCode()).isEqualTo(401);
    // a mail is counted when it has been taken, which its reader may see before that
    await()
        .untilAsserted(
            () ->
                assertThat(client.get(installation.demo().privateUrl().resolve("/metrics")).body())
                    .contains("tollgate_mails_total{outcome=\"sent\"}")
                    .contains("tollgate_user_logins_total{outcome=\"failed\"}"));
    String log =
        Files.readString(installation.dataDirectory().resolve("logs/tollgate.log"))
            + installation.output();
    assertThat(log)
        .doesNotContain(PASSWORD)
        .doesNotContain("a wrong secret word")
        .doesNotContain(in.required("token").asString())
        .doesNotContain(in.required("refresh_token").asString());
  }

  private static JsonNode registered(String email) {
    return registered(email, Map.of());
  }

  private static JsonNode registered(String email, Map<String, String> more) {
    int before = mailbox.bodies(email).size();
    Map<String, String> body = new HashMap<>(more);
    body.putAll(Map.of("email", email, "password", PASSWORD));
    HttpResponse<String> asked = post("/api/v1/auth/register", body);
    assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
    return data(post("/api/v1/auth/verify", Map.of("token", mailbox.token(email, before))));
  }

  private static HttpResponse<String> ask(String path, String email, Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("email", email);
    return post("/api/v1/auth/" + path, body);
  }

  private static HttpResponse<String> login(String email, String password) {
    return post("/api/v1/auth/login", Map.of("email", email, "password", password));
  }

  private static HttpResponse<String> get(String path, String token) {
    return client.get(client.url(path), "Authorization", "Bearer " + token);
  }

  private static HttpResponse<String> post(String path, Map<String, ?> body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(client.url(path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Client.JSON.writeValueAsString(body)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build());
  }

  private static JsonNode data(HttpResponse<String> response) {
    return Client.json(response).required("data");
  }

  private static String withoutId(HttpResponse<String> response) {
    return response.body().replaceAll("\"request_id\":\"[^\"]*\"", "");
  }

  private static <T> List<T> atOnce(int times, Callable<T> action) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(Collections.nCopies(times, action))) {
        try {
          results.add(future.get());
        } catch (ExecutionException e) {
          throw new AssertionError("failed at once with others", e.getCause());
        }
      }
      return results;
    }
  }
}
