package io.tollgate.web;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.web.internal.HeldBytes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request whole, within a limit and a deadline. */
public final class RequestBody {
  private static final int FIRST_BYTES = 64 << 10;

  private final HttpServerRequest request;
  private final long limit;
  private final Promise<Buffer> promise = Promise.promise();
  private final Buffer body;
  private boolean over;

  private RequestBody(HttpServerRequest request, long limit, long length) {
    this.request = request;
    this.limit = limit;
    this.body = Buffer.buffer((int) Math.clamp(length, 0, FIRST_BYTES));
  }

  /**
   * Begins to read; to be called on the request's event loop before it returns to it. The future
   * completes there. It fails with a {@link Refusal}: {@code BODY_TOO_LARGE} as soon as the length
   * is known to be over the limit, {@code REQUEST_TIMEOUT} at the deadline, {@code MALFORMED_BODY}
   * for a length that is none, {@code UNAVAILABLE} when the bodies of all requests together are
   * more than the server may hold; and with another exception when the caller hangs up.
   *
   * @param limit bytes
   */
  public static Future<Buffer> read(
      Vertx vertx, HttpServerRequest request, long limit, Duration deadline) {
    long length;
    try {
      length = length(request.getHeader(HttpHeaders.CONTENT_LENGTH));
    } catch (Refusal refusal) {
      return Future.failedFuture(refusal);
    }
    if (length > limit) {
      return Future.failedFuture(tooLarge(limit));
    }
    RequestBody reading = new RequestBody(request, limit, length);
    reading.begin(vertx, deadline);
    return reading.promise.future();
  }

  private void begin(Vertx vertx, Duration deadline) {
    request.handler(this::part);
    long timer =
        vertx.setTimer(
            deadline.toMillis(),
            unused ->
                fail(
                    new Refusal(
                        ErrorCode.REQUEST_TIMEOUT,
                        "the body did not arrive within " + deadline.toMillis() + " ms")));
    request.endHandler(
        unused -> {
          vertx.cancelTimer(timer);
          if (!over) {
            over = true;
            promise.complete(body);
          }
        });
    request.exceptionHandler(
        failure -> {
          vertx.cancelTimer(timer);
          fail(failure);
        });
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      Future<Void> unused = request.response().writeContinue();
    }
  }

  private void part(Buffer part) {
    if (over) {
      return;
    }
    if (body.length() + (long) part.length() > limit) {
      fail(tooLarge(limit));
      return;
    }
    if (!HeldBytes.reserve(request, part.length())) {
      fail(
          new Refusal(ErrorCode.UNAVAILABLE, "too many large requests at one time")
              .withRetryAfter(Duration.ofSeconds(1)));
      return;
    }
    body.appendBuffer(part);
  }

  private void fail(Throwable failure) {
    if (!over) {
      over = true;
      promise.fail(failure);
    }
  }

  private static long length(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    try {
      long length = Long.parseLong(text);
      if (length >= 0) {
        return length;
      }
    } catch (NumberFormatException e) {
      throw badLength();
    }
    throw badLength();
  }

  private static Refusal badLength() {
    return new Refusal(
        ErrorCode.MALFORMED_BODY, "Content-Length is malformed (expected: a number of bytes)");
  }

  private static Refusal tooLarge(long limit) {
    return new Refusal(
        ErrorCode.BODY_TOO_LARGE, "the body is too large (limit: " + limit + " bytes)");
  }
}
