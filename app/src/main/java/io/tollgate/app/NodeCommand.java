package io.tollgate.app;

import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.trading.node.NodeProcess;
import io.tollgate.web.PortUnavailableException;
import java.io.PrintWriter;
import java.util.Set;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** An execution node: a process without a database, and without anything of the centre. */
final class NodeCommand {
  private static final String RUN = "run";

  private NodeCommand() {}

  static PositionalParamSpec positional() {
    return PositionalParamSpec.builder()
        .paramLabel(RUN)
        .type(String.class)
        .arity("1")
        .index("0")
        .required(true)
        .description("What to do: ./tollgate node bundle makes one that stands alone.")
        .build();
  }

  static int run(Settings settings, ParseResult parsed, PrintWriter out) {
    String what = parsed.matchedPositionalValue(0, "");
    if (!what.equals(RUN)) {
      throw new SettingsException("node " + what + " (expected: node run, or node bundle)");
    }
    return serve(settings, out);
  }

  /** As the role of a process. */
  static int serve(Settings settings, PrintWriter out) {
    try {
      NodeProcess.serve(
          settings,
          AppConfig.dataDirectory(settings),
          ProgramVersion.number(),
          System.getenv(),
          out);
      return 0;
    } catch (PortUnavailableException | IllegalStateException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Whether chosen roles are a node, which has a process to itself.
   *
   * @throws SettingsException when others are chosen beside it
   */
  static boolean isChosen(Set<String> roles) {
    if (!roles.contains(ProgramRoles.NODE)) {
      return false;
    }
    if (roles.size() > 1) {
      throw new SettingsException(
          "--roles: "
              + String.join(",", roles)
              + " (expected: node alone, or the others without it: a node has no database)");
    }
    return true;
  }
}
