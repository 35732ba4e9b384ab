package io.tollgate.relay.gateway.internal;

import io.tollgate.relay.accounts.AccountUse;
import io.tollgate.relay.protocols.Header;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call to one account, up to the head of its answer; of an error, up to its end. Exactly one
 * outcome is told, unless it is aborted first.
 */
final class Attempt {
  private static final int ERROR_BODY_MOST = 64 * 1024;

  /** Takes the outcome. */
  interface Listener {
    /** An answer to pass on; it is paused. */
    void answered(HttpClientResponse response);

    void failed(UpstreamError error);
  }

  private final RequestResources resources;
  private final Loop loop;
  private final AccountUse use;
  private final Listener listener;
  private final long deadline;
  private @Nullable HttpClientRequest request;
  private boolean told;

  Attempt(RequestResources resources, AccountUse use, Listener listener) {
    this.resources = resources;
    this.loop = resources.loop();
    this.use = use;
    this.listener = listener;
    deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(loop.config().headMs());
  }

  AccountUse use() {
    return use;
  }

  void start(UpstreamRequest wanted) {
    loop.client()
        .request(loop.calls().of(use.account(), wanted))
        .onComplete(
            resources.guarded(ready -> send(ready, wanted)), resources.guarded(this::noConnection));
  }

  /** Gives the call up; the connection goes with it. Harmless after the answer's end. */
  void abort() {
    told = true;
    if (request != null) {
      var unused = request.reset();
    }
  }

  void tick(long now) {
    if (!told && now - deadline > 0) {
      fail(new UpstreamError.TooSlow());
      abort();
    }
  }

  private void send(HttpClientRequest ready, UpstreamRequest wanted) {
    request = ready;
    Handler<Throwable> unreachable = resources.guarded(_ -> fail(new UpstreamError.Unreachable()));
    ready.exceptionHandler(unreachable);
    if (told) {
      abort();
      return;
    }
    ready.putHeader(Names.X_REQUEST_ID, wanted.requestId());
    for (Header header : wanted.call().headers()) {
      ready.putHeader(header.name(), header.value());
    }
    if (use.account().sandbox()) {
      wanted.steering().ifPresent(text -> ready.putHeader(Names.X_SANDBOX, text));
    }
    ready
        .send(Bytes.over(wanted.call().body()))
        .onComplete(resources.guarded(response -> head(response, wanted)), unreachable);
  }

  private void noConnection(Throwable cause) {
    fail(
        cause instanceof ConnectionPoolTooBusyException
            ? new UpstreamError.Busy()
            : new UpstreamError.Unreachable());
  }

  private void head(HttpClientResponse response, UpstreamRequest wanted) {
    if (told) {
      abort();
      return;
    }
    if (response.statusCode() >= 200 && response.statusCode() < 300) {
      if (encoded(response)) {
        // it could be neither read in passing nor be passed on to a caller who did not ask for it
        fail(new UpstreamError.Unreachable());
        abort();
        return;
      }
      told = true;
      response.pause();
      listener.answered(response);
      return;
    }
    Optional<Duration> retryAfter = RetryAfter.read(response.getHeader(RetryAfter.HEADER));
    Buffer body = Buffer.buffer();
    response.exceptionHandler(resources.guarded(_ -> answered(response, wanted, body, retryAfter)));
    response.endHandler(resources.guarded(_ -> answered(response, wanted, body, retryAfter)));
    response.handler(
        resources.guarded(
            part -> {
              body.appendBuffer(part);
              if (body.length() > ERROR_BODY_MOST) {
                answered(response, wanted, body, retryAfter);
                abort();
              }
            }));
  }

  private void answered(
      HttpClientResponse response,
      UpstreamRequest wanted,
      Buffer body,
      Optional<Duration> retryAfter) {
    fail(
        new UpstreamError.Answered(
            response.statusCode(),
            body.getBytes(),
            wanted.protocol(),
            loop.calls().traces(use.account()),
            retryAfter));
  }

  private static boolean encoded(HttpClientResponse response) {
    String encoding = response.getHeader(HttpHeaders.CONTENT_ENCODING);
    return encoding != null && !encoding.equalsIgnoreCase("identity");
  }

  private void fail(UpstreamError error) {
    if (!told) {
      told = true;
      listener.failed(error);
    }
  }
}
