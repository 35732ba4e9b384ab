package io.tollgate.relay.gateway.internal.caller;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.RequestLimits.Decision;
import io.tollgate.identity.TokenLimits;
import io.tollgate.relay.gateway.internal.http.BufferBytes;
import io.tollgate.relay.gateway.internal.http.ErrorResponse;
import io.tollgate.relay.gateway.internal.http.HeaderNames;
import io.tollgate.relay.gateway.internal.http.RetryAfter;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.ErrorAnswer;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.web.AnswerSender;
import io.tollgate.web.Response;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers one caller in their protocol, and notices when they hang up. Writing to a caller who is
 * gone does nothing.
 */
public final class CallerResponse implements RequestResources.Held {
  private static final String JSON = "application/json";
  private static final byte[] NOTHING = {};

  private final RequestResources resources;
  private final HttpServerRequest request;
  private final CallerProtocol protocol;
  private final String requestId;
  private final HttpServerResponse response;
  private Runnable onGone = () -> {};
  private String streamType = "text/event-stream; charset=utf-8";
  private boolean gone;
  private @Nullable AnswerCopy copy;
  private @Nullable AnswerCopy held;

  public CallerResponse(
      RequestResources resources, HttpServerRequest request, CallerProtocol protocol) {
    this.resources = resources;
    this.request = request;
    this.protocol = protocol;
    requestId = resources.id().toString();
    this.response = request.response();
    Handler<Object> hungUp = resources.guarded(_ -> hungUp());
    resources.hold(this);
    response.closeHandler(hungUp::handle);
    response.exceptionHandler(hungUp::handle);
    request.exceptionHandler(hungUp::handle);
  }

  /** The request is over, and they have an answer or the end of their connection. */
  @Override
  public void giveBack() {
    if (gone || response.ended()) {
      return;
    }
    if (silent()) {
      refuse(new Refusal(ErrorCode.INTERNAL, "the request failed in the gateway"));
    } else {
      breakOff(NOTHING);
    }
  }

  /** How a sandbox account is to answer, for tests of everything behind it. */
  public Optional<String> steering() {
    return Optional.ofNullable(request.getHeader(HeaderNames.X_SANDBOX));
  }

  public HttpServerRequest request() {
    return request;
  }

  public boolean gone() {
    return gone;
  }

  /** Whether nothing was answered yet. */
  public boolean silent() {
    return !response.headWritten();
  }

  /** What to do when the caller hangs up before the answer is complete. */
  public void onGone(Runnable action) {
    onGone = action;
  }

  /** Where they stand with their requests per minute. */
  public void rate(Decision decision) {
    if (!(decision instanceof Decision.Unlimited)) {
      rateLines().put(decision);
    }
  }

  /** The same of their tokens. */
  public void rate(TokenLimits.Outcome outcome) {
    if (!(outcome instanceof TokenLimits.Unlimited)) {
      rateLines().put(outcome);
    }
  }

  private RateLines rateLines() {
    return new RateLines(response::putHeader, protocol.rateHeaders(), resources.loop().now());
  }

  public void refuse(Refusal refusal) {
    refuse(protocol.error(refusal, requestId), refusal.code(), refusal.retryAfter());
  }

  public void refuse(RequestFault fault) {
    refuse(protocol.error(fault, requestId), fault.refusal().code(), Optional.empty());
  }

  public void refuse(UpstreamError error) {
    refuse(error(error), error.code(), error.tryAgainAfter());
  }

  /** An upstream's error as they are told of it. */
  public ErrorAnswer error(UpstreamError error) {
    return CallerErrors.of(protocol, error, requestId);
  }

  private void refuse(ErrorAnswer answer, ErrorCode code, Optional<Duration> retryAfter) {
    if (gone || !silent()) {
      return;
    }
    resources.note().refused(answer.status(), code.name());
    Response refusal = ErrorResponse.of(answer);
    AnswerSender.send(
        request,
        retryAfter
            .map(time -> refusal.withHeader(RetryAfter.HEADER, RetryAfter.written(time)))
            .orElse(refusal));
  }

  public void answerJson(byte[] body) {
    if (!gone) {
      resources.note().answered(200);
      putProtocolHeaders();
      AnswerSender.send(
          request, Response.text(200, JSON, new String(body, StandardCharsets.UTF_8)));
    }
  }

  /** Names hints of the request that its upstream was not told. */
  public void dropped(List<String> hints) {
    if (!hints.isEmpty() && silent() && !gone) {
      response.putHeader(HeaderNames.X_TOLLGATE_DROPPED, DroppedHints.header(hints));
    }
  }

  /** Whether the answer comes from the cache, for those who have one. */
  public void cached(String state) {
    if (silent() && !gone) {
      response.putHeader(HeaderNames.X_TOLLGATE_CACHE, state);
    }
  }

  /** Has the pieces of a stream kept here instead of passed on, until they are let go. */
  public void holdBack(AnswerCopy here) {
    held = here;
  }

  /** Passes on what was held back. */
  public void letGo() {
    AnswerCopy here = held;
    held = null;
    if (here != null && !gone && here.length() > 0) {
      write(here.whole().orElse(NOTHING));
    }
  }

  /** Has the answer copied as it is passed on. */
  public void copyTo(AnswerCopy into) {
    copy = into;
  }

  /**
   * What is left to say, once the result is recorded.
   *
   * @param price of the answer, told with one that comes whole
   */
  public void finish(ResponseEnding ending, String price) {
    switch (ending) {
      case ResponseEnding.Whole whole -> answer(whole, price);
      case ResponseEnding.Last last -> end(last.piece());
      case ResponseEnding.Broken broken -> breakOff(broken.piece());
      case ResponseEnding.Failed failed -> refuse(failed.error());
      case ResponseEnding.Refused refused -> {
        if (silent()) {
          refuse(refused.refusal());
        } else {
          breakOff(NOTHING);
        }
      }
      case ResponseEnding.Nobody _ -> {}
    }
  }

  /** The content type of a stream; before its first piece. */
  public void streamType(String contentType) {
    streamType = contentType;
  }

  /** A piece of a stream; the first one brings the head with it. */
  public void write(byte[] piece) {
    if (gone) {
      return;
    }
    if (held != null) {
      held.add(piece);
      return;
    }
    if (silent()) {
      putProtocolHeaders();
      response
          .setChunked(true)
          .putHeader(HttpHeaders.CONTENT_TYPE, streamType)
          .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
          // tells proxies in between not to collect the stream
          .putHeader(HeaderNames.X_ACCEL_BUFFERING, "no");
    }
    if (copy != null) {
      copy.type(streamType);
      copy.add(piece);
    }
    var unused = response.write(BufferBytes.over(piece));
  }

  /** Whether the caller reads more slowly than we write. */
  public boolean full() {
    return !gone && response.writeQueueFull();
  }

  public void onDrain(Handler<Void> handler) {
    response.drainHandler(resources.guarded(handler));
  }

  private void putProtocolHeaders() {
    for (Header header : protocol.answerHeaders(requestId)) {
      response.putHeader(header.name(), header.value());
    }
  }

  private void answer(ResponseEnding.Whole whole, String price) {
    if (!gone) {
      putProtocolHeaders();
      if (copy != null) {
        copy.type(whole.contentType());
        copy.add(BufferBytes.of(whole.body()));
      }
      var unused =
          response
              .putHeader(HttpHeaders.CONTENT_TYPE, whole.contentType())
              .putHeader(HeaderNames.X_TOLLGATE_COST, price)
              .end(whole.body());
    }
  }

  private void end(byte[] piece) {
    write(piece);
    if (!gone) {
      var unused = response.end();
    }
  }

  /** A last piece, then the connection is closed without the stream's end. */
  private void breakOff(byte[] piece) {
    if (gone) {
      return;
    }
    if (piece.length > 0) {
      write(piece);
    }
    // closed after what was written before it
    var unused = request.connection().close();
  }

  /** The passage is not recorded: whatever else they get, they do not get the last byte. */
  public void unrecorded() {
    if (silent()) {
      refuse(
          new Refusal(
              ErrorCode.UNAVAILABLE, "the charge of this request could not be recorded in time"));
    } else {
      breakOff(NOTHING);
    }
  }

  /** Somebody else speaks to the caller from now on, in another way than by an answer. */
  public void takenOver() {
    gone = true;
  }

  private void hungUp() {
    if (!gone && !response.ended()) {
      gone = true;
      onGone.run();
    }
  }
}
