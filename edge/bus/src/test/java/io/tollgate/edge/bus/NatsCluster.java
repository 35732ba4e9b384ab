package io.tollgate.edge.bus;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.ClusterInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Three NATS servers that keep streams together; each can be killed and started again. */
final class NatsCluster implements AutoCloseable {
  private static final int SIZE = 3;

  private final List<Node> nodes = new ArrayList<>();

  private static final class Node {
    private final String name;
    private final int port;
    private final Path configuration;
    private Process process;

    Node(String name, int port, Path configuration, Process process) {
      this.name = name;
      this.port = port;
      this.configuration = configuration;
      this.process = process;
    }
  }

  /** Starts them, and waits until they have a leader; skipped where none is installed. */
  static NatsCluster start() throws IOException {
    NatsCluster cluster = new NatsCluster();
    List<Integer> ports = NatsServer.freePorts(2 * SIZE);
    String routes =
        ports.subList(SIZE, 2 * SIZE).stream()
            .map(port -> "nats://127.0.0.1:" + port)
            .collect(Collectors.joining(", "));
    for (int number = 0; number < SIZE; number++) {
      String name = "n" + number;
      Path folder = Files.createTempDirectory("nats-" + name);
      Path configuration = folder.resolve("nats.conf");
      Files.writeString(
          configuration,
          """
          server_name: %s
          listen: "127.0.0.1:%d"
          jetstream { store_dir: "%s" }
          cluster { name: c, listen: "127.0.0.1:%d", routes: [%s] }
          """
              .formatted(
                  name,
                  ports.get(number),
                  folder.resolve("data"),
                  ports.get(SIZE + number),
                  routes));
      cluster.nodes.add(
          new Node(name, ports.get(number), configuration, NatsServer.launch(configuration)));
    }
    await("a leader of all")
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () -> {
              try (Connection connection = Nats.connect(cluster.urls())) {
                return connection.jetStreamManagement().getStreamNames().isEmpty();
              }
            });
    return cluster;
  }

  String urls() {
    return nodes.stream()
        .map(node -> "nats://127.0.0.1:" + node.port)
        .collect(Collectors.joining(","));
  }

  /** Kills the one that leads a stream, as hard as can be, and tells its name. */
  String killLeader(String stream) throws Exception {
    String leader;
    try (Connection connection = Nats.connect(urls())) {
      ClusterInfo info = connection.jetStreamManagement().getStreamInfo(stream).getClusterInfo();
      leader = requireNonNull(requireNonNull(info, "no cluster").getLeader(), "no leader");
    }
    Node node = nodes.stream().filter(each -> each.name.equals(leader)).findFirst().orElseThrow();
    var _ = node.process.destroyForcibly().onExit().join();
    return leader;
  }

  void startAgain(String name) throws IOException {
    Node node = nodes.stream().filter(each -> each.name.equals(name)).findFirst().orElseThrow();
    node.process = NatsServer.launch(node.configuration);
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.process.destroyForcibly());
  }
}
