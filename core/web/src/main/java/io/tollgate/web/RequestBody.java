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
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request whole, within a limit and a deadline. Memory grows with what has
 * arrived, whatever length was announced, and is taken from the server's before it is allocated.
 */
public final class RequestBody {
  private static final int FIRST_BYTES = 512;
  private static final byte[] NOTHING = {};

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final long limit;
  private final long announced;
  private final boolean confidential;
  private final HeldBytes held;
  private final Promise<byte[]> promise;
  private byte[] body = NOTHING;
  private int length;
  private long timer;
  private boolean over;

  private RequestBody(
      Vertx vertx, HttpServerRequest request, long limit, long announced, boolean confidential) {
    this.vertx = vertx;
    this.request = request;
    this.limit = limit;
    this.announced = announced;
    this.confidential = confidential;
    this.held = HeldBytes.of(request);
    this.promise = context(vertx).promise();
  }

  /**
   * Begins to read; to be called on the request's event loop before it returns to it. The future
   * completes there. It fails with a {@link Refusal}: {@code BODY_TOO_LARGE} as soon as the length
   * is known to be over the limit, {@code REQUEST_TIMEOUT} at the deadline, {@code MALFORMED_BODY}
   * for a length that is none, {@code UNAVAILABLE} when the bodies of all requests together, or of
   * those from the caller's address, are more than the server may hold; and with another exception
   * when the caller hangs up.
   *
   * @param limit bytes
   */
  public static Future<byte[]> read(
      Vertx vertx, HttpServerRequest request, long limit, Duration deadline) {
    return read(vertx, request, limit, deadline, false);
  }

  /**
   * The same.
   *
   * @param confidential whether what has been read is overwritten wherever it lay, but in the array
   *     that the future completes with, which is the caller's to overwrite
   */
  public static Future<byte[]> read(
      Vertx vertx, HttpServerRequest request, long limit, Duration deadline, boolean confidential) {
    long announced;
    try {
      announced = length(request.getHeader(HttpHeaders.CONTENT_LENGTH));
    } catch (Refusal refusal) {
      return context(vertx).failedFuture(refusal);
    }
    if (announced > limit) {
      return context(vertx).failedFuture(tooLarge(limit));
    }
    RequestBody reading = new RequestBody(vertx, request, limit, announced, confidential);
    reading.begin(deadline);
    return reading.promise.future();
  }

  private void begin(Duration deadline) {
    timer =
        vertx.setTimer(
            deadline.toMillis(),
            unused ->
                fail(
                    new Refusal(
                        ErrorCode.REQUEST_TIMEOUT,
                        "the body did not arrive within " + deadline.toMillis() + " ms")));
    request.handler(this::part);
    request.endHandler(unused -> end());
    request.exceptionHandler(this::fail);
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      Future<Void> unused = request.response().writeContinue();
    }
  }

  private void part(Buffer part) {
    keep(part);
    if (confidential) {
      Buffer unused = part.setBytes(0, new byte[part.length()]);
    }
  }

  private void keep(Buffer part) {
    if (over) {
      return;
    }
    long needed = (long) length + part.length();
    if (needed > limit) {
      fail(tooLarge(limit));
    } else if (needed > body.length && !grow(needed)) {
      fail(
          new Refusal(ErrorCode.UNAVAILABLE, "too many large requests at one time")
              .withRetryAfter(Duration.ofSeconds(1)));
    } else {
      part.getBytes(body, length);
      length = (int) needed;
    }
  }

  private void end() {
    if (!over) {
      over = true;
      boolean unused = vertx.cancelTimer(timer);
      promise.complete(length == body.length ? body : copied(length));
    }
  }

  /** Makes room for so many bytes: twice as many as before, unless fewer were announced. */
  private boolean grow(long needed) {
    long max = announced >= needed ? announced : limit;
    int size = (int) Math.min(Math.max(needed, Math.max(FIRST_BYTES, 2L * body.length)), max);
    if (!held.reserve(size - body.length)) {
      return false;
    }
    body = copied(size);
    return true;
  }

  /** Leaves nothing behind of what nobody else may read. */
  private byte[] copied(int size) {
    byte[] copy = Arrays.copyOf(body, size);
    forget();
    return copy;
  }

  private void forget() {
    if (confidential) {
      Arrays.fill(body, (byte) 0);
    }
  }

  private void fail(Throwable failure) {
    if (!over) {
      over = true;
      boolean unused = vertx.cancelTimer(timer);
      forget();
      body = NOTHING;
      held.release();
      promise.fail(failure);
    }
  }

  /** What is thrown where its futures are listened to is not lost: it ends the request. */
  private static ContextInternal context(Vertx vertx) {
    return (ContextInternal) vertx.getOrCreateContext();
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
