package io.tollgate.payments.internal.stripe;

import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.internal.wire.ChannelHttp;
import io.tollgate.payments.internal.wire.ChannelJson;
import io.tollgate.payments.internal.wire.Forms;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Calls Stripe: forms out, JSON in, the version of the API pinned. */
final class StripeWire {
  /** The version whose fields this package reads. */
  static final String VERSION = "2026-07-29.dahlia";

  private final ChannelHttp http;
  private final StripeTerms terms;

  StripeWire(ChannelHttp http, StripeTerms terms) {
    this.http = http;
    this.terms = terms;
  }

  /**
   * What was answered.
   *
   * @param bytes length of the body
   */
  record Answer(JsonNode json, int bytes) {}

  JsonNode post(String path, Map<String, String> fields, String idempotencyKey) {
    Map<String, String> headers = headers();
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    headers.put("Idempotency-Key", idempotencyKey);
    ChannelHttp.Reply reply =
        http.send(
            "POST",
            URI.create(terms.keys().url() + path),
            headers,
            Forms.write(fields, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8),
            terms.billBytes());
    return good(reply).orElseThrow(() -> ChannelFault.refused("Stripe answered 404")).json();
  }

  /** Nothing when it is not there. */
  Optional<Answer> get(String path) {
    return good(
        http.send(
            "GET",
            URI.create(terms.keys().url() + path),
            headers(),
            new byte[0],
            terms.billBytes()));
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Bearer " + terms.keys().secretKey());
    headers.put("Stripe-Version", VERSION);
    return headers;
  }

  private static Optional<Answer> good(ChannelHttp.Reply reply) {
    if (reply.status() == 200) {
      return Optional.of(new Answer(ChannelJson.answered(reply.body()), reply.body().length));
    }
    if (reply.status() == 404) {
      return Optional.empty();
    }
    String code =
        ChannelJson.object(reply.body())
            .map(body -> body.path("error"))
            .flatMap(
                error -> ChannelJson.text(error, "code").or(() -> ChannelJson.text(error, "type")))
            .orElse("");
    String said = "Stripe answered " + reply.status() + (code.isEmpty() ? "" : " " + code);
    // 409: the same idempotency key is being worked on
    boolean again = reply.status() == 409 || reply.status() == 429 || reply.status() >= 500;
    throw again ? ChannelFault.unknown(said) : ChannelFault.refused(said);
  }
}
