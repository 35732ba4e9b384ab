package io.tollgate.tests.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.cluster.FreePorts;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.Program;
import io.tollgate.tests.installation.TestBrowser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A seeded installation, and a browser that does what scripts say. Not for use by two threads. */
final class BrowserRun implements AutoCloseable {
  private static final Path SCRIPTS =
      Program.projectRoot().resolve("edge/console/web/browser").toAbsolutePath();

  private final Path browser;
  private final Installation installation;

  private BrowserRun(Path browser, Installation installation) {
    this.browser = browser;
    this.installation = installation;
  }

  /** Starts the program and makes something of every kind in it. */
  static BrowserRun start() throws IOException, InterruptedException {
    Path browser = TestBrowser.path();
    // where the pages are stays the same when it is started again
    BrowserRun run =
        new BrowserRun(
            browser,
            Installation.start("--port=" + FreePorts.next(), "--sandbox-port=" + FreePorts.next()));
    String unused = run.script("seed.mjs");
    return run;
  }

  Installation installation() {
    return installation;
  }

  /** What a script prints; fails unless it ends well. */
  String script(String name, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", SCRIPTS.resolve(name).toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(SCRIPTS.toFile()).redirectErrorStream(true);
    Demo demo = installation.demo();
    Demo.User user = demo.user(1);
    builder
        .environment()
        .putAll(
            Map.of(
                "CHROMIUM",
                browser.toString(),
                "BASE",
                demo.publicUrl().toString().replaceAll("/$", ""),
                "ADMIN",
                "admin:admin123",
                "USER_",
                user.email() + ":" + user.password(),
                "MERCHANT",
                "merchant@demo.example:" + user.password(),
                "API_KEY",
                user.apiKey(),
                "PROGRAM",
                Long.toString(installation.process().pid())));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Override
  public void close() {
    installation.close();
  }
}
