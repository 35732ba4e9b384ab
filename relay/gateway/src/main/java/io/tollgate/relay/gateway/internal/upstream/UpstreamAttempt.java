package io.tollgate.relay.gateway.internal.upstream;

import io.tollgate.relay.accounts.AccountUse;
import io.tollgate.relay.gateway.internal.form.FormSending;
import io.tollgate.relay.gateway.internal.http.BufferBytes;
import io.tollgate.relay.gateway.internal.http.HeaderNames;
import io.tollgate.relay.gateway.internal.http.LimitResets;
import io.tollgate.relay.gateway.internal.http.RetryAfter;
import io.tollgate.relay.gateway.internal.loop.BudgetedBytes;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.provider.AttemptResult;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.gateway.internal.provider.UpstreamRequest;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.forms.FormBody;
import io.tollgate.web.FreshRequestOptions;
import io.tollgate.web.UpstreamConnections;
import io.vertx.core.Handler;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls one account, and waits for the head of its answer or for all of an error. Calls again, once
 * for each reason, where a kept connection had grown stale or the upstream refused what we had
 * added to the request. Exactly one outcome is told, unless it is aborted first.
 */
public final class UpstreamAttempt {
  private static final int MAX_ERROR_BYTES = 64 * 1024;
  private static final int TOO_MANY = 429;

  /** Takes the outcome. */
  public interface Listener {
    /** An answer to pass on; it is paused. */
    void answered(UpstreamAnswer answer);

    void failed(UpstreamError error);
  }

  private final RequestResources resources;
  private final RelayLoop loop;
  private final AccountUse use;
  private final UpstreamRequest wanted;
  private final Listener listener;
  private final long deadline;
  private final long connectionDeadline;
  private UpstreamCall call;
  private @Nullable HttpClientRequest request;
  private boolean askedFresh;
  private boolean askedPlain;
  private boolean told;

  UpstreamAttempt(
      RequestResources resources, AccountUse use, UpstreamRequest wanted, Listener listener) {
    this.resources = resources;
    this.loop = resources.loop();
    this.use = use;
    this.wanted = wanted;
    this.listener = listener;
    call = wanted.call();
    long now = System.nanoTime();
    deadline = now + TimeUnit.MILLISECONDS.toNanos(loop.config().headMs());
    connectionDeadline = now + TimeUnit.MILLISECONDS.toNanos(loop.config().connectionMs());
  }

  AccountUse use() {
    return use;
  }

  /** What was sent. */
  UpstreamCall call() {
    return call;
  }

  void start() {
    Optional<UpstreamCall> plain = loop.calls().withoutOurs(use.account(), call);
    askedPlain = plain.isPresent();
    call = plain.orElse(call);
    ask(loop.calls().of(use.account(), wanted));
  }

  /** Whether the account has none of the request: it waits for a connection. */
  boolean unsent() {
    return request == null && !told;
  }

  /** Gives the call up; the connection goes with it. Harmless after the answer's end. */
  void abort() {
    told = true;
    if (request != null) {
      var unused = request.reset();
    }
  }

  void tick(long now) {
    if (told) {
      return;
    }
    if (now - deadline > 0) {
      fail(new UpstreamError.TooSlow());
      abort();
    } else if (request == null && now - connectionDeadline > 0) {
      fail(new UpstreamError.Busy());
    }
  }

  private void ask(RequestOptions options) {
    request = null;
    loop.client()
        .request(options)
        .onComplete(resources.guarded(this::send), resources.guarded(this::noConnection));
  }

  private void send(HttpClientRequest ready) {
    request = ready;
    Handler<Throwable> broke = resources.guarded(_ -> broke(ready));
    ready.exceptionHandler(broke);
    if (told) {
      abort();
      return;
    }
    ready.putHeader(HeaderNames.X_REQUEST_ID, wanted.requestId());
    resources
        .note()
        .traceparent()
        .ifPresent(place -> ready.putHeader(HeaderNames.TRACEPARENT, place));
    for (Header header : call.headers()) {
      ready.putHeader(header.name(), header.value());
    }
    if (use.account().sandbox()) {
      wanted.steering().ifPresent(text -> ready.putHeader(HeaderNames.X_SANDBOX, text));
    }
    Optional<FormBody> form = call.form();
    if (form.isPresent()) {
      ready.response().onComplete(resources.guarded(response -> head(ready, response)), broke);
      FormSending.start(resources, ready, form.get());
      return;
    }
    ready
        .send(BufferBytes.over(call.body()))
        .onComplete(resources.guarded(response -> head(ready, response)), broke);
  }

  private void noConnection(Throwable cause) {
    fail(
        cause instanceof ConnectionPoolTooBusyException
            ? new UpstreamError.Busy()
            : new UpstreamError.Unreachable());
  }

  /** The connection broke before the answer's head. */
  private void broke(HttpClientRequest broken) {
    if (told || broken != request) {
      return;
    }
    if (!askedFresh && UpstreamConnections.hasGrownStale(broken)) {
      // the other side had closed it, and took no notice of what was sent on it
      askedFresh = true;
      loop.metrics().attempt(AttemptResult.STALE);
      ask(new FreshRequestOptions(loop.calls().of(use.account(), wanted)));
      return;
    }
    fail(new UpstreamError.Unreachable());
  }

  private void head(HttpClientRequest asked, HttpClientResponse response) {
    if (told || asked != request) {
      var unused = asked.reset();
      return;
    }
    response.pause();
    Optional<UpstreamAnswer> answer = UpstreamAnswer.of(resources, response);
    if (answer.isEmpty()) {
      // it could be neither read in passing nor passed on to a caller who did not ask for it
      fail(new UpstreamError.Encoded(response.getHeader(HttpHeaders.CONTENT_ENCODING)));
      abort();
      return;
    }
    if (response.statusCode() >= 200 && response.statusCode() < 300) {
      told = true;
      listener.answered(answer.get());
    } else {
      answer.get().readBy(new ErrorBody(response, answer.get()));
      answer.get().resume();
    }
  }

  private void refused(HttpClientResponse response, byte[] body) {
    if (told) {
      return;
    }
    int status = response.statusCode();
    Optional<UpstreamCall> plain = askedPlain ? Optional.empty() : call.withoutOurs(status, body);
    if (plain.isPresent()) {
      askedPlain = true;
      call = plain.get();
      loop.calls().refusedOurs(use.account(), status, body);
      loop.metrics().attempt(AttemptResult.REFUSED_OURS);
      ask(loop.calls().of(use.account(), wanted));
      return;
    }
    Optional<Duration> retryAfter =
        RetryAfter.read(
                response.getHeader(RetryAfter.HEADER),
                response.getHeader(RetryAfter.HEADER_MS),
                loop.now())
            .or(
                () ->
                    status == TOO_MANY
                        ? LimitResets.read(response.headers(), body, loop.now())
                        : Optional.empty());
    fail(
        new UpstreamError.Answered(
            status, body, wanted.protocol(), loop.calls().traces(use.account()), retryAfter));
  }

  private void fail(UpstreamError error) {
    if (!told) {
      told = true;
      listener.failed(error);
    }
  }

  /** Collects what an error says, up to a bound. */
  private final class ErrorBody implements UpstreamAnswer.Reader {
    private final HttpClientResponse response;
    private final UpstreamAnswer answer;
    private final BudgetedBytes body = new BudgetedBytes(resources, -1);

    ErrorBody(HttpClientResponse response, UpstreamAnswer answer) {
      this.response = response;
      this.answer = answer;
    }

    @Override
    public void arrived(byte[] piece) {
      if (body.length() + (long) piece.length > MAX_ERROR_BYTES || !body.add(piece)) {
        answer.reset();
        over();
      }
    }

    @Override
    public void upstreamEnded() {
      over();
    }

    @Override
    public void upstreamBroke() {
      over();
    }

    private void over() {
      byte[] said = body.whole();
      body.clear();
      refused(response, said);
    }
  }
}
