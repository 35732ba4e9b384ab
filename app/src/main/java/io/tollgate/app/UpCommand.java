package io.tollgate.app;

import io.tollgate.data.DatabaseException;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.ground.module.StopSignal;
import io.tollgate.postgres.PostgresException;
import io.tollgate.web.PortUnavailableException;
import java.io.PrintWriter;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ParseResult;

/** Runs the program in the foreground until it is asked to stop. */
final class UpCommand {
  private static final Logger LOG = LoggerFactory.getLogger(UpCommand.class);

  private UpCommand() {}

  /** Everything in one process. */
  static int run(Settings settings, ParseResult parsed, PrintWriter out) {
    AppConfig config = AppConfig.from(settings);
    Set<String> roles = ProgramRoles.all();
    if (!config.demo()) {
      roles.remove(ProgramRoles.SANDBOX);
    }
    return serve(settings, config, roles, true, out);
  }

  /** Chosen roles, each on its own port. */
  static int runRoles(Settings settings, ParseResult parsed, PrintWriter out) {
    Set<String> roles = ProgramRoles.parse(parsed.matchedOptionValue("--roles", ""));
    if (NodeCommand.isChosen(roles)) {
      return NodeCommand.serve(settings, out);
    }
    AppConfig config = AppConfig.from(settings);
    if (config.isProduction() && roles.contains(ProgramRoles.SANDBOX)) {
      throw new SettingsException(
          "--roles: sandbox (expected: without it with env production; its answers are made up)");
    }
    return serve(settings, config, roles, false, out);
  }

  private static int serve(
      Settings settings, AppConfig config, Set<String> roles, boolean together, PrintWriter out) {
    StopSignal shutdown = StopSignal.install();
    try (Foundation foundation = Foundation.open(settings, config.dataDirectory())) {
      if (config.isProduction()) {
        ProductionGuard.check(foundation.modules());
      }
      DemoFile demoFile = new DemoFile(config.dataDirectory());
      demoFile.remove();
      try (RunningProgram running = RunningProgram.start(foundation, config, roles, together)) {
        running.announce(demoFile, out);
        out.flush();
        shutdown.await();
        LOG.info("stopping");
        demoFile.remove();
      }
    } catch (PostgresException | DatabaseException | PortUnavailableException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    } finally {
      shutdown.done();
    }
    return 0;
  }
}
