package io.tollgate.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.PricesModule;
import io.tollgate.data.DataModule;
import io.tollgate.data.Database;
import io.tollgate.data.RecurringJob;
import io.tollgate.ground.module.ReadinessCheck;
import io.tollgate.identity.IdentityModule;
import io.tollgate.metering.MeteringModule;
import io.tollgate.relay.accounts.AccountsModule;
import io.tollgate.rpc.RpcConfig;
import io.tollgate.rpc.RpcServer;
import io.tollgate.rpc.RpcService;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.HealthRoutes;
import io.tollgate.web.InterfaceRoutes;
import io.tollgate.web.MetricsRoutes;
import io.tollgate.web.PublicAddress;
import io.tollgate.web.Readiness;
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
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The modules of chosen roles, serving. Closing it stops accepting, lets what runs finish, settles,
 * and ends.
 */
final class RunningProgram implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningProgram.class);

  /** The form of errors where no interface has one of its own. */
  private static final ErrorForm OTHERWISE = ErrorForms.standard();

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Foundation foundation;
  private final OpenModules modules;
  private final AppConfig config;
  private final boolean together;
  private final List<WebServer> servers = new ArrayList<>();
  private final List<RpcServer> rpcServers = new ArrayList<>();
  private final RpcConfig rpcConfig;
  private final BrowserPresence browsers = new BrowserPresence();

  private RunningProgram(Foundation foundation, AppConfig config, boolean together) {
    this.foundation = foundation;
    this.modules = foundation.modules();
    this.config = config;
    this.together = together;
    this.rpcConfig = RpcConfig.from(foundation.settings());
  }

  /**
   * Serves.
   *
   * @param together whether all interfaces share one public and one private server
   */
  static RunningProgram start(
      Foundation foundation, AppConfig config, Set<String> roles, boolean together) {
    RunningProgram running = new RunningProgram(foundation, config, together);
    try {
      running.open(roles);
      return running;
    } catch (RuntimeException e) {
      running.close();
      throw e;
    }
  }

  private void open(Set<String> roles) {
    WebEdge edge =
        opened(
            WebEdge.open(
                WebConfig.from(foundation.settings()),
                modules.facility(MeterRegistry.class),
                modules.module(DataModule.class).clock(),
                modules.random(),
                foundation.tracing()));
    opened(modules.sinceNow());
    modules.open(entry -> entry.role().filter(roles::contains).isPresent());
    modules
        .ifOpen(SandboxModule.class)
        .ifPresent(
            sandbox ->
                modules
                    .ifOpen(AccountsModule.class)
                    .ifPresent(
                        accounts ->
                            sandbox.registerWith(
                                accounts.accounts(),
                                modules.module(PricesModule.class).prices().all())));
    // closed first: nothing new comes in, while what runs still has its loops and the database
    opened(edge::stopServers);
    Database database = modules.module(DataModule.class).database();
    modules.offers(RecurringJob.class).forEach(database.scheduler()::schedule);
    database.start();
    serve(edge, roles);
  }

  private void serve(WebEdge edge, Set<String> roles) {
    List<InterfaceRoutes> offered =
        modules.offers(InterfaceRoutes.class).stream()
            .map(each -> config.demoLife() ? browsers.watched(each) : each)
            .toList();
    ServerPlan plan = together ? ServerPlan.together(offered) : ServerPlan.apart(offered, roles);
    Readiness readiness = new Readiness(modules.offers(ReadinessCheck.class), edge::draining);
    HealthRoutes health = new HealthRoutes("tollgate", ProgramVersion.number(), readiness);
    plan.own()
        .forEach(
            (face, routes) ->
                servers.add(
                    edge.listen(
                        ServerPlan.listener(face, foundation.settings()),
                        routesOf(
                            face.errors(),
                            health.as(face.role(), face.well()),
                            List.of(),
                            routes))));
    if (plan.hasPublic()) {
      WebServer server =
          edge.listen(
              ServerPlan.publicListener(config),
              routesOf(OTHERWISE, health, List.of(new OpenApiRoutes()), plan.publicly()));
      servers.add(server);
      modules.facility(PublicAddress.class).listening(server.port());
    }
    servers.add(
        edge.listen(
            ServerPlan.privateListener(config),
            routesOf(
                OTHERWISE,
                health,
                List.of(new MetricsRoutes(foundation.metrics())),
                plan.privately())));
    serveRpc(readiness, roles);
  }

  private void serveRpc(Readiness readiness, Set<String> roles) {
    List<RpcService> offered = modules.offers(RpcService.class);
    RpcServers plan =
        together
            ? RpcServers.together(config, offered)
            : RpcServers.apart(config, foundation.settings(), offered, roles);
    RpcServer.Surroundings surroundings =
        new RpcServer.Surroundings(
            modules.facility(MeterRegistry.class),
            readiness::isReady,
            modules.module(DataModule.class).clock(),
            modules.random(),
            foundation.tracing());
    plan.planned()
        .forEach(
            (port, services) ->
                rpcServers.add(opened(RpcServers.open(rpcConfig, port, services, surroundings))));
  }

  private static List<Routes> routesOf(
      ErrorForm otherwise, Routes health, List<Routes> ours, List<Routes> modules) {
    List<Routes> all = new ArrayList<>();
    all.add((table, _, _) -> table.fallback("/", otherwise));
    all.add(health);
    all.addAll(ours);
    all.addAll(modules);
    return all;
  }

  /** Makes the demo data or the first administrator, and tells where everything is. */
  void announce(DemoFile demoFile, PrintWriter out) {
    StartAnnouncement announcement = new StartAnnouncement(out);
    modules
        .ifOpen(MeteringModule.class)
        .ifPresent(module -> announcement.recovered(module.metering().recovered()));
    if (config.demo() && together) {
      DemoFile.Urls urls = urls();
      DemoData.Made demo = demo();
      if (!urls.sandboxUrl().isEmpty()) {
        DemoPayments.registerWebhook(
            urls.sandboxUrl(), modules.facility(PublicAddress.class).url());
      }
      demoFile.write(urls, demo);
      announcement.demo(urls, demo, config.dataDirectory());
      if (config.demoLife() && !urls.sandboxUrl().isEmpty()) {
        var unused =
            opened(DemoLife.start(modules, new DemoData(modules), browsers, urls.publicUrl()));
      }
    } else {
      Path passwordFile = config.dataDirectory().resolve("admin-password");
      modules
          .module(IdentityModule.class)
          .admins()
          .createFirst(passwordFile)
          .ifPresent(password -> announcement.firstAdmin(password, passwordFile));
      servers.forEach(server -> announcement.server(server.name(), url(server.port())));
      rpcServers.forEach(server -> announcement.server(server.name(), rpcAddress(server.port())));
    }
    LOG.atInfo().addKeyValue("version", ProgramVersion.number()).log("serving");
  }

  /** Makes the demo data where it is missing. */
  DemoData.Made demo() {
    return new DemoData(modules).ensure(config.demoLife());
  }

  /** Where callers of the gateway go. */
  String publicUrl() {
    return url(port("public"));
  }

  private DemoFile.Urls urls() {
    return new DemoFile.Urls(
        publicUrl(),
        url(port("private")),
        rpcServers.stream().findFirst().map(server -> rpcAddress(server.port())).orElse(""),
        modules.ifOpen(SandboxModule.class).map(SandboxModule::url).orElse(""));
  }

  private int port(String server) {
    return servers.stream()
        .filter(candidate -> candidate.name().equals(server))
        .mapToInt(WebServer::port)
        .findFirst()
        .orElse(0);
  }

  private static String rpcAddress(int port) {
    return "127.0.0.1:" + port;
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
