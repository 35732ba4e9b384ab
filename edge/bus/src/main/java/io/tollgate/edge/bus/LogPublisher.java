package io.tollgate.edge.bus;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Message;
import io.tollgate.ground.UserId;
import io.tollgate.insight.LoggedRow;
import io.tollgate.insight.RequestCarrier;
import io.tollgate.relay.gateway.LoggedRequest.Payer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Publishes requests of this process under {@code log.write}: what it was given is there once
 * JetStream has acknowledged every one. Their ids are the {@code Nats-Msg-Id}, by which the server
 * drops repeats; whoever takes them drops those that come later.
 */
final class LogPublisher implements RequestCarrier {
  private final BusMessages messages;
  private final UserNames names;
  private final String incarnation;
  private final Counter sent;

  /**
   * @param incarnation of this process: what has one is ours
   */
  LogPublisher(Bus bus, UserNames names, String incarnation, MeterRegistry registry) {
    this.messages = new BusMessages(bus);
    this.names = requireNonNull(names, "names is null");
    this.incarnation = requireNonNull(incarnation, "incarnation is null");
    this.sent = LogOutcome.counter(registry, "sent");
  }

  @Override
  public void carry(List<LoggedRow> rows) throws IOException {
    Set<UserId> payers = new HashSet<>();
    rows.forEach(row -> row.request().payer().map(Payer::user).ifPresent(payers::add));
    Map<UserId, String> known = names.of(payers);
    List<Message> entries = new ArrayList<>(rows.size());
    for (LoggedRow row : rows) {
      Optional<String> user = row.request().payer().map(Payer::user).map(known::get);
      entries.add(
          BusMessages.of(
              LogConsumer.SUBJECT,
              row.request().id().toString(),
              LogEntryWriter.write(row, user, incarnation)));
    }
    messages.publish(entries);
    sent.increment(rows.size());
  }
}
