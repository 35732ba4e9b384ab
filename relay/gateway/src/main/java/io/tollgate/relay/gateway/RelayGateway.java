package io.tollgate.relay.gateway;

import io.tollgate.relay.gateway.internal.ChatRoute;
import io.tollgate.relay.gateway.internal.ErrorResponse;
import io.tollgate.relay.gateway.internal.Loop;
import io.tollgate.relay.gateway.internal.Memory;
import io.tollgate.relay.gateway.internal.ModelsRoute;
import io.tollgate.relay.gateway.internal.RelayMetrics;
import io.tollgate.relay.gateway.internal.Running;
import io.tollgate.relay.protocols.openai.OpenAiErrors;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;

/**
 * The gateway's routes, for the public server: OpenAI's chat completions and models, below {@code
 * /v1} and {@code /openai/v1}. Safe for use by many threads.
 */
public final class RelayGateway implements Routes {
  private static final List<String> PREFIXES = List.of("/v1", "/openai/v1");

  private final RelayParts parts;
  private final Memory memory;
  private final Running running = new Running();
  private final RelayMetrics metrics;
  private final ErrorForm errors;

  public RelayGateway(RelayParts parts) {
    this.parts = parts;
    memory = new Memory((long) parts.config().memoryMib() << 20);
    metrics = new RelayMetrics(parts.meters(), running, memory);
    OpenAiErrors openAi = new OpenAiErrors(parts.config().noMeansStatus());
    errors = (refusal, _) -> ErrorResponse.of(openAi.of(refusal));
  }

  @Override
  public void declare(RouteTable table, int index, Vertx vertx) {
    Loop loop =
        new Loop(index, vertx, parts, parts.clients().apply(vertx), memory, metrics, running);
    for (String prefix : PREFIXES) {
      table.stream(HttpMethod.POST, prefix + "/chat/completions", errors, new ChatRoute(loop));
      table.stream(HttpMethod.GET, prefix + "/models", errors, ModelsRoute.all(loop));
      table.stream(
          HttpMethod.GET,
          prefix + "/models/{" + ModelsRoute.MODEL + "}",
          errors,
          ModelsRoute.one(loop));
      table.fallback(prefix + "/", errors);
      table.openToBrowsers(prefix + "/");
    }
  }

  /** Requests that are not over: those whose caller hung up and that are still read on included. */
  public int running() {
    return running.count();
  }

  /**
   * Waits for the requests that run, those included whose caller is gone; for a clean stop, after
   * the servers stopped accepting. Blocking.
   *
   * @return whether none is left
   */
  public boolean awaitIdle(Duration most) throws InterruptedException {
    return running.awaitNone(most);
  }
}
