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
import java.util.function.Supplier;

/**
 * The connections to one origin: the one used last is used next, so that those not needed grow old.
 * Confined to one event loop.
 */
public final class OriginPool {
  /**
   * What one pool may hold.
   *
   * @param connections open at one time
   * @param waiting requests that wait for one; more fail at once
   * @param keepAlive how long a connection without a request stays open
   */
  public record Bounds(int connections, int waiting, Duration keepAlive) {
    public Bounds {
      requireNonNull(keepAlive, "keepAlive is null");
    }
  }

  private record Waiting(RequestOptions options, Promise<HttpClientRequest> promise) {}

  private final Supplier<Future<HttpClientConnection>> connector;
  private final Bounds bounds;
  private final ArrayDeque<KeptConnection> idle = new ArrayDeque<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  // those being opened included
  private int open;

  OriginPool(Supplier<Future<HttpClientConnection>> connector, Bounds bounds) {
    this.connector = connector;
    this.bounds = bounds;
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
    if (waiting.size() >= bounds.waiting()) {
      return Future.failedFuture(
          new ConnectionPoolTooBusyException(
              "too many requests wait for a connection (limit: " + bounds.waiting() + ")"));
    }
    Promise<HttpClientRequest> promise = Promise.promise();
    waiting.add(new Waiting(options, promise));
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
    Waiting next = waiting.poll();
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

  void closeIdle(long now) {
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
    return connector
        .get()
        .onFailure(failure -> closed())
        .compose(connection -> new KeptConnection(this, connection).request(options));
  }

  private void closed() {
    open--;
    Waiting next = waiting.poll();
    if (next != null) {
      opened(next.options()).onComplete(next.promise());
    }
  }
}
