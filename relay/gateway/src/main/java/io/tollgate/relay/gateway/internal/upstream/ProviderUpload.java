package io.tollgate.relay.gateway.internal.upstream;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.gateway.internal.http.HeaderNames;
import io.tollgate.relay.gateway.internal.loop.DeadlineWatch;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.protocols.UpstreamProtocol;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes a caller's body on to one account as it comes, at the speed of the slower of both; nothing
 * of it is kept here. Exactly one outcome is told, unless the request is over first.
 */
public final class ProviderUpload implements DeadlineWatch.Watched, RequestResources.Held {
  private static final int MAX_ERROR_BYTES = 64 * 1024;

  private final RequestResources resources;
  private final RelayLoop loop;
  private final ProviderAccount account;
  private final UpstreamProtocol protocol;
  private final String path;
  private final HttpServerRequest body;
  private final long maxBytes;
  private final ProviderCall.Listener listener;
  private final Consumer<Refusal> refused;
  private @Nullable HttpClientRequest request;
  private long passed;
  private long lastNanos = System.nanoTime();
  private boolean sent;
  private boolean told;

  /**
   * @param maxBytes most bytes that are passed on
   * @param refused told where the body itself is not taken
   */
  public ProviderUpload(
      RequestResources resources,
      ProviderAccount account,
      UpstreamProtocol protocol,
      String path,
      HttpServerRequest body,
      long maxBytes,
      ProviderCall.Listener listener,
      Consumer<Refusal> refused) {
    this.resources = requireNonNull(resources, "resources is null");
    this.loop = resources.loop();
    this.account = requireNonNull(account, "account is null");
    this.protocol = requireNonNull(protocol, "protocol is null");
    this.path = requireNonNull(path, "path is null");
    this.body = requireNonNull(body, "body is null");
    this.maxBytes = maxBytes;
    this.listener = requireNonNull(listener, "listener is null");
    this.refused = requireNonNull(refused, "refused is null");
  }

  public void start() {
    if (declared() > maxBytes) {
      tooLarge();
      return;
    }
    resources.hold(this);
    resources.watch(this);
    loop.client()
        .request(loop.calls().kept(account, protocol, HttpMethod.POST, path, "application/json"))
        .onComplete(
            resources.guarded(this::send),
            resources.guarded(_ -> fail(new UpstreamError.Unreachable())));
  }

  private long declared() {
    String header = body.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return header == null ? -1 : Long.parseLong(header);
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  @Override
  public void tick(long now) {
    long max = sent ? loop.config().headMs() : loop.config().bodyMs();
    if (told || now - lastNanos <= TimeUnit.MILLISECONDS.toNanos(max)) {
      return;
    }
    if (sent) {
      fail(new UpstreamError.TooSlow());
    } else {
      told = true;
      refused.accept(
          new Refusal(ErrorCode.REQUEST_TIMEOUT, "nothing of the body came for " + max + " ms"));
    }
    giveBack();
  }

  @Override
  public void giveBack() {
    told = true;
    if (request != null) {
      var unused = request.reset();
    }
  }

  private void send(HttpClientRequest ready) {
    request = ready;
    if (told) {
      giveBack();
      return;
    }
    ready.exceptionHandler(resources.guarded(_ -> fail(new UpstreamError.Unreachable())));
    ready.putHeader(HeaderNames.X_REQUEST_ID, resources.id().toString());
    ready.putHeader(HttpHeaders.CONTENT_TYPE, body.getHeader(HttpHeaders.CONTENT_TYPE));
    long length = declared();
    if (length >= 0) {
      ready.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(length));
    } else {
      ready.setChunked(true);
    }
    ready
        .response()
        .onComplete(
            resources.guarded(this::head),
            resources.guarded(_ -> fail(new UpstreamError.Unreachable())));
    if ("100-continue".equalsIgnoreCase(body.getHeader(HttpHeaders.EXPECT))) {
      var unused = body.response().writeContinue();
    }
    ready.drainHandler(resources.guarded(_ -> body.resume()));
    body.handler(resources.guarded(part -> part(ready, part)));
    body.endHandler(
        resources.guarded(
            _ -> {
              if (!told) {
                sent = true;
                lastNanos = System.nanoTime();
                var unused = ready.end();
              }
            }));
    body.resume();
  }

  private void part(HttpClientRequest ready, Buffer part) {
    if (told) {
      return;
    }
    lastNanos = System.nanoTime();
    passed += part.length();
    if (passed > maxBytes) {
      tooLarge();
      giveBack();
      return;
    }
    var unused = ready.write(part);
    if (ready.writeQueueFull()) {
      body.pause();
    }
  }

  private void tooLarge() {
    told = true;
    refused.accept(
        new Refusal(
            ErrorCode.BODY_TOO_LARGE,
            "the file is too large (expected: at most " + maxBytes + " bytes)"));
  }

  private void head(HttpClientResponse response) {
    if (told) {
      return;
    }
    response.pause();
    Optional<UpstreamAnswer> answer = UpstreamAnswer.of(resources, response);
    if (answer.isEmpty()) {
      fail(new UpstreamError.Encoded(String.valueOf(response.getHeader("content-encoding"))));
      giveBack();
      return;
    }
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      told = true;
      listener.answered(
          answer.get(), Optional.ofNullable(response.getHeader(HttpHeaders.CONTENT_TYPE)));
      return;
    }
    new WholeBody(
            resources,
            answer.get(),
            MAX_ERROR_BYTES,
            bytes -> refused(status, bytes),
            _ -> refused(status, new byte[0]))
        .read();
  }

  private void refused(int status, byte[] bytes) {
    fail(
        new UpstreamError.Answered(
            status, bytes, protocol, loop.calls().traces(account), Optional.empty()));
  }

  private void fail(UpstreamError error) {
    if (!told) {
      told = true;
      listener.failed(error);
    }
  }
}
