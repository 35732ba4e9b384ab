package io.tollgate.web.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.web.EventBody;
import io.tollgate.web.Json;
import io.tollgate.web.VirtualThreads;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends the events that blocking code tells, each as soon as the one before is on its way. */
final class EventSending {
  private static final int WRITE_SECONDS = 30;

  private final Context context;
  private final HttpServerResponse response;

  private EventSending(Context context, HttpServerResponse response) {
    this.context = context;
    this.response = response;
  }

  /** To be called on the response's event loop; completes when all is told. */
  static Future<Void> send(
      Vertx vertx, VirtualThreads threads, HttpServerResponse response, EventBody body) {
    response.setChunked(true);
    response.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream");
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    EventSending sending = new EventSending(vertx.getOrCreateContext(), response);
    return threads
        .run(
            vertx,
            () -> {
              body.write(sending::tell);
              return true;
            })
        .compose(_ -> response.end());
  }

  private void tell(String name, Object data) {
    String event = "event: " + name + "\ndata: " + new String(Json.write(data), UTF_8) + "\n\n";
    Promise<Void> written = Promise.promise();
    context.runOnContext(
        _ -> {
          if (response.closed() || response.ended()) {
            written.fail("the caller is gone");
          } else {
            response.write(event).onComplete(written);
          }
        });
    try {
      var _ =
          written
              .future()
              .toCompletionStage()
              .toCompletableFuture()
              .get(WRITE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new UncheckedIOException(new IOException("nobody listens to events any more", e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("the server is stopping", e));
    }
  }
}
