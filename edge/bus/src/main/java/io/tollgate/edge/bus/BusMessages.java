package io.tollgate.edge.bus;

import static java.util.Objects.requireNonNull;

import io.nats.client.JetStream;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Publishes messages, all of a batch at once. Safe for use by many threads. */
final class BusMessages {
  private final Bus bus;

  BusMessages(Bus bus) {
    this.bus = requireNonNull(bus, "bus is null");
  }

  /**
   * A message.
   *
   * @param id by which the server drops repeats
   */
  static Message of(String subject, String id, byte[] data) {
    return NatsMessage.builder()
        .subject(subject)
        .headers(new Headers().put("Nats-Msg-Id", id))
        .data(data)
        .build();
  }

  /**
   * Publishes them, and waits until JetStream has acknowledged every one.
   *
   * @throws IOException when it is not known of all that they are kept
   */
  void publish(List<Message> messages) throws IOException {
    if (messages.isEmpty()) {
      return;
    }
    JetStream stream = bus.stream();
    List<CompletableFuture<PublishAck>> acknowledged = new ArrayList<>(messages.size());
    for (Message message : messages) {
      acknowledged.add(stream.publishAsync(message));
    }
    try {
      var unused =
          CompletableFuture.allOf(acknowledged.toArray(CompletableFuture[]::new))
              .get(Bus.answer().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while publishing", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("NATS has not acknowledged what was published", e);
    }
  }
}
