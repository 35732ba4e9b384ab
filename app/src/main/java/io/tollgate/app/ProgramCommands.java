package io.tollgate.app;

import io.tollgate.ground.config.NearestName;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.metering.MeteringStartException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The commands and their flags. Every setting is a flag of every command: {@code private.port} is
 * {@code --private-port}. Exit codes: 0 done, 1 failed, 2 wrong usage or settings.
 */
final class ProgramCommands {
  private static final String CONFIG = "--config";

  private ProgramCommands() {}

  static int run(String... arguments) {
    CommandLine line = new CommandLine(root());
    line.setExecutionExceptionHandler(ProgramCommands::explain);
    line.setParameterExceptionHandler(ProgramCommands::explainUsage);
    if (arguments.length == 0) {
      line.usage(line.getOut());
      return 2;
    }
    return line.execute(arguments);
  }

  private static CommandSpec root() {
    CommandSpec root = CommandSpec.create().name("tollgate");
    root.usageMessage()
        .description("A self-hosted platform for metered business.")
        .commandListHeading("%nCommands:%n");
    root.addSubcommand("help", CommandSpec.forAnnotatedObject(new CommandLine.HelpCommand()));
    add(
        root,
        "up",
        "Starts everything in this process and stays in the foreground.",
        UpCommand::run);
    add(root, "run", "Starts chosen roles, each on its own port.", UpCommand::runRoles)
        .addOption(
            OptionSpec.builder("--roles")
                .type(String.class)
                .required(true)
                .description(
                    "Roles of this process, separated by commas: "
                        + String.join(", ", ProgramRoles.choices())
                        + ".")
                .build());
    add(root, "audit", "Checks the books; exit 0 when clean, 1 otherwise.", AuditCommand::run)
        .addOption(
            OptionSpec.builder("--since")
                .type(String.class)
                .description("Checks entries posted since this time (RFC 3339).")
                .build());
    add(
            root,
            "leases",
            "Lists what processes hold; 'lost INCARNATION' gives up what one that is gone held.",
            LeasesCommand::run)
        .addOption(
            OptionSpec.builder(LeasesCommand.YES)
                .type(boolean.class)
                .description("With lost: gives it up. Without it, only what would be is shown.")
                .build())
        .addOption(
            OptionSpec.builder(LeasesCommand.FORCE)
                .type(boolean.class)
                .description("With lost: also when the process was heard of in the last minute.")
                .build())
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("[lost INCARNATION]")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..2")
                .index("0..*")
                .hideParamSyntax(true)
                .description("An incarnation that is listed.")
                .build());
    add(
            root,
            "demo",
            "'demo remove' takes demo data and demo credentials out of a data directory.",
            DemoCommand::run)
        .addPositional(DemoCommand.positional());
    add(
        root,
        "doctor",
        "Says what is wrong with the installation, and the mend.",
        DoctorCommand::run);
    add(
            root,
            "meterlog",
            "Prints a meter log and what is wrong with it; 'import PATH' brings what it holds into"
                + " the books by charge id.",
            MeterLogCommand::run)
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("FILE | import PATH")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1..2")
                .index("0..*")
                .hideParamSyntax(true)
                .required(true)
                .description(
                    "A segment, or a directory with the segments of one log; to import, also a data"
                        + " directory with several.")
                .build());
    BacktestCommand.describe(
        add(
            root,
            "backtest",
            "Runs a strategy over a file of candles, and writes a page of what came of it.",
            BacktestCommand::run));
    CandlesCommand.describe(
        add(
            root,
            "candles",
            "Lists stored candles; 'import' brings those of an exchange that are missing, or those"
                + " of a file.",
            CandlesCommand::run));
    add(
            root,
            "node",
            "'node run' starts an execution node: no database, port 9101.",
            NodeCommand::run)
        .addPositional(NodeCommand.positional());
    add(root, "train", "Runs up briefly for the start-up cache.", StartTraining::run)
        .usageMessage()
        .hidden(true);
    CommandSpec version =
        CommandSpec.wrapWithoutInspection((Callable<Integer>) ProgramVersion::print);
    version.usageMessage().description("Prints the version.");
    root.addSubcommand("version", version);
    return root;
  }

  private static CommandSpec add(CommandSpec root, String name, String description, Body body) {
    Invocation invocation = new Invocation(body);
    CommandSpec spec = CommandSpec.wrapWithoutInspection(invocation);
    invocation.spec = spec;
    spec.usageMessage().description(description);
    spec.addOption(
        OptionSpec.builder(CONFIG)
            .type(Path.class)
            .description("Settings file; tollgate.yaml by default.")
            .build());
    for (Setting<?> setting : KnownSettings.all()) {
      spec.addOption(option(setting));
    }
    spec.mixinStandardHelpOptions(true);
    root.addSubcommand(name, spec);
    return spec;
  }

  private static OptionSpec option(Setting<?> setting) {
    boolean flag = "true".equals(setting.defaultText()) || "false".equals(setting.defaultText());
    OptionSpec.Builder option =
        OptionSpec.builder(flagName(setting))
            .type(flag ? Boolean.class : String.class)
            .arity(flag ? "0..1" : "1")
            .description(
                setting.description()
                    + (setting.defaultText() == null
                        ? ""
                        : " Default: " + setting.defaultText() + "."));
    if (flag) {
      option.negatable(true).fallbackValue("true");
    }
    return option.build();
  }

  private static String flagName(Setting<?> setting) {
    return "--" + setting.name().replace('.', '-');
  }

  private static Settings settings(ParseResult parsed) {
    Map<String, String> flags = new LinkedHashMap<>();
    for (Setting<?> setting : KnownSettings.all()) {
      String name = flagName(setting);
      if (parsed.hasMatchedOption(name)) {
        flags.put(name.substring(2), String.valueOf(parsed.<Object>matchedOptionValue(name, "")));
      }
    }
    Path file = parsed.matchedOptionValue(CONFIG, Path.of("tollgate.yaml"));
    if (parsed.hasMatchedOption(CONFIG) && !file.toFile().isFile()) {
      throw new SettingsException(file + " is not there (given by " + CONFIG + ")");
    }
    Settings settings =
        Settings.merge(
            KnownSettings.all(),
            KnownSettings.retired(),
            flags,
            KnownSettings.environment(System.getenv()),
            SettingsFile.read(file),
            file.toString());
    SecretFlags.check(flags.keySet(), settings, parsed.commandSpec().commandLine().getErr());
    return settings;
  }

  private static int explainUsage(ParameterException fault, String[] arguments) {
    PrintWriter err = fault.getCommandLine().getErr();
    if (fault instanceof UnmatchedArgumentException unmatched
        && unmatched.getUnmatched().getFirst().startsWith("--")) {
      String given = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
      List<String> known =
          fault.getCommandLine().getCommandSpec().options().stream()
              .map(OptionSpec::longestName)
              .toList();
      err.println(
          "tollgate: unknown option "
              + given
              + NearestName.of(given, known)
                  .map(n -> "; the nearest known one is " + n)
                  .orElse(""));
    } else {
      err.println("tollgate: " + fault.getMessage());
    }
    err.println("Try --help for what is known.");
    return 2;
  }

  private static int explain(Exception fault, CommandLine line, ParseResult parsed) {
    PrintWriter err = line.getErr();
    return switch (fault) {
      case SettingsException wrong -> {
        String.valueOf(wrong.getMessage())
            .lines()
            .forEach(text -> err.println("tollgate: " + text));
        yield 2;
      }
      case StartException wrong -> {
        err.println("tollgate: " + wrong.getMessage());
        yield 1;
      }
      case MeteringStartException wrong -> {
        String.valueOf(wrong.getMessage())
            .lines()
            .forEach(text -> err.println("tollgate: " + text));
        yield 1;
      }
      default -> {
        err.println("tollgate: a fault of ours: " + fault);
        fault.printStackTrace(err);
        yield 1;
      }
    };
  }

  /** What a command does with its settings; answers the exit code. */
  @FunctionalInterface
  interface Body {
    int run(Settings settings, ParseResult parsed, PrintWriter out) throws Exception;
  }

  private static final class Invocation implements Callable<Integer> {
    private final Body body;
    private CommandSpec spec = CommandSpec.create();

    private Invocation(Body body) {
      this.body = body;
    }

    @Override
    public Integer call() throws Exception {
      ParseResult parsed = spec.commandLine().getParseResult();
      return body.run(settings(parsed), parsed, spec.commandLine().getOut());
    }
  }
}
