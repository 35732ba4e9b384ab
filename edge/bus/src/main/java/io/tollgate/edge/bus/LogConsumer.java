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
import io.tollgate.insight.LoggedRow;
import io.tollgate.insight.RequestTaking;
import io.tollgate.relay.gateway.LoggedRequest.Payer;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes {@code log.write} from the bus into the request log, on one thread: a batch is acknowledged
 * once it is kept, and comes again otherwise; what the log has already is dropped then. What is no
 * entry goes to {@code dead.log.write} with the reason.
 */
final class LogConsumer implements Runnable, AutoCloseable {
  static final String SUBJECT = "log.write";

  private static final Logger LOG = LoggerFactory.getLogger(LogConsumer.class);
  private static final String DURABLE = "tollgate-log-write";
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration WAIT = Duration.ofMillis(200);
  private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofSeconds(30);

  /** As each may be as large as the server lets it, fewer than the log takes at a time. */
  private static final int BATCH = 200;

  private final Bus bus;
  private final RequestTaking log;
  private final LogEntryReader.Payers payers;
  private final InstantSource clock;
  private final Counter taken;
  private final Counter repeated;
  private final Counter refused;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;

  LogConsumer(
      Bus bus,
      RequestTaking log,
      LogEntryReader.Payers payers,
      InstantSource clock,
      MeterRegistry registry) {
    this.bus = requireNonNull(bus, "bus is null");
    this.log = requireNonNull(log, "log is null");
    this.payers = requireNonNull(payers, "payers is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.taken = LogOutcome.counter(registry, "taken");
    this.repeated = LogOutcome.counter(registry, "repeated");
    this.refused = LogOutcome.counter(registry, "refused");
    this.thread = Thread.ofVirtual().name("nats-log").unstarted(this);
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
          LOG.atInfo().setCause(e).log("the log cannot be taken from NATS now; trying again");
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
            PullSubscribeOptions.builder().stream(BusStream.LOG_EVENTS.name())
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
        take(stream, subscription.fetch(BATCH, WAIT));
      }
    } finally {
      if (bus.isConnected()) {
        subscription.unsubscribe();
      }
    }
  }

  private void take(JetStream stream, List<Message> messages)
      throws IOException, JetStreamApiException {
    List<LoggedRow> rows = new ArrayList<>();
    List<Message> kept = new ArrayList<>();
    try {
      LogEntryReader.Payers known = remembered();
      for (Message message : messages) {
        try {
          rows.add(LogEntryReader.read(message.getData(), known, clock.instant()));
          kept.add(message);
        } catch (Refusal refusal) {
          if (refusal.code() == ErrorCode.UNAVAILABLE) {
            throw refusal;
          }
          bury(stream, message, refusal);
        }
      }
      int fresh = log.take(rows);
      taken.increment(fresh);
      repeated.increment(rows.size() - fresh);
    } catch (RuntimeException e) {
      // the store or the database is away: all that is not buried comes again
      LOG.atInfo().setCause(e).log("entries of the log cannot be kept now; they come again");
      messages.forEach(message -> message.nakWithDelay(AGAIN));
      pause();
      return;
    }
    kept.forEach(Message::ack);
  }

  /** Asks for each payer once in a batch. */
  private LogEntryReader.Payers remembered() {
    record Asked(long tenant, String user, long key) {}
    Map<Asked, Payer> found = new HashMap<>();
    return (tenant, user, key) ->
        found.computeIfAbsent(
            new Asked(tenant.value(), user, key.value()), _ -> payers.find(tenant, user, key));
  }

  private void bury(JetStream stream, Message message, Refusal reason)
      throws IOException, JetStreamApiException {
    long sequence = message.metaData().streamSequence();
    DeadLetters.bury(stream, message, "dead.log." + sequence, reason);
    message.ack();
    refused.increment();
    LOG.atWarn()
        .addKeyValue("sequence", sequence)
        .addKeyValue("code", reason.code())
        .log("an entry of the log from the bus is none; it is among the dead letters");
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
