package io.tollgate.edge.bus;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes {@code billing.usage} from the bus, on one thread: each message is acknowledged once it is
 * charged, and comes again otherwise. What can never be charged goes to {@code dead.billing.usage}
 * with the reason, and is acknowledged then.
 */
final class UsageConsumer implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UsageConsumer.class);
  private static final String SUBJECT = "billing.usage";
  private static final String DURABLE = "tollgate-billing-usage";
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofSeconds(30);
  private static final int BATCH = 50;

  private final Bus bus;
  private final ForeignUsage usage;
  private final MeterRegistry registry;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;

  UsageConsumer(Bus bus, ForeignUsage usage, MeterRegistry registry) {
    this.bus = requireNonNull(bus, "bus is null");
    this.usage = requireNonNull(usage, "usage is null");
    this.registry = requireNonNull(registry, "registry is null");
    this.thread = Thread.ofVirtual().name("nats-usage").unstarted(this);
  }

  void start() {
    thread.start();
  }

  @Override
  public void run() {
    while (stop.getCount() > 0) {
      try {
        consume();
      } catch (IOException | JetStreamApiException | RuntimeException e) {
        if (stop.getCount() > 0) {
          LOG.atInfo().setCause(e).log("usage cannot be taken from NATS now; trying again");
        }
      }
      pause();
    }
  }

  private void consume() throws IOException, JetStreamApiException {
    JetStream stream = bus.stream();
    JetStreamSubscription subscription =
        stream.subscribe(
            SUBJECT,
            PullSubscribeOptions.builder().stream(BusStream.BILLING_EVENTS.name())
                .durable(DURABLE)
                .configuration(
                    ConsumerConfiguration.builder()
                        .ackPolicy(AckPolicy.Explicit)
                        .ackWait(ACKNOWLEDGE_WITHIN)
                        .filterSubject(SUBJECT)
                        .build())
                .build());
    try {
      while (stop.getCount() > 0 && bus.isConnected()) {
        List<Message> messages = subscription.fetch(BATCH, WAIT);
        for (Message message : messages) {
          take(stream, message);
        }
      }
    } finally {
      if (bus.isConnected()) {
        subscription.unsubscribe();
      }
    }
  }

  private void take(JetStream stream, Message message) throws IOException, JetStreamApiException {
    try {
      count(usage.take(message.getData()).name());
      message.ack();
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.UNAVAILABLE) {
        message.nakWithDelay(AGAIN);
        return;
      }
      bury(stream, message, refusal);
      message.ack();
      count("dead");
    }
  }

  private static void bury(JetStream stream, Message message, Refusal reason)
      throws IOException, JetStreamApiException {
    DeadLetters.bury(stream, message, "dead." + message.metaData().streamSequence(), reason);
    LOG.atWarn()
        .addKeyValue("sequence", message.metaData().streamSequence())
        .addKeyValue("code", reason.code())
        .log("usage from the bus cannot be charged; it is among the dead letters");
  }

  private void count(String outcome) {
    Counter.builder("tollgate.nats.usage")
        .description("usage records of billing.usage by what became of them")
        .tag("outcome", outcome.toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
  }

  private void pause() {
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
