package io.tollgate.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.OwnDatabase;
import io.tollgate.tests.installation.TestExchange;
import io.tollgate.tests.installation.TestMailbox;
import io.tollgate.tests.installation.TestProvider;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The running server does what the description that it serves says, and nothing else. */
@Tag("slow")
class DescribedServerTest {
  /** Of nodes, which are no administrators. */
  private static final Operation HEARTBEAT =
      new Operation("POST", "/api/nodes/{node_code}/heartbeat");

  private static final TestMailbox mailbox = new TestMailbox();
  private static final TestProvider provider = new TestProvider();
  private static final TestExchange exchange = new TestExchange();
  private static Installation installation;
  private static Requests requests;
  private static PortalRequests portal;
  private static Description description;

  @BeforeAll
  static void start() {
    installation =
        Installation.start(
            Stream.of(
                    mailbox.flags(),
                    provider.flags(),
                    exchange.flags(),
                    new String[] {"--node-auth-secret", NodeCalls.SECRET})
                .flatMap(Stream::of)
                .toArray(String[]::new));
    requests = new Requests(installation);
    portal = new PortalRequests(requests, installation.demo(), mailbox, provider);
    HttpResponse<String> served = requests.send(requests.get("/openapi.yaml"));
    assertThat(served.statusCode()).isEqualTo(200);
    description = Description.parse(served.body());
  }

  @AfterAll
  static void stop() {
    installation.close();
    mailbox.close();
    provider.close();
    exchange.close();
  }

  private static List<Call> calls() {
    List<Call> calls = new ArrayList<>(RelayCalls.all());
    calls.addAll(KeptCalls.all());
    calls.addAll(UserCalls.all());
    calls.addAll(ServiceCalls.all());
    calls.addAll(RechargeCalls.all());
    calls.addAll(PortalCalls.all(portal));
    calls.addAll(AdminCalls.all());
    calls.addAll(AdminAccountCalls.all(portal));
    calls.addAll(ConsoleCalls.all());
    calls.addAll(new UnbookedCalls(new OwnDatabase(installation)).all());
    calls.addAll(new MonitorCalls(new OwnDatabase(installation)).all());
    calls.addAll(RiskCalls.all());
    calls.addAll(MerchantCalls.all());
    return calls;
  }

  /** In this order: some calls need what earlier ones did. */
  @TestFactory
  Stream<DynamicTest> an_answer_is_as_it_is_described() {
    return Stream.concat(
        calls().stream().map(call -> DynamicTest.dynamicTest(call.toString(), () -> make(call))),
        Stream.of(
            DynamicTest.dynamicTest(
                "what administrators have changed is in their log",
                DescribedServerTest::everyChangeIsInTheLog)));
  }

  @Test
  void every_operation_is_tried_well_and_badly_and_no_other() {
    List<Operation> described = description.operations();
    // a session is opened well by RealtimeTest, streams of numbers by FollowedNumbersTest
    List<Operation> plain = new ArrayList<>(described);
    plain.removeAll(description.endless());
    assertThat(operations(calls().stream().filter(Call::good)))
        .containsExactlyInAnyOrderElementsOf(plain);
    assertThat(operations(calls().stream().filter(call -> !call.good())))
        .containsExactlyInAnyOrderElementsOf(described);
  }

  @Test
  void a_path_has_the_methods_that_are_described_and_is_served_where_it_says() {
    description
        .methodsByPath()
        .forEach(
            (path, methods) -> {
              List<String> served = description.servers(path).stream().map(requests::base).toList();
              assertThat(requests.bases()).containsAll(served);
              for (String base : requests.bases()) {
                String url = base + path.replaceAll("\\{[^}]*}", "x");
                HttpResponse<String> answer = requests.options(url);
                if (served.contains(base)) {
                  assertThat(methodsOf(answer)).as(url).isEqualTo(methods);
                } else {
                  assertThat(answer.statusCode()).as(url).isEqualTo(404);
                }
              }
            });
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/nothing, OpenAiError",
    "/api/nothing, AdminError",
    "/merchant/nothing, MerchantRefused",
    "/nothing, Error"
  })
  void an_unknown_path_is_answered_in_the_form_of_its_interface(String path, String schema) {
    HttpResponse<String> answer = requests.send(requests.get(path));
    assertThat(answer.statusCode()).isEqualTo(404);
    JsonNode body = Client.JSON.readTree(answer.body());
    assertThat(description.schemas().faults(description.schema(schema), body)).isEmpty();
  }

  @Test
  void the_description_is_open_api_whose_examples_fit_their_schemas() {
    assertThat(description.openApiVersion()).startsWith("3.1.");
    for (JsonNode described : description.exampled()) {
      JsonNode schema = described.required("schema");
      if (described.has("example")) {
        fits(schema, described.required("example"));
      }
      described.path("examples").forEach(example -> fits(schema, example.required("value")));
    }
  }

  @Test
  void a_role_may_do_what_the_table_of_rights_says_and_is_told_who_may_else() {
    List<Operation> guarded =
        description.operations().stream()
            .filter(each -> each.path().startsWith("/api/") && !each.path().startsWith("/api/v1/"))
            .filter(each -> !each.path().startsWith("/api/auth/"))
            .filter(each -> !each.equals(HEARTBEAT))
            .filter(each -> !description.endless().contains(each))
            .toList();
    assertThat(AdminRights.named())
        .as("every call that is no reading has its line in the table")
        .containsAll(
            guarded.stream()
                .filter(each -> !each.method().equals("GET"))
                .map(Operation::toString)
                .toList());
    for (String role : AdminRights.ROLES) {
      String[] as = requests.asRole(role);
      for (Operation operation : guarded) {
        HttpResponse<String> answer = requests.tryOut(operation, as);
        boolean may = AdminRights.may(role, operation);
        assertThat(answer.statusCode() != 403)
            .as(role + " " + operation + ": " + answer.body())
            .isEqualTo(may);
        if (!may) {
          assertThat(Client.JSON.readTree(answer.body()).path("error").asString())
              .startsWith("role: " + role + " (expected: ");
        }
      }
    }
  }

  private static void make(Call call) {
    HttpRequest request = call.request().apply(requests);
    String body = requests.lastBody();
    if (call.good() && body.startsWith("{")) {
      fits(description.requestSchema(call.operation()), Client.JSON.readTree(body));
    }
    HttpResponse<String> response = requests.send(request);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(call.status());
    JsonNode described = description.response(call.operation(), response.statusCode());
    new Answer(description, described, response).check();
    assertThat(response.headers().firstValue("x-client-request-id"))
        .isEqualTo(request.headers().firstValue("x-client-request-id"));
  }

  /** Each described call of theirs that is no reading was made well once. */
  private static void everyChangeIsInTheLog() {
    Set<String> changing =
        description.operations().stream()
            .filter(each -> !each.method().equals("GET"))
            .filter(each -> each.path().startsWith("/api/") && !each.path().startsWith("/api/v1/"))
            .map(each -> each.method() + " " + each.path())
            .collect(Collectors.toCollection(TreeSet::new));
    // nobody has signed in yet, and nothing is changed
    changing.remove("POST /api/auth/oidc/{provider}/start");
    changing.remove(HEARTBEAT.toString());
    changing.remove("POST /api/prices/preview");
    changing.remove("POST /api/analytics/evaluate");
    changing.remove("POST /api/risk/test");
    changing.remove("POST /api/backtest/run");
    changing.remove("POST /api/backtest/run-live");
    changing.remove("POST /api/backtest/signals");
    changing.remove("POST /api/backtest/optimize");
    changing.remove("POST /api/backtest/optimize-genetic");
    changing.remove("DELETE /api/backtest/jobs/{job_id}");
    changing.remove("POST /api/signal-monitor/check-now");
    changing.remove("POST /api/signal-monitor/test-notify");
    Set<String> logged = new TreeSet<>();
    String cursor = "";
    do {
      HttpResponse<String> page =
          requests.send(
              requests.get(
                  "/api/audit-logs?outcome=done&page_size=500" + cursor, requests.asAdmin()));
      JsonNode body = Client.JSON.readTree(page.body());
      for (JsonNode row : body.required("data")) {
        logged.add(row.required("action").stringValue());
        assertThat(row.required("username").stringValue()).as(row.toString()).isNotEmpty();
      }
      cursor =
          body.required("next_cursor").isNull()
              ? ""
              : "&cursor=" + body.required("next_cursor").stringValue();
    } while (!cursor.isEmpty());
    assertThat(logged).isEqualTo(changing);
  }

  private static void fits(JsonNode schema, JsonNode example) {
    assertThat(description.schemas().faults(schema, example)).as(example.toString()).isEmpty();
  }

  private static Set<Operation> operations(Stream<Call> calls) {
    return calls.map(Call::operation).collect(Collectors.toSet());
  }

  private static Set<String> methodsOf(HttpResponse<String> options) {
    String allow = options.headers().firstValue("allow").orElse("");
    Set<String> methods = new TreeSet<>(List.of(allow.split(",\\s*", -1)));
    methods.removeAll(Set.of("HEAD", "OPTIONS"));
    return methods;
  }
}
