package io.tollgate.trading.node;

import io.tollgate.ground.config.NearestName;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.trading.node.internal.journal.JournalException;
import io.tollgate.web.PortUnavailableException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Entry of a node that stands alone. Settings are flags ({@code --node-port 9101}) and the
 * environment ({@code TOLLGATE_NODE_PORT}); the secret belongs into the latter.
 */
public final class NodeMain {
  private static final Setting<String> DATA_DIRECTORY =
      Setting.text("data.dir", "./data", "Folder for everything that lasts.");

  /** Makes a test's process die at a named step, and is nothing to set. */
  private static final String CRASH = "TOLLGATE_CRASH_AT";

  private NodeMain() {}

  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(List.of(arguments), System.getenv(), out, err));
  }

  private static int run(
      List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    List<Setting<?>> known = new ArrayList<>(NodeProcess.settings());
    known.add(DATA_DIRECTORY);
    if (arguments.contains("--help")) {
      known.forEach(setting -> out.println(help(setting)));
      return 0;
    }
    try {
      Map<String, String> read = new HashMap<>(environment);
      read.remove(CRASH);
      Settings settings =
          Settings.merge(known, Map.of(), flags(arguments, known), read, Map.of(), "none");
      NodeProcess.serve(
          settings,
          Path.of(settings.get(DATA_DIRECTORY)).toAbsolutePath().normalize(),
          version(),
          environment,
          out);
      return 0;
    } catch (SettingsException wrong) {
      String.valueOf(wrong.getMessage()).lines().forEach(line -> err.println("node: " + line));
      return 2;
    } catch (JournalException | PortUnavailableException wrong) {
      err.println("node: " + wrong.getMessage());
      return 1;
    }
  }

  private static Map<String, String> flags(List<String> arguments, List<Setting<?>> known) {
    Map<String, String> flags = new LinkedHashMap<>();
    List<String> names = known.stream().map(NodeMain::flag).toList();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (!names.contains(name)) {
        throw new SettingsException(
            "unknown option "
                + name
                + NearestName.of(name, names)
                    .map(n -> "; the nearest known one is " + n)
                    .orElse(""));
      }
      if (equals < 0 && i + 1 == arguments.size()) {
        throw new SettingsException(name + " has no value (expected: " + name + " VALUE)");
      }
      flags.put(
          name.substring(2), equals < 0 ? arguments.get(++i) : argument.substring(equals + 1));
    }
    return flags;
  }

  private static String flag(Setting<?> setting) {
    return "--" + setting.name().replace('.', '-');
  }

  private static String help(Setting<?> setting) {
    String usual = setting.defaultText();
    return flag(setting)
        + "  "
        + setting.description()
        + (usual == null || usual.isEmpty() ? "" : "  (" + usual + ")");
  }

  private static String version() {
    String version = NodeMain.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
