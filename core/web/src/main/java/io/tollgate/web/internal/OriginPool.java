package io.tollgate.web.internal;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one origin. The one used last is used next, so that those not needed grow old;
 * who waits for one is served in the order of asking, and for no longer than their options say.
 * Confined to one event loop.
 */
public final class OriginPool {
  /**
   * What one pool may hold.
   *
   * @param connections open at one time
   * @param waiting requests that wait for one; more fail at once. All wait equally long
   * @param keepAlive how long a connection without a request stays open
   */
  public record Bounds(int connections, int waiting, Duration keepAlive) {
    public Bounds {
      requireNonNull(keepAlive, "keepAlive is null");
    }
  }

  private record Waiting(
      RequestOptions options, Promise<HttpClientRequest> promise, long untilNanos) {}

  private final Supplier<Future<HttpClientConnection>> connector;
  private final Bounds bounds;
  private final UpstreamMeters meters;
  private final ArrayDeque<KeptConnection> idle = new ArrayDeque<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  // those being opened included
  private int open;

  OriginPool(
      Supplier<Future<HttpClientConnection>> connector, Bounds bounds, UpstreamMeters meters) {
    this.connector = connector;
    this.bounds = bounds;
    this.meters = meters;
  }

  /** A request on an idle connection, on a new one, or on the next that becomes free. */
  Future<HttpClientRequest> request(RequestOptions options) {
    long now = System.nanoTime();
    for (KeptConnection last = idle.pollLast(); last != null; last = idle.pollLast()) {
      if (!last.expired(now)) {
        return last.request(options);
      }
      last.close();
    }
    if (open < bounds.connections()) {
      return opened(options);
    }
    endWaits(now);
    if (waiting.size() >= bounds.waiting()) {
      meters.refused();
      return Future.failedFuture(
          new ConnectionPoolTooBusyException(
              "too many requests wait for a connection (limit: " + bounds.waiting() + ")"));
    }
    Promise<HttpClientRequest> promise = Promise.promise();
    waiting.add(new Waiting(options, promise, now + waitNanos(options)));
    meters.waiting(1);
    return promise.future();
  }

  /**
   * The same, never on a connection that has served another request. Asked for after one of those
   * turned out to be closed, which is counted until that is noticed: so not held to the limit.
   */
  Future<HttpClientRequest> freshRequest(RequestOptions options) {
    return opened(options);
  }

  /** A connection can serve again. */
  void free(KeptConnection connection) {
    Waiting next = next();
    if (next == null) {
      idle.addLast(connection);
    } else {
      connection.request(next.options()).onComplete(next.promise());
    }
  }

  /** A connection is closed, or was never opened. */
  void closed(KeptConnection connection) {
    idle.remove(connection);
    closed();
  }

  /** Ends what has lasted long enough: idle connections, and waits for one. */
  void check(long now) {
    endWaits(now);
    for (KeptConnection connection : List.copyOf(idle)) {
      if (connection.expired(now)) {
        idle.remove(connection);
        connection.close();
      }
    }
  }

  boolean unused() {
    return open == 0 && waiting.isEmpty();
  }

  Duration keepAlive() {
    return bounds.keepAlive();
  }

  private Future<HttpClientRequest> opened(RequestOptions options) {
    open++;
    meters.open(1);
    return connector
        .get()
        .onFailure(failure -> closed())
        .compose(connection -> new KeptConnection(this, connection).request(options));
  }

  private void closed() {
    open--;
    meters.open(-1);
    // a fresh one may have been opened beyond the limit: then one of the others serves who waits
    Waiting next = open < bounds.connections() ? next() : null;
    if (next != null) {
      opened(next.options()).onComplete(next.promise());
    }
  }

  private @Nullable Waiting next() {
    if (waiting.isEmpty()) {
      return null;
    }
    endWaits(System.nanoTime());
    Waiting next = waiting.poll();
    if (next != null) {
      meters.waiting(-1);
    }
    return next;
  }

  /** Fails those who have waited for too long: they must not take a place, or a connection. */
  private void endWaits(long now) {
    for (Waiting first = waiting.peek();
        first != null && now - first.untilNanos() > 0;
        first = waiting.peek()) {
      waiting.remove();
      meters.waiting(-1);
      meters.waitedTooLong();
      first
          .promise()
          .fail(
              new ConnectionPoolTooBusyException(
                  "no connection was free within " + first.options().getConnectTimeout() + " ms"));
    }
  }

  private static long waitNanos(RequestOptions options) {
    long ms = options.getConnectTimeout();
    return ms > 0 ? TimeUnit.MILLISECONDS.toNanos(ms) : Long.MAX_VALUE / 2;
  }
}
