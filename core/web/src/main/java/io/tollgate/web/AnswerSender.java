package io.tollgate.web;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.web.internal.LastAnswer;
import io.tollgate.web.internal.QueryText;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends whole answers, and maps failures to error forms. To be called on the request's event loop.
 */
public final class AnswerSender {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerSender.class);

  private AnswerSender() {}

  /**
   * Answers, once. Where the body of the request has not arrived yet, a short one is thrown away as
   * it comes, and a long one ends the connection, in such a way that a caller who is still sending
   * sees the answer. Does nothing when the caller is gone or has been answered; an answer that has
   * begun is cut off.
   */
  public static void send(HttpServerRequest request, Response response) {
    HttpServerResponse out = request.response();
    if (out.ended() || out.closed()) {
      return;
    }
    if (out.headWritten()) {
      Future<Void> unused = request.connection().close();
      return;
    }
    if (!request.isEnded()) {
      LastAnswer.prepare(request);
    }
    out.setStatusCode(response.status());
    response.headers().forEach(out::putHeader);
    byte[] body = response.body();
    boolean hasLength = response.status() != 204 && response.status() != 304;
    if (hasLength) {
      out.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
    }
    Future<Void> unused =
        hasLength && request.method() != HttpMethod.HEAD ? out.end(Buffer.buffer(body)) : out.end();
  }

  /**
   * Answers a failure in an interface's error form. A {@link Refusal} says itself what it is;
   * anything else is a fault of ours, logged with the request id, and answered without its text.
   */
  public static void refuse(
      RequestContext context, HttpServerRequest request, ErrorForm errors, Throwable failure) {
    if (request.response().closed()) {
      return;
    }
    send(request, form(context, errors, failure, request));
  }

  /** The answer to a failure in an interface's error form; logs a fault of ours. */
  private static Response form(
      RequestContext context, ErrorForm errors, Throwable failure, HttpServerRequest request) {
    Refusal refusal = asRefusal(context, failure, request.query());
    Response response =
        errors.render(refusal, context.requestId().toString(), acceptLanguage(request));
    return refusal
        .retryAfter()
        .map(time -> response.withHeader("Retry-After", Long.toString(wholeSeconds(time))))
        .orElse(response);
  }

  /** Logs a failure that belongs to no request we still know. */
  public static void log(Throwable failure) {
    LOG.atError().setCause(failure).log("failed while a request was served");
  }

  /** What a caller reads, as it said. */
  public static Optional<String> acceptLanguage(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
  }

  private static Refusal asRefusal(
      RequestContext context, Throwable failure, @Nullable String query) {
    if (failure instanceof Refusal refusal) {
      return refusal;
    }
    context
        .addTo(LOG.atError())
        .setCause(query == null ? failure : QueryText.of(query).withheldFrom(failure))
        .addKeyValue("route", context.route())
        .log("request failed");
    return new Refusal(ErrorCode.INTERNAL, "an internal error occurred");
  }

  private static long wholeSeconds(Duration time) {
    return Math.max(1, time.plusNanos(999_999_999).toSeconds());
  }
}
