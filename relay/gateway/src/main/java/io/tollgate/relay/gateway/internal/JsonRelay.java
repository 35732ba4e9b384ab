package io.tollgate.relay.gateway.internal;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.gateway.internal.Conclusion.Upstream;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds an answer back whole until it is settled: what is not booked can still be refused. */
final class JsonRelay implements Relay {
  private final RequestResources resources;
  private final Loop loop;
  private final Caller caller;
  private final HttpClientResponse response;
  private final ChatCall call;
  private final Function<byte[], WholeAnswer> reader;
  private final Listener listener;
  private final BudgetedBytes body;
  private @Nullable HangUp hangUp;
  private OptionalLong firstContentNanos = OptionalLong.empty();
  private long lastByteNanos = System.nanoTime();
  private boolean upstreamEnded;
  private boolean told;

  JsonRelay(
      RequestResources resources,
      Caller caller,
      HttpClientResponse response,
      ChatCall call,
      Function<byte[], WholeAnswer> reader,
      Listener listener) {
    this.resources = resources;
    this.loop = resources.loop();
    body = new BudgetedBytes(resources, -1);
    this.caller = caller;
    this.response = response;
    this.call = call;
    this.reader = reader;
    this.listener = listener;
  }

  @Override
  public void start() {
    response.exceptionHandler(resources.guarded(_ -> broke(ErrorCode.UPSTREAM_FAILED)));
    response.endHandler(resources.guarded(_ -> ended()));
    response.handler(resources.guarded(this::arrived));
    response.resume();
  }

  @Override
  public void callerGone() {
    hangUp = new HangUp(loop.config());
  }

  @Override
  public void tick(long now) {
    if (told) {
      return;
    }
    if (hangUp != null && hangUp.over(now)) {
      // the upstream has the request and works on it; how far it came nobody knows
      tell(Conclusion.hungUp(TokenUsage.of(call.inputTokens(), 0), false, Upstream.LEFT));
    } else if (now - lastByteNanos > TimeUnit.MILLISECONDS.toNanos(loop.config().idleMs())) {
      broke(ErrorCode.UPSTREAM_TIMEOUT);
    }
  }

  @Override
  public void giveUp(ErrorCode code) {
    if (!told) {
      fail(code);
    }
  }

  @Override
  public void release() {
    told = true;
    body.clear();
    if (!upstreamEnded) {
      upstreamEnded = true;
      var unused = response.request().reset();
    }
  }

  @Override
  public OptionalLong firstContentNanos() {
    return firstContentNanos;
  }

  private void arrived(Buffer piece) {
    if (told) {
      return;
    }
    lastByteNanos = System.nanoTime();
    if (firstContentNanos.isEmpty()) {
      firstContentNanos = OptionalLong.of(lastByteNanos);
    }
    if (hangUp != null) {
      hangUp.read(piece.length());
    }
    if (body.length() + (long) piece.length() > loop.config().answerLimit()) {
      fail(ErrorCode.UPSTREAM_FAILED);
    } else if (!body.add(piece)) {
      fail(ErrorCode.UNAVAILABLE);
    }
  }

  private void ended() {
    upstreamEnded = true;
    if (told) {
      return;
    }
    byte[] whole;
    try {
      whole = body.whole();
    } catch (Refusal exhausted) {
      fail(exhausted.code());
      return;
    }
    WholeAnswer tap = reader.apply(whole);
    ChargedUsage usage = tap.charged();
    usage.disbelief().ifPresent(why -> PassageLog.disbelieved(call, why, loop.metrics()));
    if (caller.gone()) {
      tell(Conclusion.hungUp(usage, Upstream.WHOLE));
      return;
    }
    Optional<ErrorCode> error =
        switch (tap.verdict()) {
          case AnswerVerdict.Answer _, AnswerVerdict.Empty _ -> Optional.empty();
          case AnswerVerdict.Failed _, AnswerVerdict.NoAnswer _ ->
              Optional.of(ErrorCode.UPSTREAM_FAILED);
        };
    String contentType = response.getHeader(HttpHeaders.CONTENT_TYPE);
    Ending ending =
        new Ending.Whole(contentType == null ? "application/json" : contentType, Bytes.over(whole));
    tell(new Conclusion(usage.usage(), usage.reported(), 200, error, Upstream.WHOLE, ending));
  }

  private void broke(ErrorCode code) {
    if (told) {
      return;
    }
    if (code == ErrorCode.UPSTREAM_FAILED) {
      upstreamEnded = true;
      if (body.length() == 0) {
        told = true;
        listener.brokeBeforeFirstByte();
        return;
      }
    }
    fail(code);
  }

  /** The caller has got nothing of it, so it is free. */
  private void fail(ErrorCode code) {
    if (caller.gone()) {
      tell(Conclusion.hungUp(TokenUsage.NONE, false, Upstream.BROKE));
    } else {
      Ending refused = new Ending.Refused(Errors.broken(code));
      Upstream upstream = code == ErrorCode.UNAVAILABLE ? Upstream.LEFT : Upstream.BROKE;
      tell(Conclusion.free(code.httpStatus(), code, upstream, refused));
    }
  }

  private void tell(Conclusion conclusion) {
    told = true;
    listener.ended(conclusion);
  }
}
