package io.tollgate.web.internal;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a pool: serves one request after the other, and goes back to the pool when an
 * answer has come to its end. Confined to one event loop.
 */
final class KeptConnection {
  private static final CharSequence KEEP_ALIVE = HttpHeaders.createOptimized("keep-alive");
  private static final String TIMEOUT = "timeout=";
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final OriginPool pool;
  private final HttpClientConnection connection;
  private final SolicitedBytes bytes;
  private long keptNanos;
  private long idleUntilNanos;
  private boolean keep;
  private boolean closed;

  KeptConnection(OriginPool pool, HttpClientConnection connection) {
    this.pool = pool;
    this.connection = connection;
    bytes = SolicitedBytes.watch(connection);
    keptNanos = pool.keepAlive().toNanos();
    connection.closeHandler(
        unused -> {
          closed = true;
          pool.closed(this);
        });
  }

  Future<HttpClientRequest> request(RequestOptions options) {
    return connection
        .request(options)
        .onComplete(
            (request, failure) -> {
              if (request == null) {
                close();
              } else {
                request.response().onComplete(this::answered);
              }
            });
  }

  /** Whether it was idle for so long that the other side may be closing it just now. */
  boolean expired(long now) {
    return closed || now - idleUntilNanos > 0;
  }

  void close() {
    if (!closed) {
      Future<Void> unused = connection.close();
    }
  }

  private void answered(@Nullable HttpClientResponse response, @Nullable Throwable failure) {
    if (response == null) {
      close();
      return;
    }
    keep =
        response.version() == HttpVersion.HTTP_1_1
            && !"close".equalsIgnoreCase(response.getHeader(HttpHeaders.CONNECTION))
            && endsBeforeItsConnection(response);
    String offered = response.getHeader(KEEP_ALIVE);
    if (offered != null) {
      keptNanos = Math.min(pool.keepAlive().toNanos(), offeredNanos(offered));
    }
    response.end().onComplete(this::ended);
  }

  private void ended(@Nullable Void nothing, @Nullable Throwable failure) {
    if (failure != null || !keep || closed) {
      close();
      return;
    }
    if (!bytes.answered()) {
      close();
      return;
    }
    idleUntilNanos = System.nanoTime() + keptNanos;
    pool.free(this);
  }

  /** Whether its end can be told from what came; else it is the end of the connection. */
  private static boolean endsBeforeItsConnection(HttpClientResponse response) {
    int status = response.statusCode();
    return response.getHeader(HttpHeaders.CONTENT_LENGTH) != null
        || response.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
        || status == NO_CONTENT
        || status == NOT_MODIFIED;
  }

  /** What a header such as {@code timeout=5, max=100} offers; a second less, to be in time. */
  private long offeredNanos(String header) {
    int at = header.indexOf(TIMEOUT);
    if (at < 0) {
      return keptNanos;
    }
    long seconds = 0;
    for (int i = at + TIMEOUT.length(); i < header.length(); i++) {
      int digit = header.charAt(i) - '0';
      if (digit < 0 || digit > 9 || seconds > 1_000_000) {
        break;
      }
      seconds = seconds * 10 + digit;
    }
    return TimeUnit.SECONDS.toNanos(Math.max(0, seconds - 1));
  }
}
