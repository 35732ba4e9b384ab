package io.tollgate.edge.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Message;
import io.tollgate.data.DeliveredEvent;
import io.tollgate.data.EventSubscriber;
import io.tollgate.data.OutboxEvent;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Publishes events of users to NATS, at least once: events stay in the outbox until JetStream has
 * acknowledged every one of a batch, and have the event's id as {@code Nats-Msg-Id}, by which the
 * server drops repeats.
 */
final class BusPublisher implements EventSubscriber {
  private static final TenantId FIRST_TENANT = new TenantId(1);
  private static final String USAGE = "usage.recorded";

  private final BusMessages bus;
  private final UserNames names;
  private final String incarnation;
  private final MeterRegistry registry;

  /**
   * @param incarnation of this process: what has one is ours, and never charged again
   */
  BusPublisher(Bus bus, UserNames names, String incarnation, MeterRegistry registry) {
    this.bus = new BusMessages(bus);
    this.names = requireNonNull(names, "names is null");
    this.incarnation = requireNonNull(incarnation, "incarnation is null");
    this.registry = requireNonNull(registry, "registry is null");
  }

  @Override
  public String name() {
    return "nats";
  }

  @Override
  public void receive(List<DeliveredEvent> events) {
    Set<UserId> wanted = new LinkedHashSet<>();
    events.forEach(event -> event.event().user().ifPresent(wanted::add));
    Map<UserId, String> users = names.of(wanted);
    List<Message> messages = new ArrayList<>();
    for (DeliveredEvent event : events) {
      event
          .event()
          .user()
          .map(users::get)
          .ifPresent(user -> messages.addAll(messages(event, user)));
    }
    try {
      bus.publish(messages);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (DeliveredEvent event : events) {
      if (event.event().user().isPresent()) {
        published(event.event().type());
      }
    }
  }

  private List<Message> messages(DeliveredEvent event, String user) {
    String whole = event.whole(user);
    List<Message> messages = new ArrayList<>();
    messages.add(
        BusMessages.of(subject(event.event(), user), event.id().toString(), whole.getBytes(UTF_8)));
    if (event.event().type().equals(USAGE)) {
      messages.add(
          BusMessages.of(
              "billing.usage",
              event.id() + ".usage",
              ("{\"incarnation\":\"" + incarnation + "\"," + whole.substring(1)).getBytes(UTF_8)));
    }
    return messages;
  }

  private static String subject(OutboxEvent event, String user) {
    if (event.subject().equals(OutboxEvent.NOTIFICATIONS)) {
      return "user." + user + ".notifications";
    }
    return event.tenant().equals(FIRST_TENANT)
        ? "billing." + user
        : "billing." + event.tenant() + "." + user;
  }

  private void published(String type) {
    Counter.builder("billing.nats.events.published")
        .description("events that NATS has acknowledged")
        .tag("type", type)
        .register(registry)
        .increment();
  }
}
