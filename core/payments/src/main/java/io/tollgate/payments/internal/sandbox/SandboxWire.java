package io.tollgate.payments.internal.sandbox;

import io.tollgate.ground.Numerals;
import io.tollgate.payments.NotificationRefused;
import io.tollgate.payments.ReceivedNotification;
import io.tollgate.payments.internal.wire.ChannelHttp;
import io.tollgate.payments.internal.wire.ChannelJson;
import io.tollgate.payments.internal.wire.Hmac;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Signs calls to the sandbox and checks what comes from it: HMAC-SHA256 over the time in seconds,
 * the method, the path and the body, each but the last followed by a line feed. A notification is
 * signed as {@code POST} without a path, as it does not know ours.
 */
final class SandboxWire {
  static final String TIME = "X-Pay-Time";
  static final String SIGNATURE = "X-Pay-Signature";

  private final ChannelHttp http;
  private final SandboxTerms terms;

  SandboxWire(ChannelHttp http, SandboxTerms terms) {
    this.http = http;
    this.terms = terms;
  }

  record Answer(int status, byte[] body) {}

  Answer send(String method, String path, Map<String, ?> body, long maxBytes) {
    byte[] bytes = body.isEmpty() ? new byte[0] : ChannelJson.write(body);
    String time = Long.toString(terms.clock().instant().getEpochSecond());
    ChannelHttp.Reply reply =
        http.send(
            method,
            URI.create(terms.base() + path),
            Map.of(
                "Content-Type",
                "application/json",
                TIME,
                time,
                SIGNATURE,
                sign(time, method, path, bytes)),
            bytes,
            maxBytes);
    return new Answer(reply.status(), reply.body());
  }

  void verify(ReceivedNotification notification) {
    String time = notification.header().apply(TIME).orElse("");
    String signature = notification.header().apply(SIGNATURE).orElse("");
    if (!Hmac.same(sign(time, "POST", "", notification.body()), signature)) {
      throw new NotificationRefused(NotificationRefused.Reason.FORGED, "the signature is not ours");
    }
    Instant sent;
    try {
      sent = Instant.ofEpochSecond(Numerals.wholeNumber(time));
    } catch (RuntimeException e) {
      throw new NotificationRefused(NotificationRefused.Reason.MALFORMED, "it has no time");
    }
    Duration age = Duration.between(sent, terms.clock().instant()).abs();
    if (age.compareTo(terms.tolerance()) > 0) {
      throw new NotificationRefused(NotificationRefused.Reason.STALE, "it is too old");
    }
  }

  private String sign(String time, String method, String path, byte[] body) {
    byte[] head = (time + "\n" + method + "\n" + path + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] message = new byte[head.length + body.length];
    System.arraycopy(head, 0, message, 0, head.length);
    System.arraycopy(body, 0, message, head.length, body.length);
    return Hmac.hex(terms.secret(), message);
  }
}
