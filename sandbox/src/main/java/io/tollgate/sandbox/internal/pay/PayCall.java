package io.tollgate.sandbox.internal.pay;

import io.tollgate.sandbox.internal.exchange.BodyReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request to a channel with its whole body.
 *
 * @param uri path and query as they were sent
 * @param base where the caller reaches this sandbox
 * @param subject what stands in the route's hole
 */
record PayCall(
    String method,
    String base,
    String uri,
    String subject,
    Function<String, Optional<String>> header,
    byte[] body) {

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The parameters of the query. */
  Map<String, String> query() {
    int mark = uri.indexOf('?');
    return mark < 0 ? Map.of() : form(uri.substring(mark + 1));
  }

  /** Parameters as forms write them, in their order. */
  static Map<String, String> form(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return fields;
  }

  /** Reads the body, asks, and answers; what goes wrong is a 500. */
  static void answer(
      HttpServerRequest request, String subject, Function<PayCall, PayReply> answering) {
    BodyReader.read(
        request,
        body -> {
          PayReply reply;
          try {
            reply =
                answering.apply(
                    new PayCall(
                        request.method().name(),
                        "http://" + request.authority(),
                        request.uri(),
                        subject,
                        name -> Optional.ofNullable(request.getHeader(name)),
                        body.getBytes()));
          } catch (RuntimeException e) {
            reply = PayReply.json(500, Map.of("error", "the sandbox failed: " + e));
          }
          send(request, reply);
        },
        () -> send(request, PayReply.json(413, Map.of("error", "too large"))));
  }

  private static void send(HttpServerRequest request, PayReply reply) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return;
    }
    response.setStatusCode(reply.status()).putHeader("Content-Type", reply.contentType());
    for (int i = 0; i < reply.headers().size(); i += 2) {
      response.putHeader(reply.headers().get(i), reply.headers().get(i + 1));
    }
    var _ = response.end(Buffer.buffer(reply.body()));
  }
}
