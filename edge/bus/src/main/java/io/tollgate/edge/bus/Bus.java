package io.tollgate.edge.bus;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to NATS, made when it is first needed and again by itself whenever it breaks; a
 * bus that is away at the start, or later, keeps nothing from working. Streams that are not there
 * are made with the first connection. Safe for use by many threads.
 */
final class Bus implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration AGAIN = Duration.ofMillis(250);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** In which the server drops repeats. */
  private static final Duration REPEATS = Duration.ofMinutes(2);

  private static final int STREAM_NOT_FOUND = 10_059;

  private final BusConfig config;
  private final String url;
  private @Nullable Connection connection;
  private boolean streamsReady;
  private boolean closed;

  /**
   * @param purpose tells this connection's metric from those of others of the process
   */
  Bus(BusConfig config, String url, MeterRegistry registry, String purpose) {
    this.config = requireNonNull(config, "config is null");
    this.url = requireNonNull(url, "url is null");
    Gauge unused =
        Gauge.builder("tollgate.nats.connected", this, bus -> bus.isConnected() ? 1 : 0)
            .description("whether there is a connection to NATS")
            .tag("purpose", purpose)
            .register(registry);
  }

  /**
   * JetStream, with every stream there.
   *
   * @throws IOException when NATS does not answer
   */
  JetStream stream() throws IOException {
    Connection open = connection();
    prepare(open);
    return open.jetStream();
  }

  synchronized boolean isConnected() {
    return connection != null && connection.getStatus() == Connection.Status.CONNECTED;
  }

  private synchronized Connection connection() throws IOException {
    if (closed) {
      throw new IOException("the bus is closed");
    }
    Connection known = connection;
    if (known != null && known.getStatus() != Connection.Status.CLOSED) {
      if (known.getStatus() != Connection.Status.CONNECTED) {
        throw new IOException("NATS is away; it is connected to again as soon as it is there");
      }
      return known;
    }
    Options.Builder options =
        new Options.Builder()
            .servers(url.split("\\s*,\\s*", -1))
            .connectionName("tollgate")
            .connectionTimeout(CONNECT)
            .reconnectWait(AGAIN)
            .maxReconnects(-1)
            // what is not known to have arrived is published again; nothing waits in memory
            .reconnectBufferSize(0);
    if (config.user().isPresent() && config.password().isPresent()) {
      options.userInfo(config.user().get().toCharArray(), config.password().get().toCharArray());
    }
    try {
      Connection made = Nats.connect(options.build());
      connection = made;
      streamsReady = false;
      return made;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while connecting to NATS", e);
    }
  }

  private synchronized void prepare(Connection open) throws IOException {
    if (streamsReady) {
      return;
    }
    JetStreamManagement management = open.jetStreamManagement();
    try {
      for (BusStream stream : BusStream.values()) {
        ensure(management, stream);
      }
      streamsReady = true;
    } catch (JetStreamApiException e) {
      throw new IOException("the streams of NATS cannot be made: " + e.getMessage(), e);
    }
  }

  private void ensure(JetStreamManagement management, BusStream stream)
      throws IOException, JetStreamApiException {
    try {
      var unused = management.getStreamInfo(stream.name());
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() != STREAM_NOT_FOUND) {
        throw e;
      }
      var unused =
          management.addStream(
              StreamConfiguration.builder()
                  .name(stream.name())
                  .subjects(stream.subjects())
                  .storageType(StorageType.File)
                  .replicas(config.replicas())
                  .maxAge(config.kept())
                  .duplicateWindow(REPEATS)
                  .build());
      LOG.atInfo().addKeyValue("stream", stream).log("a stream of NATS was made");
    }
  }

  /** How long an answer of the server may take. */
  static Duration answer() {
    return ANSWER;
  }

  @Override
  public void close() {
    Connection open;
    synchronized (this) {
      closed = true;
      open = connection;
    }
    if (open != null) {
      try {
        open.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
