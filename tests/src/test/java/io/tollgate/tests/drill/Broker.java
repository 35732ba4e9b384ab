package io.tollgate.tests.drill;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.nats.client.Connection;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.PullSubscribeOptions;
import io.tollgate.tests.cluster.FreePorts;
import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A NATS server with JetStream that is killed and started again on its port and folder. */
final class Broker implements AutoCloseable {
  private static final Path BINARY =
      Program.projectRoot().resolve("tests/sdk/python/.venv/bin/nats-server");

  private final Path folder = Files.createTempDirectory("nats");
  private final int port = FreePorts.next();
  private Process process;

  Broker() throws IOException {
    assumeThat(Files.isExecutable(BINARY))
        .as("a NATS server is installed (see target/python.log)")
        .isTrue();
    process = launch();
  }

  String url() {
    return "nats://127.0.0.1:" + port;
  }

  void kill() {
    var _ = process.destroyForcibly().onExit().join();
  }

  void startAgain() throws IOException {
    process = launch();
  }

  /** Events of a user in the stream of billing, in its order. */
  List<JsonNode> events(String user) throws Exception {
    List<JsonNode> events = new ArrayList<>();
    try (Connection connection = Nats.connect(url())) {
      JetStreamSubscription subscription =
          connection
              .jetStream()
              .subscribe(
                  "billing." + user,
                  PullSubscribeOptions.builder().stream("BILLING_EVENTS")
                      .durable("drill" + System.nanoTime())
                      .build());
      List<Message> some;
      do {
        some = subscription.fetch(200, Duration.ofSeconds(1));
        for (Message message : some) {
          message.ack();
          events.add(Client.JSON.readTree(message.getData()));
        }
      } while (!some.isEmpty());
    }
    return events;
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(
            BINARY.toString(),
            "-a",
            "127.0.0.1",
            "-p",
            Integer.toString(port),
            "-js",
            "-sd",
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
