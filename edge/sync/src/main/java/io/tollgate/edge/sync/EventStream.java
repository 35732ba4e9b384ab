package io.tollgate.edge.sync;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.InstantSource;

/**
 * A client of server-sent events.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 *     events</a>
 */
final class EventStream implements SyncClient {
  /** How long a browser waits before it connects again. */
  private static final int RETRY_MS = 2_000;

  private final HttpServerResponse response;
  private final SyncMeters meters;
  private final InstantSource clock;

  EventStream(HttpServerResponse response, SyncMeters meters, InstantSource clock) {
    this.response = response;
    this.meters = meters;
    this.clock = clock;
  }

  /** Answers the head; what comes is told with {@link #sync} and {@link #event}. */
  void open(int queueBytes) {
    response.setWriteQueueMaxSize(queueBytes);
    response.setChunked(true);
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Accel-Buffering", "no");
    write("retry: " + RETRY_MS + "\n\n");
  }

  @Override
  public String transport() {
    return SyncMeters.SSE;
  }

  @Override
  public void sync(UserNumbers numbers, long version) {
    message(
        version,
        "{\"type\":\"sync\",\"quota_limit\":"
            + numbers.quotaLimit()
            + ",\"quota_used\":"
            + numbers.quotaUsed()
            + ",\"quota_remaining\":"
            + numbers.quotaRemaining()
            + ",\"balance\":"
            + numbers.balance().toPlainString()
            + ",\"timestamp\":\""
            + clock.instant()
            + "\"}");
  }

  @Override
  public void event(SyncEvent event) {
    if (event.isStreamed()) {
      meters.sentTo(SyncMeters.SSE);
      message(event.version(), event.flat());
    }
  }

  /** Has no version: it tells of nothing new. */
  @Override
  public void heartbeat(UserNumbers numbers) {
    if (!full()) {
      write(
          "event: message\ndata: {\"type\":\"heartbeat\",\"quota_remaining\":"
              + numbers.quotaRemaining()
              + ",\"balance\":"
              + numbers.balance().toPlainString()
              + ",\"timestamp\":\""
              + clock.instant()
              + "\"}\n\n");
    }
  }

  @Override
  public boolean full() {
    return response.writeQueueFull();
  }

  @Override
  public void end(SyncEnd why) {
    if (!response.closed() && !response.ended()) {
      var unused = response.end();
    }
  }

  private void message(long version, String data) {
    write("event: message\nid: " + version + "\ndata: " + data + "\n\n");
  }

  private void write(String text) {
    if (!response.closed() && !response.ended()) {
      var unused = response.write(Buffer.buffer(text));
    }
  }
}
