package io.tollgate.tests.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every page of both faces, as a browser sees it that speaks both languages. */
@Tag("slow")
class PagesTest {
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path SCRIPTS =
      Program.projectRoot().resolve("edge/console/web/browser").toAbsolutePath();
  private static final int REQUESTS = 3;
  private static Installation installation;

  @BeforeAll
  static void start() throws Exception {
    assumeThat(Files.isExecutable(BROWSER)).as("%s is installed", BROWSER).isTrue();
    installation = Installation.start();
    Client client = new Client(installation);
    Demo.User user = installation.demo().user(1);
    for (int i = 0; i < REQUESTS; i++) {
      assertThat(
              client
                  .postChat(user.apiKey(), Client.chat("gpt-4o-mini", 20, false, "Hello"))
                  .statusCode())
          .isEqualTo(200);
    }
    assertThat(
            client.postChat(user.apiKey(), Client.chat("no-such", 20, false, "Hello")).statusCode())
        .isEqualTo(404);
    String admin = client.adminToken();
    await().atMost(30, TimeUnit.SECONDS).until(() -> logged(client, admin) > REQUESTS);
    // what users do leaves something to look at on the pages: an order, a key
    assertThat(run("journeys.mjs")).contains("a user tops up: ");
  }

  /** How many requests the log has, refused ones too. */
  private static int logged(Client client, String admin) {
    return Client.json(
            client.get(client.url("/api/request-logs"), "Authorization", "Bearer " + admin))
        .required("data")
        .size();
  }

  @AfterAll
  static void stop() {
    if (installation != null) {
      installation.close();
    }
  }

  @Test
  void every_page_opens_in_both_languages_and_themes_without_a_finding() throws Exception {
    assertThat(run("visit.mjs")).contains(", 0 findings");
  }

  @Test
  void journeys_are_as_short_as_stated_and_sessions_stay_where_they_belong() throws Exception {
    assertThat(run("walk.mjs")).contains(" 0 failed");
  }

  @Test
  void a_newcomers_first_call_and_a_recharge_take_no_more_clicks_than_stated() throws Exception {
    assertThat(run("journeys.mjs")).contains("2 walked, 0 failed");
  }

  private static String run(String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", SCRIPTS.resolve(script).toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(SCRIPTS.toFile()).redirectErrorStream(true);
    Demo demo = installation.demo();
    Demo.User user = demo.user(1);
    builder
        .environment()
        .putAll(
            Map.of(
                "BASE",
                demo.publicUrl().toString().replaceAll("/$", ""),
                "ADMIN",
                "admin:admin123",
                "USER_",
                user.email() + ":" + user.password(),
                "API_KEY",
                user.apiKey()));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
