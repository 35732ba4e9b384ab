package io.tollgate.edge.bus;

import static java.util.Objects.requireNonNull;

import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the messages of a subject from the bus, on one thread, under a name that the server
 * remembers: what was not acknowledged comes again. While NATS is away it tries again and again.
 */
final class DurableConsumer implements AutoCloseable {
  /** How soon it tries again, and what could not be taken comes again. */
  static final Duration AGAIN = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(DurableConsumer.class);
  private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofSeconds(30);

  private final Bus bus;
  private final Source source;
  private final Taking taking;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;

  /**
   * What is taken, and how.
   *
   * @param durable the name under which the server remembers what was acknowledged
   * @param batch messages at a time, at most
   * @param gathered how long a batch is waited for
   */
  record Source(BusStream stream, String subject, String durable, int batch, Duration gathered) {}

  /** Does something with messages, and acknowledges each that need not come again. */
  @FunctionalInterface
  interface Taking {
    void take(JetStream stream, List<Message> messages) throws IOException, JetStreamApiException;
  }

  DurableConsumer(Bus bus, Source source, Taking taking) {
    this.bus = requireNonNull(bus, "bus is null");
    this.source = requireNonNull(source, "source is null");
    this.taking = requireNonNull(taking, "taking is null");
    this.thread = Thread.ofVirtual().name("nats-" + source.subject()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (stop.getCount() > 0) {
      try {
        consume();
      } catch (IOException | JetStreamApiException | RuntimeException e) {
        if (stop.getCount() > 0) {
          LOG.atInfo()
              .setCause(e)
              .addKeyValue("subject", source.subject())
              .log("nothing can be taken from NATS now; trying again");
        }
      }
      pause();
    }
  }

  private void consume() throws IOException, JetStreamApiException {
    JetStream stream = bus.stream();
    JetStreamSubscription subscription =
        stream.subscribe(
            source.subject(),
            PullSubscribeOptions.builder().stream(source.stream().name())
                .durable(source.durable())
                .configuration(
                    ConsumerConfiguration.builder()
                        .ackPolicy(AckPolicy.Explicit)
                        .ackWait(ACKNOWLEDGE_WITHIN)
                        .filterSubject(source.subject())
                        .build())
                .build());
    try {
      while (stop.getCount() > 0 && bus.isConnected()) {
        taking.take(stream, subscription.fetch(source.batch(), source.gathered()));
      }
    } finally {
      if (bus.isConnected()) {
        subscription.unsubscribe();
      }
    }
  }

  /** Waits for a moment, unless it is to stop. */
  void pause() {
    try {
      boolean unused = stop.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.countDown();
    }
  }

  @Override
  public void close() {
    stop.countDown();
    try {
      if (!thread.join(Duration.ofSeconds(5))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
