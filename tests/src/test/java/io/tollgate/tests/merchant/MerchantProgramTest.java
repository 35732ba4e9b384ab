package io.tollgate.tests.merchant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.Program;
import io.tollgate.tests.installation.SharedInstallation;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The demo tenant as a merchant, and those who call for it in other languages. */
@Tag("slow")
@ExtendWith(SharedInstallation.class)
class MerchantProgramTest {
  private static Installation installation;
  private static Client client;

  @BeforeAll
  static void start(Installation shared) {
    installation = shared;
    client = new Client(installation);
  }

  @Test
  void the_demo_tenant_has_points_strategies_and_members_of_two_levels() {
    assertThat(get("/merchant/balance").required("point_card_total").decimalValue()).isPositive();
    assertThat(get("/merchant/strategies").size()).isEqualTo(3);
    JsonNode leader = get("/merchant/user/info?email=leader%40demo.example");
    assertThat(leader.required("level_name").asString()).isEqualTo("S1");
    assertThat(leader.required("team_direct_count").intValue()).isEqualTo(2);
    JsonNode follower = get("/merchant/user/info?email=follower%40demo.example");
    assertThat(follower.required("level_name").asString()).isEqualTo("S0");
    // 1,500 self and 20 gift, of which a share of the demo's profit has taken 1,200
    assertThat(follower.required("point_card_total").decimalValue()).isEqualByComparingTo("320");
    // as the inviter 60 of each follower's pool, and of the second 48 as a market node that is S1
    // by then
    assertThat(leader.required("total_reward").decimalValue()).isEqualByComparingTo("168");
    assertThat(follower.required("inviter_invite_code")).isEqualTo(leader.required("invite_code"));
  }

  @Test
  void who_deletes_their_account_leaves_no_exchange_account() {
    String email = "leaves@x.example";
    String password = "four words are enough";
    JsonNode made = post("/merchant/user/create", Map.of("email", email, "password", password));
    long account =
        post(
                "/merchant/user/apikey",
                Map.of(
                    "email",
                    email,
                    "exchange",
                    "gate",
                    "api_key",
                    "leaves-key-0123456789",
                    "api_secret",
                    "leaves-secret-0123"))
            .required("account_id")
            .longValue();
    post("/merchant/user/recharge", Map.of("email", email, "amount", 5, "type", 2));
    long strategy = get("/merchant/strategies").required(0).required("strategy_id").longValue();
    post(
        "/merchant/user/strategy/open",
        Map.of("email", email, "strategy_id", strategy, "account_id", account));
    String accounts = "/api/exchange-accounts?user_id=" + made.required("user_id").asString();
    String bindings = "/api/strategy-bindings-admin?user_id=" + made.required("user_id").asString();
    String[] admin =
        bearer(sent("/api/auth/login", Map.of("username", "admin", "password", "admin123")));
    assertThat(data(client.get(client.url(accounts), admin)).size()).isOne();
    String[] session =
        bearer(
            sent("/api/v1/auth/login", Map.of("email", email, "password", password))
                .required("data"));
    HttpResponse<String> deleted =
        posted(
            "/api/v1/me/deletion",
            Client.JSON.writeValueAsString(Map.of("confirm", email, "password", password)),
            session);
    assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(200);
    assertThat(data(client.get(client.url(accounts), admin))).isEmpty();
    JsonNode binding = data(client.get(client.url(bindings), admin)).required(0);
    assertThat(binding.required("status").intValue()).isZero();
    // the merchant itself does not go
    String[] root =
        bearer(
            sent(
                    "/api/v1/auth/login",
                    Map.of(
                        "email",
                        "merchant@demo.example",
                        "password",
                        installation.demo().user(0).password()))
                .required("data"));
    assertThat(data(client.get(client.url("/api/v1/me/deletion"), root)).toString())
        .contains("\"allowed\":false", "\"code\":\"merchant\"");
  }

  @Test
  void the_sample_in_python_calls() throws Exception {
    assertCalls("python3", sample("merchant.py"));
  }

  @Test
  void the_sample_in_javascript_calls() throws Exception {
    assertCalls("node", sample("merchant.mjs"));
  }

  @Test
  void the_sample_in_java_calls() throws Exception {
    assertCalls(ProcessHandle.current().info().command().orElse("java"), sample("Merchant.java"));
  }

  @Test
  void the_sample_in_php_calls() throws Exception {
    boolean there = isThere("php");
    String what = "php is installed (see target/observability.log)";
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as(what).isTrue();
    }
    assumeTrue(there, what);
    assertCalls("php", sample("merchant.php"));
  }

  @Test
  void what_the_page_shows_for_a_shell_is_taken() throws Exception {
    assumeTrue(isThere("openssl") && isThere("curl"), "openssl or curl is not installed");
    String page = Files.readString(Program.projectRoot().resolve("docs/merchant.md"));
    Matcher blocks = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL).matcher(page);
    StringBuilder script = new StringBuilder("set -e\n");
    while (blocks.find()) {
      script.append(blocks.group(1)).append("echo\n");
    }
    Demo.Merchant merchant = installation.demo().merchant();
    String filled =
        script
            .toString()
            .replace("http://127.0.0.1:18100", base())
            .replace("KEY=ak-…", "KEY=" + merchant.appKey())
            .replace("SECRET=…", "SECRET=" + merchant.appSecret())
            .replace("someone%40example.com", "follower%40demo.example");
    String printed = run(List.of("bash", "-c", filled));
    assertThat(printed.lines().filter(line -> line.startsWith("{\"code\":0,"))).hasSize(2);
  }

  private static void assertCalls(String... command) throws Exception {
    Demo.Merchant merchant = installation.demo().merchant();
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(base(), merchant.appKey(), merchant.appSecret()));
    JsonNode printed = Client.JSON.readTree(run(all).strip());
    assertThat(printed.required("gift").decimalValue()).isEqualByComparingTo("2.5");
    assertThat(
            get("/merchant/user/info?email="
                    + printed.required("email").asString().replace("@", "%40"))
                .required("point_card_gift")
                .decimalValue())
        .isEqualByComparingTo("2.5");
  }

  private static JsonNode get(String target) {
    return Client.json(
            client.get(
                client.url(target),
                MerchantSignature.of(installation.demo().merchant(), "GET", target, "")))
        .required("data");
  }

  private static JsonNode post(String target, Map<String, ?> body) {
    String text = Client.JSON.writeValueAsString(body);
    JsonNode answer =
        Client.json(
            posted(
                target,
                text,
                MerchantSignature.of(installation.demo().merchant(), "POST", target, text)));
    assertThat(answer.required("code").intValue()).as(answer.toString()).isZero();
    return answer.required("data");
  }

  private static JsonNode sent(String path, Map<String, ?> body) {
    return Client.json(posted(path, Client.JSON.writeValueAsString(body)));
  }

  private static HttpResponse<String> posted(String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(client.url(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build());
  }

  private static JsonNode data(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Client.json(answer).required("data");
  }

  private static String[] bearer(JsonNode opened) {
    return new String[] {"Authorization", "Bearer " + opened.required("token").asString()};
  }

  private static String base() {
    return installation.demo().publicUrl().toString().replaceAll("/$", "");
  }

  private static String sample(String file) {
    Path path = Program.projectRoot().resolve("docs/samples/merchant").resolve(file);
    return path.toString();
  }

  private static boolean isThere(String program) throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v " + program)
            .redirectErrorStream(true)
            .start()
            .waitFor()
        == 0;
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }
}
