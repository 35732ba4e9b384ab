package io.tollgate.relay.gateway.internal.upstream;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.gateway.internal.http.BufferBytes;
import io.tollgate.relay.gateway.internal.http.HeaderNames;
import io.tollgate.relay.gateway.internal.http.RetryAfter;
import io.tollgate.relay.gateway.internal.loop.DeadlineWatch;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.protocols.UpstreamProtocol;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call to the account that keeps something. No other account is asked: none has it. Exactly one
 * outcome is told, unless the request is over first.
 */
public final class ProviderCall implements DeadlineWatch.Watched, RequestResources.Held {
  private static final int MAX_ERROR_BYTES = 64 * 1024;

  /** Takes the outcome. */
  public interface Listener {
    /**
     * An answer with a status of success; it is paused.
     *
     * @param contentType as its provider says
     */
    void answered(UpstreamAnswer answer, Optional<String> contentType);

    void failed(UpstreamError error);
  }

  /**
   * What is asked.
   *
   * @param path below the account's base URL, with its query
   * @param body JSON; nothing where none is sent
   * @param steering the caller's {@code X-Sandbox}, for a sandbox account only
   */
  public record Asked(
      HttpMethod method,
      String path,
      String accept,
      Optional<byte[]> body,
      Optional<String> steering) {
    public Asked {
      requireNonNull(method, "method is null");
      requireNonNull(path, "path is null");
      requireNonNull(accept, "accept is null");
      requireNonNull(body, "body is null");
      requireNonNull(steering, "steering is null");
    }

    /** To be read whole. */
    public static Asked json(HttpMethod method, String path) {
      return new Asked(method, path, "application/json", Optional.empty(), Optional.empty());
    }
  }

  private final RequestResources resources;
  private final RelayLoop loop;
  private final ProviderAccount account;
  private final UpstreamProtocol protocol;
  private final Asked asked;
  private final Listener listener;
  private final long deadline;
  private @Nullable HttpClientRequest request;
  private boolean told;

  public ProviderCall(
      RequestResources resources,
      ProviderAccount account,
      UpstreamProtocol protocol,
      Asked asked,
      Listener listener) {
    this.resources = requireNonNull(resources, "resources is null");
    this.loop = resources.loop();
    this.account = requireNonNull(account, "account is null");
    this.protocol = requireNonNull(protocol, "protocol is null");
    this.asked = requireNonNull(asked, "asked is null");
    this.listener = requireNonNull(listener, "listener is null");
    deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(loop.config().headMs());
  }

  public void start() {
    resources.hold(this);
    resources.watch(this);
    loop.client()
        .request(loop.calls().kept(account, protocol, asked.method(), asked.path(), asked.accept()))
        .onComplete(
            resources.guarded(this::send),
            resources.guarded(_ -> fail(new UpstreamError.Unreachable())));
  }

  @Override
  public void tick(long now) {
    if (!told && now - deadline > 0) {
      fail(new UpstreamError.TooSlow());
      giveBack();
    }
  }

  /** Ends it; what has been read to its end stays as it is. */
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
    if (account.sandbox()) {
      asked.steering().ifPresent(text -> ready.putHeader(HeaderNames.X_SANDBOX, text));
    }
    var sent =
        asked.body().isPresent() ? ready.send(BufferBytes.over(asked.body().get())) : ready.send();
    sent.onComplete(
        resources.guarded(this::head),
        resources.guarded(_ -> fail(new UpstreamError.Unreachable())));
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
      listener.answered(answer.get(), Optional.ofNullable(response.getHeader("content-type")));
      return;
    }
    new WholeBody(
            resources,
            answer.get(),
            MAX_ERROR_BYTES,
            body -> refused(response, body),
            _ -> refused(response, new byte[0]))
        .read();
  }

  private void refused(HttpClientResponse response, byte[] body) {
    fail(
        new UpstreamError.Answered(
            response.statusCode(),
            body,
            protocol,
            loop.calls().traces(account),
            RetryAfter.read(
                response.getHeader(RetryAfter.HEADER),
                response.getHeader(RetryAfter.HEADER_MS),
                loop.now())));
  }

  private void fail(UpstreamError error) {
    if (!told) {
      told = true;
      listener.failed(error);
    }
  }
}
