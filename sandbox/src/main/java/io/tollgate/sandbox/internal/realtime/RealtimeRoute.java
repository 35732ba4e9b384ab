package io.tollgate.sandbox.internal.realtime;

import static io.tollgate.sandbox.internal.openai.OpenAiDialect.OPENAI;

import io.tollgate.sandbox.internal.exchange.CountedRoute;
import io.tollgate.sandbox.internal.exchange.Replies;
import io.tollgate.sandbox.internal.exchange.Routes;
import io.tollgate.sandbox.internal.exchange.Site;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.openai.Models;
import io.tollgate.sandbox.internal.openai.OpenAiDialect;
import io.tollgate.sandbox.internal.steering.Steering;
import io.tollgate.sandbox.internal.steering.Steering.Key;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/realtime}: becomes a WebSocket. A key may stand in the subprotocol {@code
 * openai-insecure-api-key.KEY}, as browsers can send no header.
 */
public final class RealtimeRoute {
  /** The subprotocol that is spoken, where one is asked for. */
  public static final String SUBPROTOCOL = "realtime";

  private static final String KEY_PREFIX = "openai-insecure-api-key.";

  private final Site site;

  private RealtimeRoute(Site site) {
    this.site = site;
  }

  /** Adds it. */
  public static void add(Routes routes) {
    RealtimeRoute own = new RealtimeRoute(routes.site());
    routes.open(HttpMethod.GET, "/v1/realtime", OPENAI, (request, subject) -> own.handle(request));
  }

  private void handle(HttpServerRequest request) {
    List<String> protocols =
        List.of(orEmpty(request.getHeader("Sec-WebSocket-Protocol")).split("\\s*,\\s*", -1));
    boolean keyed =
        protocols.stream()
            .anyMatch(one -> one.startsWith(KEY_PREFIX) && one.length() > KEY_PREFIX.length());
    if (!keyed && OpenAiDialect.bearer(request).isEmpty()) {
      OPENAI.demandKey(request);
    }
    String header = request.getHeader(Steering.HEADER);
    Steering steering = header == null ? Steering.NATURAL : Steering.parse(header);
    if (steering.has(Key.STATUS)) {
      throw Problem.steered(steering.get(Key.STATUS, 0));
    }
    String model = request.params().get("model");
    if (model == null) {
      throw JsonFields.missing("model");
    }
    Models.checked(model);
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      throw Problem.invalid("", "", "This is a WebSocket endpoint (expected: Upgrade: websocket).");
    }
    boolean beta =
        orEmpty(request.getHeader("OpenAI-Beta")).contains("realtime=v1")
            || protocols.contains("openai-beta.realtime-v1");
    String requestId = CountedRoute.requestId(request);
    HttpConnection connection = request.connection();
    request
        .toWebSocket()
        .onComplete(
            socket ->
                new RealtimeSession(
                        site, socket, requestId, model, new EventNames(beta), steering, connection)
                    .open(),
            failed -> Replies.failure(request, OPENAI, failed));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
