package io.tollgate.edge.bus;

import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.tollgate.ground.Refusal;
import java.io.IOException;

/** What was taken from the bus and can never be used, published under {@code dead.} with why. */
final class DeadLetters {
  private static final int REASON_MAX = 500;

  private DeadLetters() {}

  /**
   * Publishes it there.
   *
   * @param id under which the server drops repeats of it
   */
  static void bury(JetStream stream, Message message, String id, Refusal reason)
      throws IOException, JetStreamApiException {
    Headers headers = new Headers();
    headers.put("Nats-Msg-Id", id);
    headers.put("Tollgate-Code", reason.code().name());
    headers.put("Tollgate-Reason", printable(reason.sentence()));
    var unused =
        stream.publish(
            NatsMessage.builder()
                .subject("dead." + message.getSubject())
                .headers(headers)
                .data(message.getData())
                .build());
  }

  /** A header holds one line of ASCII. */
  private static String printable(String text) {
    String line = text.replaceAll("[^\\x20-\\x7e]", "?");
    return line.length() <= REASON_MAX ? line : line.substring(0, REASON_MAX);
  }
}
