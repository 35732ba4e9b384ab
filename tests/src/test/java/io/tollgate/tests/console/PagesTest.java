package io.tollgate.tests.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tollgate.tests.cluster.FreePorts;
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
import java.util.concurrent.CompletableFuture;
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
  private static Installation installation;

  @BeforeAll
  static void start() throws Exception {
    assumeThat(Files.isExecutable(BROWSER)).as("%s is installed", BROWSER).isTrue();
    // where the pages are stays the same when it is started again
    installation =
        Installation.start("--port=" + FreePorts.next(), "--sandbox-port=" + FreePorts.next());
    String unused = run("seed.mjs");
  }

  @AfterAll
  static void stop() {
    if (installation != null) {
      installation.close();
    }
  }

  @Test
  void every_page_opens_in_both_languages_and_themes_without_a_finding() throws Exception {
    assertThat(run("visit.mjs", "--probes")).contains(", 0 findings");
  }

  @Test
  void what_people_do_is_as_short_as_stated_and_nobody_does_what_they_may_not() throws Exception {
    assertThat(run("walk.mjs")).contains(" 0 failed");
  }

  @Test
  void a_newcomers_first_call_and_a_recharge_take_no_more_clicks_than_stated() throws Exception {
    assertThat(run("journeys.mjs")).contains("2 walked, 0 failed");
  }

  @Test
  void killed_while_money_dialogs_wait_a_second_try_gives_one_result() throws Exception {
    CompletableFuture<Void> again =
        installation.process().onExit().thenRunAsync(installation::startAgain);
    assertThat(run("kill.mjs")).contains("1 passed, 0 failed");
    again.get(60, TimeUnit.SECONDS);
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
                user.apiKey(),
                "PROGRAM",
                Long.toString(installation.process().pid())));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
