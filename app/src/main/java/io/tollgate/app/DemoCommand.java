package io.tollgate.app;

import io.tollgate.data.DatabaseException;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.postgres.PostgresException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code demo remove}: takes what the demo made out of a data directory that no process uses. */
final class DemoCommand {
  private static final String REMOVE = "remove";

  private DemoCommand() {}

  static PositionalParamSpec positional() {
    return PositionalParamSpec.builder()
        .paramLabel(REMOVE)
        .type(String.class)
        .arity("1")
        .index("0")
        .required(true)
        .description("What to do with it.")
        .build();
  }

  static int run(Settings settings, ParseResult parsed, PrintWriter out) {
    String what = parsed.matchedPositionalValue(0, "");
    if (!what.equals(REMOVE)) {
      throw new SettingsException("demo " + what + " (expected: demo remove)");
    }
    Path folder = AppConfig.from(settings).dataDirectory();
    if (!Files.isDirectory(folder)) {
      throw new StartException("there is no data directory " + folder + " (see --data-dir)");
    }
    try (Foundation foundation = Foundation.open(settings, folder)) {
      List<String> done = new DemoRemoval(foundation.modules()).run();
      if (done.isEmpty()) {
        out.println("Nothing of a demo is left in " + folder + ".");
      }
      done.forEach(out::println);
      return 0;
    } catch (PostgresException | DatabaseException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }
}
