package io.tollgate.relay.gateway.internal.caller;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.gateway.internal.http.BufferBytes;
import io.tollgate.relay.gateway.internal.loop.BudgetedBytes;
import io.tollgate.relay.gateway.internal.loop.DeadlineWatch;
import io.tollgate.relay.gateway.internal.loop.MemoryBudget;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads a request's body up to a limit and a deadline. Exactly one of its two outcomes is told,
 * unless the request is over first.
 */
public final class BodyReader implements DeadlineWatch.Watched {
  private final RequestResources resources;
  private final HttpServerRequest request;
  private final int limit;
  private final int deadlineMs;
  private final long declared;
  private final BudgetedBytes body;
  private Consumer<byte[]> whole = _ -> {};
  private Consumer<Refusal> refused = _ -> {};
  private long deadline;
  private boolean done;

  public BodyReader(RequestResources resources, HttpServerRequest request) {
    this.resources = resources;
    this.request = request;
    limit = resources.loop().config().bodyLimit();
    deadlineMs = resources.loop().config().bodyMs();
    declared = declaredLength(request);
    body = new BudgetedBytes(resources, declared);
  }

  /** Whether the headers promise no more bytes than this. */
  public boolean isKnownToFit(int bytes) {
    return declared <= bytes && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  /** Whether the headers tell already that it is too large. */
  public boolean isTooLarge() {
    return declared > limit;
  }

  /** Starts; the request is paused. */
  public void read(Consumer<byte[]> whole, Consumer<Refusal> refused) {
    this.whole = whole;
    this.refused = refused;
    if (isTooLarge()) {
      refuse(refusalOfSize());
      return;
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      var unused = request.response().writeContinue();
    }
    deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(deadlineMs);
    resources.watch(this);
    request.handler(resources.guarded(this::part));
    request.endHandler(resources.guarded(_ -> end()));
    request.resume();
  }

  @Override
  public void tick(long now) {
    if (!done && now - deadline > 0) {
      refuse(
          new Refusal(
              ErrorCode.REQUEST_TIMEOUT, "the body did not arrive within " + deadlineMs + " ms"));
    }
  }

  private void part(Buffer part) {
    if (done || resources.closed()) {
      return;
    }
    if (body.length() + (long) part.length() > limit) {
      refuse(refusalOfSize());
    } else if (!body.add(BufferBytes.of(part))) {
      refuse(MemoryBudget.exhausted());
    }
  }

  private void end() {
    if (!done && !resources.closed()) {
      byte[] bytes;
      try {
        bytes = body.whole();
      } catch (Refusal exhausted) {
        refuse(exhausted);
        return;
      }
      done = true;
      whole.accept(bytes);
    }
  }

  private void refuse(Refusal refusal) {
    done = true;
    body.clear();
    refused.accept(refusal);
  }

  private Refusal refusalOfSize() {
    return new Refusal(
        ErrorCode.BODY_TOO_LARGE, "the body is too large (expected: at most " + limit + " bytes)");
  }

  private static long declaredLength(HttpServerRequest request) {
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
}
