package io.tollgate.trading.node;

import static java.util.Objects.requireNonNull;

import io.tollgate.telemetry.Metrics;
import io.tollgate.trading.exchange.ExchangeAddresses;
import io.tollgate.trading.exchange.ExchangeTimes;
import io.tollgate.trading.exchange.Exchanges;
import io.tollgate.trading.exchange.WayOut;
import io.tollgate.trading.exchange.placing.Pace;
import io.tollgate.trading.node.internal.journal.JournalLimits;
import io.tollgate.trading.node.internal.journal.TaskJournal;
import io.tollgate.trading.node.internal.order.AccountTerms;
import io.tollgate.trading.node.internal.order.NodeStep;
import io.tollgate.trading.node.internal.order.OrderDesk;
import io.tollgate.trading.node.internal.order.Prices;
import io.tollgate.trading.node.internal.order.Sites;
import io.tollgate.trading.node.internal.serving.Heartbeat;
import io.tollgate.trading.node.internal.serving.NodeAccess;
import io.tollgate.trading.node.internal.serving.NodeHealth;
import io.tollgate.trading.node.internal.serving.NodeRoutes;
import io.tollgate.trading.node.internal.serving.TaskThreads;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.ListeningPort;
import io.tollgate.web.Routes;
import io.tollgate.web.WebConfig;
import io.tollgate.web.WebEdge;
import io.tollgate.web.WebServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An execution node, serving. It is put together here, and needs nothing of the centre's modules.
 * Closing it stops accepting, lets what runs finish, and ends.
 */
public final class ExecutionNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutionNode.class);

  /** Free room on the disk for new tasks to be taken. */
  private static final long FREE_BYTES = 32L << 20;

  private final Deque<AutoCloseable> opened;
  private final WebServer server;

  private ExecutionNode(
      Deque<AutoCloseable> opened,
      NodeConfig config,
      WebConfig web,
      Path folder,
      String version,
      Map<String, String> environment) {
    this.opened = opened;
    Consumer<NodeStep> steps = NodeStep.told(environment, Runtime.getRuntime()::halt);
    Clock clock = Clock.systemUTC();
    TaskJournal journal =
        opened(
            TaskJournal.open(
                folder,
                new JournalLimits(
                    (long) config.journalMegabytes() << 20,
                    FREE_BYTES,
                    Duration.ofDays(config.journalDays())),
                clock,
                () -> steps.accept(NodeStep.JOURNAL_REWRITTEN)));
    Metrics metrics = opened(Metrics.empty());
    WebEdge edge = opened(WebEdge.open(web, metrics.registry(), clock, new SecureRandom()));
    Sites sites =
        new Sites(exchanges(edge, config.live(), clock), exchanges(edge, config.test(), clock));
    Prices prices = new Prices(System::nanoTime);
    OrderDesk desk =
        new OrderDesk(sites, prices, new AccountTerms(), journal, clock, Pace.system(), steps);
    TaskThreads threads = opened(new TaskThreads(config.concurrent()));
    NodeAccess access = new NodeAccess(config.token(), config.allowed());
    List<Routes> routes =
        List.of(
            (table, _, _) -> table.fallback("/", ErrorForms.admin()),
            NodeHealth.routes(version, config.heartbeat(), journal, edge::draining),
            new NodeRoutes(access, threads, desk, sites, prices));
    // closed first: nothing new comes in, while what runs still has its threads and the journal
    opened(edge::stopServers);
    server =
        edge.listen(
            new ListeningPort("node", config.port(), NodeConfig.PORT.name()), routes, config.tls());
    config
        .heartbeat()
        .ifPresent(beats -> opened(Heartbeat.start(edge.vertx(), beats, config.token())));
  }

  /**
   * Serves.
   *
   * @param folder of the journal
   * @param version that it says of itself
   * @param environment in which a test may name a step to die at
   */
  public static ExecutionNode start(
      NodeConfig config,
      WebConfig web,
      Path folder,
      String version,
      Map<String, String> environment) {
    requireNonNull(config, "config is null");
    requireNonNull(web, "web is null");
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      return new ExecutionNode(opened, config, web, folder, version, environment);
    } catch (RuntimeException e) {
      closeAll(opened);
      throw e;
    }
  }

  /** The port in fact. */
  public int port() {
    return server.port();
  }

  private Exchanges exchanges(WebEdge edge, ExchangeAddresses addresses, Clock clock) {
    return opened(
        new Exchanges(edge.vertx(), addresses, ExchangeTimes.USUAL, WayOut.DIRECT, clock));
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  @Override
  public void close() {
    closeAll(opened);
  }

  private static void closeAll(Deque<AutoCloseable> opened) {
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
