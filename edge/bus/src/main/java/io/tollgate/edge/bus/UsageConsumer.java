package io.tollgate.edge.bus;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes {@code billing.usage} from the bus, on one thread: each message is acknowledged once it is
 * charged, and comes again otherwise. What can never be charged goes to {@code dead.billing.usage}
 * with the reason, and is acknowledged then.
 */
final class UsageConsumer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UsageConsumer.class);
  private static final String SUBJECT = "billing.usage";
  private static final String DURABLE = "tollgate-billing-usage";
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final int BATCH = 50;

  private final ForeignUsage usage;
  private final MeterRegistry registry;
  private final DurableConsumer consumer;

  UsageConsumer(Bus bus, ForeignUsage usage, MeterRegistry registry) {
    this.usage = requireNonNull(usage, "usage is null");
    this.registry = requireNonNull(registry, "registry is null");
    this.consumer =
        new DurableConsumer(
            bus,
            new DurableConsumer.Source(BusStream.BILLING_EVENTS, SUBJECT, DURABLE, BATCH, WAIT),
            this::take);
  }

  void start() {
    consumer.start();
  }

  private void take(JetStream stream, List<Message> messages)
      throws IOException, JetStreamApiException {
    for (Message message : messages) {
      take(stream, message);
    }
  }

  private void take(JetStream stream, Message message) throws IOException, JetStreamApiException {
    try {
      count(usage.take(message.getData()).name());
      message.ack();
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.UNAVAILABLE) {
        message.nakWithDelay(DurableConsumer.AGAIN);
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

  @Override
  public void close() {
    consumer.close();
  }
}
