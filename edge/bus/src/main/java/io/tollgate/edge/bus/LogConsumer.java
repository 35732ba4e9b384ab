package io.tollgate.edge.bus;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes {@code log.write} from the bus into the request log, on one thread: a batch is acknowledged
 * once it is kept, and comes again otherwise; what the log has already is dropped then. What is no
 * entry goes to {@code dead.log.write} with the reason.
 */
final class LogConsumer implements AutoCloseable {
  static final String SUBJECT = "log.write";

  private static final Logger LOG = LoggerFactory.getLogger(LogConsumer.class);
  private static final String DURABLE = "tollgate-log-write";
  private static final Duration WAIT = Duration.ofMillis(200);

  /** As each may be as large as the server lets it, fewer than the log takes at a time. */
  private static final int BATCH = 200;

  private final RequestTaking log;
  private final LogEntryReader.Payers payers;
  private final InstantSource clock;
  private final Counter taken;
  private final Counter repeated;
  private final Counter refused;
  private final DurableConsumer consumer;

  LogConsumer(
      Bus bus,
      RequestTaking log,
      LogEntryReader.Payers payers,
      InstantSource clock,
      MeterRegistry registry) {
    this.log = requireNonNull(log, "log is null");
    this.payers = requireNonNull(payers, "payers is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.taken = LogOutcome.counter(registry, "taken");
    this.repeated = LogOutcome.counter(registry, "repeated");
    this.refused = LogOutcome.counter(registry, "refused");
    this.consumer =
        new DurableConsumer(
            bus,
            new DurableConsumer.Source(BusStream.LOG_EVENTS, SUBJECT, DURABLE, BATCH, WAIT),
            this::take);
  }

  void start() {
    consumer.start();
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
      messages.forEach(message -> message.nakWithDelay(DurableConsumer.AGAIN));
      consumer.pause();
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

  @Override
  public void close() {
    consumer.close();
  }
}
