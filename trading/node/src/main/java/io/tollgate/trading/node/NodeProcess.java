package io.tollgate.trading.node;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.ground.module.StopSignal;
import io.tollgate.telemetry.LogConfig;
import io.tollgate.telemetry.Logs;
import io.tollgate.trading.exchange.ExchangeAddresses;
import io.tollgate.web.CenterToken;
import io.tollgate.web.WebConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that is an execution node and nothing else. */
public final class NodeProcess {
  private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);

  private NodeProcess() {}

  /** Everything that can be set of such a process. */
  public static List<Setting<?>> settings() {
    return Stream.of(
            NodeConfig.settings(),
            CenterToken.settings(),
            ExchangeAddresses.settings(),
            WebConfig.settings(),
            LogConfig.settings())
        .<Setting<?>>flatMap(List::stream)
        .toList();
  }

  /**
   * Serves until the process is asked to stop.
   *
   * @param dataDirectory below which the node keeps its journal and log, in {@code node}
   * @throws SettingsException when something is set that cannot be
   */
  public static void serve(
      Settings settings,
      Path dataDirectory,
      String version,
      Map<String, String> environment,
      PrintWriter out) {
    requireNonNull(out, "out is null");
    WebConfig web = WebConfig.from(settings);
    NodeConfig config = NodeConfig.from(settings, web.isLoopback());
    Path folder = dataDirectory.resolve("node");
    StopSignal stop = StopSignal.install();
    try (Logs logs = logs(folder, settings);
        ExecutionNode node = ExecutionNode.start(config, web, folder, version, environment)) {
      LOG.atInfo()
          .addKeyValue("version", version)
          .addKeyValue("log", logs.file().toString())
          .log("serving");
      out.println(
          "execution node "
              + version
              + (config.tls().isPresent() ? "  https://" : "  http://")
              + web.bindAddress()
              + ":"
              + node.port());
      out.flush();
      stop.await();
      LOG.info("stopping");
    } finally {
      stop.done();
    }
  }

  private static Logs logs(Path folder, Settings settings) {
    try {
      return Logs.open(folder.resolve("logs"), LogConfig.from(settings));
    } catch (IOException e) {
      throw new SettingsException("the log folder in " + folder + " cannot be used: " + e);
    }
  }
}
