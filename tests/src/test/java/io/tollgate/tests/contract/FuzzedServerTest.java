package io.tollgate.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.PythonPackages;
import io.tollgate.tests.installation.PythonPackages.Run;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Schemathesis calls everything that the description names, with what it allows and what it does
 * not, and looks whether the answers are as described: no error of ours, no status, type or body
 * that is not told of. Without Python, or without its packages, it is skipped.
 *
 * @see <a href="https://schemathesis.readthedocs.io">Schemathesis</a>
 */
@Tag("slow")
// last who may end anybody's account: what is tried does not shut out who is to try after it
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FuzzedServerTest {
  private static final int SECONDS = 15;
  private static final String CHECKS =
      "not_a_server_error,response_schema_conformance,status_code_conformance,"
          + "content_type_conformance";

  private static Installation installation;

  @BeforeAll
  static void start() {
    PythonPackages.assumeInstalled();
    installation = Installation.start();
  }

  @AfterAll
  static void stop() {
    if (installation != null) {
      installation.close();
    }
  }

  @Test
  @Order(3)
  void the_interface_of_admins_answers_as_described() throws Exception {
    assertAsDescribed(
        installation.demo().publicUrl(),
        // whom it shuts out it cannot go on as; a stream is described as text; nodes have a token;
        // what asks an exchange is answered by what that says
        List.of(
            "--include-path-regex",
            "^/api/(?!auth/|v1/|admins|provider-accounts/.*/test$|(dashboard|signal-monitor)/stream$"
                + "|nodes/.*/heart|backtest/run-live$)"),
        "Authorization: Bearer " + new Client(installation).adminToken());
  }

  @Test
  @Order(2)
  void the_interface_of_backends_answers_as_described() throws Exception {
    assertAsDescribed(
        installation.demo().privateUrl(),
        List.of("--include-path-regex", "^/(internal/|api/v1/billing/(?!sync/.*/stream$))"),
        "Authorization: Bearer " + installation.demo().serviceToken(),
        "X-Service-Token: " + installation.demo().serviceToken());
  }

  @Test
  @Order(1)
  void the_interface_of_users_answers_as_described() throws Exception {
    assertAsDescribed(
        installation.demo().publicUrl(),
        // sessions, passwords and second factors are what it is called with
        List.of("--include-path-regex", "^/api/v1/me(/keys.*)?$"),
        "Authorization: Bearer " + sessionToken());
  }

  private static String sessionToken() {
    Demo.User user = installation.demo().user(0);
    HttpResponse<String> opened =
        new Client(installation)
            .send(
                HttpRequest.newBuilder(
                        installation.demo().publicUrl().resolve("/api/v1/auth/login"))
                    .header("Content-Type", "application/json")
                    .POST(
                        BodyPublishers.ofString(
                            Client.JSON.writeValueAsString(
                                Map.of("email", user.email(), "password", user.password()))))
                    .build());
    assertThat(opened.statusCode()).as(opened.body()).isEqualTo(200);
    return Client.JSON.readTree(opened.body()).required("data").required("token").asString();
  }

  private static void assertAsDescribed(URI url, List<String> filter, String... headers)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("schemathesis", "run", installation.demo().publicUrl() + "/openapi.yaml"));
    command.addAll(
        List.of("--url", url.toString(), "--checks", CHECKS, "--phases", "coverage,fuzzing"));
    command.addAll(List.of("--max-examples", "10", "--max-time", Integer.toString(SECONDS)));
    command.addAll(List.of("--seed", "1", "--continue-on-failure", "--no-shrink"));
    command.addAll(filter);
    for (String header : headers) {
      command.addAll(List.of("--header", header));
    }
    Run run = PythonPackages.run(command, Map.of("NO_COLOR", "1"), 4 * SECONDS);
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("Test cases:").doesNotContain("Authentication failed");
    installation.assertBooksAreClean();
  }
}
