package io.tollgate.trading.node;

import io.tollgate.ground.AddressBlock;
import io.tollgate.ground.config.Settings;
import io.tollgate.trading.exchange.ExchangeAddresses;
import io.tollgate.web.CenterToken;
import io.tollgate.web.ServerTls;
import io.tollgate.web.WebConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes in this process. */
final class NodeSite {
  private NodeSite() {}

  /** One that trades at the simulator, and knows the centre's secret. */
  static ExecutionNode node(SimulatedExchange exchange, Path folder) {
    return start(config(exchange.url()), folder);
  }

  static NodeConfig config(String exchangeUrl) {
    ExchangeAddresses addresses = ExchangeAddresses.allAt(URI.create(exchangeUrl));
    return new NodeConfig(
        0,
        CenterToken.of(NodeCaller.SECRET),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        32,
        4,
        7,
        addresses,
        addresses);
  }

  static NodeConfig with(
      NodeConfig config,
      List<AddressBlock> allowed,
      Optional<ServerTls> tls,
      Optional<HeartbeatConfig> heartbeat) {
    return new NodeConfig(
        config.port(),
        config.token(),
        allowed,
        tls,
        heartbeat,
        config.concurrent(),
        config.journalMegabytes(),
        config.journalDays(),
        config.live(),
        config.test());
  }

  static ExecutionNode start(NodeConfig config, Path folder) {
    WebConfig web =
        WebConfig.from(
            Settings.merge(
                WebConfig.settings(),
                Map.of(),
                Map.of("http.event.loops", "1", "http.stop.ms", "2000"),
                Map.of(),
                Map.of(),
                "file"));
    return ExecutionNode.start(config, web, folder, "1.2", Map.of());
  }
}
