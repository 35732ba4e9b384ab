package io.tollgate.bench.restart;

import io.tollgate.bench.program.ChildProcess;
import io.tollgate.bench.program.DemoAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Has a real browser open the pages of a running program. Without a browser, or the packages that
 * drive it (tests install both), nothing is measured, and that is said.
 *
 * @param scripts where the script lies that does it
 * @param folder for its log
 */
record PageClock(Path scripts, Path folder) {
  private static final List<Path> BROWSERS =
      List.of(Path.of("/usr/bin/chromium-headless-shell"), Path.of("/usr/bin/chromium"));
  private static final List<String> FACES = List.of("console", "portal");

  List<PageSpeed> measure(Path data, DemoAccess demo) throws IOException, InterruptedException {
    if (BROWSERS.stream().noneMatch(Files::isExecutable)
        || !Files.isDirectory(scripts.resolveSibling("node_modules"))) {
      System.out.println("no browser here: pages are not measured");
      return List.of();
    }
    JsonNode user =
        JsonMapper.shared()
            .readTree(Files.readString(data.resolve("demo.json")))
            .path("users")
            .path(1);
    List<String> command =
        List.of(
            "env",
            "BASE=" + demo.publicUrl(),
            "USER_=" + user.path("email").asString() + ":" + user.path("password").asString(),
            "node",
            scripts.resolve("speed.mjs").toString());
    List<PageSpeed> seen = new ArrayList<>();
    try (ChildProcess browser = ChildProcess.talking("browser", folder, command)) {
      for (int i = 0; i < FACES.size(); i++) {
        JsonNode speed = JsonMapper.shared().readTree(browser.line("speed"));
        seen.add(
            new PageSpeed(
                speed.path("face").asString(),
                speed.path("cold").asDouble(),
                speed.path("warm").asDouble(),
                speed.path("rows").asDouble()));
      }
      if (browser.join() != 0) {
        throw new IOException("the browser did not open every page (its log tells why)");
      }
    }
    return seen;
  }
}
