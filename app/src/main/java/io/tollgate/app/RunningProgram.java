package io.tollgate.app;

import io.tollgate.data.Transactions;
import io.tollgate.edge.admin.AdminRoutes;
import io.tollgate.edge.sync.SyncRoutes;
import io.tollgate.ground.config.Settings;
import io.tollgate.ledger.LedgerJobs;
import io.tollgate.ledger.Ledgers;
import io.tollgate.metering.Metering;
import io.tollgate.sandbox.SandboxOptions;
import io.tollgate.sandbox.SandboxProvider;
import io.tollgate.sandbox.SandboxStartException;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.HealthRoutes;
import io.tollgate.web.Listener;
import io.tollgate.web.MetricsRoutes;
import io.tollgate.web.ReadinessCheck;
import io.tollgate.web.Routes;
import io.tollgate.web.WebConfig;
import io.tollgate.web.WebEdge;
import io.tollgate.web.WebServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roles of this process, serving. Closing it stops accepting, lets what runs finish, settles,
 * and ends.
 */
final class RunningProgram implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningProgram.class);

  /** The form of errors where no interface has one of its own. */
  private static final Routes OTHERWISE =
      (table, loop, vertx) -> table.fallback("/", ErrorForms.standard());

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Foundation foundation;
  private final ServerPorts ports;
  private final List<WebServer> servers = new ArrayList<>();
  private Optional<SandboxProvider> sandbox = Optional.empty();
  private Optional<GatewayRole> gateway = Optional.empty();

  private RunningProgram(Foundation foundation, ServerPorts ports) {
    this.foundation = foundation;
    this.ports = ports;
  }

  static RunningProgram start(
      Settings settings, Foundation foundation, Set<ProgramRole> roles, ServerPorts ports) {
    RunningProgram running = new RunningProgram(foundation, ports);
    try {
      running.open(settings, roles);
      return running;
    } catch (RuntimeException e) {
      running.close();
      throw e;
    }
  }

  private void open(Settings settings, Set<ProgramRole> roles) {
    if (roles.contains(ProgramRole.SANDBOX)) {
      sandbox = Optional.of(opened(startSandbox(ports.config())));
    }
    WebConfig webConfig = WebConfig.from(settings);
    WebEdge edge =
        WebEdge.open(
            webConfig, foundation.metrics().registry(), foundation.clock(), foundation.random());
    opened(edge);
    if (roles.contains(ProgramRole.GATEWAY)) {
      gateway = Optional.of(opened(GatewayRole.start(settings, foundation, webConfig, sandbox)));
    }
    // closed first: nothing new comes in, while what runs still has its loops and the database
    opened(edge::stopServers);
    LedgerJobs.all(foundation.ledger(), foundation.transactions(), foundation.clock())
        .forEach(foundation.database().scheduler()::schedule);
    foundation.billing().jobs().forEach(foundation.database().scheduler()::schedule);
    foundation.database().start();

    HealthRoutes health = health(edge);
    List<Routes> publicly = new ArrayList<>(List.of(OTHERWISE, health, new OpenApiRoutes()));
    gateway.ifPresent(role -> publicly.add(role.routes()));
    List<Routes> sync = roles.contains(ProgramRole.SYNC) ? List.of(syncRoutes()) : List.of();
    List<Routes> console = roles.contains(ProgramRole.CONSOLE) ? List.of(adminRoutes()) : List.of();
    if (ports.together()) {
      publicly.addAll(sync);
      publicly.addAll(console);
    } else {
      listen(edge, ports.sync(), health.as("sync", "healthy"), sync);
      listen(edge, ports.console(), health.as("console", "ok"), console);
    }
    if (ports.together() || gateway.isPresent()) {
      servers.add(edge.listen(ports.gateway(), publicly));
    }
    List<Routes> privately =
        new ArrayList<>(List.of(OTHERWISE, health, new MetricsRoutes(foundation.metrics())));
    privately.addAll(sync);
    if (roles.contains(ProgramRole.BILLING)) {
      privately.add(foundation.billing().privateRoutes());
    }
    servers.add(edge.listen(ports.privately(), privately));
  }

  private void listen(WebEdge edge, Listener listener, Routes health, List<Routes> routes) {
    if (!routes.isEmpty()) {
      List<Routes> all = new ArrayList<>(List.of(OTHERWISE, health));
      all.addAll(routes);
      servers.add(edge.listen(listener, all));
    }
  }

  private HealthRoutes health(WebEdge edge) {
    List<ReadinessCheck> checks = new ArrayList<>();
    checks.add(
        new ReadinessCheck(
            "database",
            () ->
                foundation.database().isReady()
                    ? Optional.empty()
                    : Optional.of("does not answer")));
    checks.add(new ReadinessCheck("metering", () -> gateway.flatMap(GatewayRole::closedBy)));
    gateway.map(GatewayRole::readiness).ifPresent(checks::add);
    return new HealthRoutes("tollgate", ProgramVersion.number(), checks, edge::draining);
  }

  private Routes syncRoutes() {
    return new SyncRoutes(
        currentBooks(),
        foundation.identity().bearers(),
        foundation.identity().tenants(),
        foundation.identity().users(),
        foundation.billing().standings(),
        foundation.clock());
  }

  private Transactions currentBooks() {
    return gateway
        .map(role -> role.currentBooks(foundation.transactions()))
        .orElse(foundation.transactions());
  }

  private Routes adminRoutes() {
    return new AdminRoutes(
        currentBooks(),
        foundation.identity().admins(),
        Metering.usageQueries(),
        Metering.inDoubt(foundation.ledger(), foundation.prices(), foundation.clock()),
        foundation.billing().spendLimitSettings(),
        foundation.billing().grants(),
        Ledgers.queries(),
        WholeAudit.create());
  }

  private static SandboxProvider startSandbox(AppConfig config) {
    SandboxOptions options = SandboxOptions.local(config.sandboxPort(), config.dataDirectory());
    try {
      return SandboxProvider.start(
          config.sandboxScriptPort() == 0
              ? options
              : options.withScriptPort(config.sandboxScriptPort()));
    } catch (SandboxStartException e) {
      throw new StartException(e.getMessage() + "; choose another port with --sandbox-port");
    }
  }

  /** Makes the demo data or the first administrator, and tells where everything is. */
  void announce(AppConfig config, DemoFile demoFile, PrintWriter out) {
    Announcement announcement = new Announcement(out);
    gateway.ifPresent(role -> announcement.recovered(role.recovered()));
    if (config.demo() && ports.together()) {
      DemoFile.Urls urls = urls(config);
      DemoData.Made demo = demo();
      demoFile.write(urls, demo);
      announcement.demo(urls, demo, config.dataDirectory());
    } else {
      Path passwordFile = config.dataDirectory().resolve("admin-password");
      foundation
          .identity()
          .admins()
          .createFirst(passwordFile)
          .ifPresent(password -> announcement.firstAdmin(password, passwordFile));
      servers.forEach(server -> announcement.server(server.name(), url(server.port())));
    }
    LOG.atInfo().addKeyValue("version", ProgramVersion.number()).log("serving");
  }

  /** Makes the demo data where it is missing. */
  DemoData.Made demo() {
    return new DemoData(foundation).ensure();
  }

  /** Where callers of the gateway go. */
  String publicUrl() {
    return url(port("public"));
  }

  private DemoFile.Urls urls(AppConfig config) {
    return new DemoFile.Urls(
        publicUrl(),
        url(port("private")),
        "127.0.0.1:" + config.grpcPort(),
        sandbox.map(SandboxProvider::url).orElse(""));
  }

  private int port(String server) {
    return servers.stream()
        .filter(candidate -> candidate.name().equals(server))
        .mapToInt(WebServer::port)
        .findFirst()
        .orElse(0);
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      AutoCloseable part = opened.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.atError().setCause(e).addKeyValue("part", part.getClass()).log("did not stop cleanly");
      }
    }
  }
}
