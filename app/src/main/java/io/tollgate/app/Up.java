package io.tollgate.app;

import io.tollgate.data.DatabaseException;
import io.tollgate.ground.config.Settings;
import io.tollgate.postgres.PostgresException;
import io.tollgate.web.PortUnavailableException;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ParseResult;

/** Runs the program in the foreground until it is asked to stop. */
final class Up {
  private static final Logger LOG = LoggerFactory.getLogger(Up.class);

  private Up() {}

  /** Everything in one process. */
  static int run(Settings settings, ParseResult parsed, PrintWriter out) {
    AppConfig config = AppConfig.from(settings);
    Set<Role> roles = EnumSet.allOf(Role.class);
    if (!config.demo()) {
      roles.remove(Role.SANDBOX);
    }
    return serve(settings, config, roles, Ports.together(config), out);
  }

  /** Chosen roles, each on its own port. */
  static int runRoles(Settings settings, ParseResult parsed, PrintWriter out) {
    AppConfig config = AppConfig.from(settings);
    Set<Role> roles = Role.parse(parsed.matchedOptionValue("--roles", ""));
    return serve(settings, config, roles, Ports.apart(config), out);
  }

  private static int serve(
      Settings settings, AppConfig config, Set<Role> roles, Ports ports, PrintWriter out) {
    Shutdown shutdown = Shutdown.install();
    try (Foundation foundation = Foundation.open(settings, config.dataDirectory())) {
      DemoFile demoFile = new DemoFile(config.dataDirectory());
      demoFile.remove();
      try (Running running = Running.start(settings, foundation, roles, ports)) {
        running.announce(config, demoFile, out);
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
