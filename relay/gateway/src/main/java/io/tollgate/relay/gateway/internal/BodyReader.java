package io.tollgate.relay.gateway.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body up to a limit and a deadline. Exactly one of its two outcomes is told,
 * unless it is released first. What it took of the memory is kept until then.
 */
final class BodyReader implements Watch.Watched {
  private final Loop loop;
  private final HttpServerRequest request;
  private final Consumer<Buffer> whole;
  private final Consumer<Refusal> refused;
  private final long deadline;
  private @Nullable Buffer body;
  private boolean grown;
  private long taken;
  private boolean done;

  BodyReader(
      Loop loop, HttpServerRequest request, Consumer<Buffer> whole, Consumer<Refusal> refused) {
    this.loop = loop;
    this.request = request;
    this.whole = whole;
    this.refused = refused;
    deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(loop.config().bodyMs());
  }

  /** Starts; the request is paused. */
  void read() {
    if (declaredLength() > loop.config().bodyLimit()) {
      refuse(tooLarge());
      return;
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      var unused = request.response().writeContinue();
    }
    loop.watch().add(this);
    request.handler(this::part);
    request.endHandler(_ -> end());
    request.resume();
  }

  /** The request is over: reads no more, and gives the memory back. */
  void release() {
    if (!done) {
      done = true;
      loop.watch().remove(this);
    }
    loop.memory().give(taken);
    taken = 0;
    body = null;
  }

  @Override
  public void tick(long now) {
    if (now - deadline > 0) {
      refuse(
          new Refusal(
              ErrorCode.REQUEST_TIMEOUT,
              "the body did not arrive within " + loop.config().bodyMs() + " ms"));
    }
  }

  private void part(Buffer part) {
    if (done) {
      return;
    }
    long length = (body == null ? 0 : body.length()) + (long) part.length();
    if (length > loop.config().bodyLimit()) {
      refuse(tooLarge());
    } else if (!loop.memory().tryTake(part.length())) {
      refuse(Memory.exhausted());
    } else {
      taken += part.length();
      append(part);
    }
  }

  private void end() {
    if (!done) {
      done = true;
      loop.watch().remove(this);
      whole.accept(body == null ? Buffer.buffer() : body);
    }
  }

  private void refuse(Refusal refusal) {
    release();
    refused.accept(refusal);
  }

  private void append(Buffer part) {
    if (body == null) {
      body = part;
    } else if (grown) {
      body.appendBuffer(part);
    } else {
      // the first part is the connection's own; a copy is ours to grow
      int expected = (int) Math.max(declaredLength(), 2L * body.length() + part.length());
      body = Buffer.buffer(expected).appendBuffer(body).appendBuffer(part);
      grown = true;
    }
  }

  private long declaredLength() {
    String header = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (header == null) {
      return -1;
    }
    try {
      return Long.parseLong(header);
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  private Refusal tooLarge() {
    return new Refusal(
        ErrorCode.BODY_TOO_LARGE,
        "the body is too large (expected: at most " + loop.config().bodyLimit() + " bytes)");
  }
}
