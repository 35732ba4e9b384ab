package io.tollgate.relay.gateway.internal.form;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.gateway.FormConfig;
import io.tollgate.relay.gateway.internal.http.BufferBytes;
import io.tollgate.relay.gateway.internal.loop.DeadlineWatch;
import io.tollgate.relay.gateway.internal.loop.MemoryBudget;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.forms.Form;
import io.tollgate.relay.protocols.forms.FormBounds;
import io.tollgate.relay.protocols.forms.FormReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's form as it arrives, up to its limits and a deadline, and keeps it. Exactly one
 * of its two outcomes is told, unless the request is over first.
 */
public final class FormReading implements DeadlineWatch.Watched {
  private final RequestResources resources;
  private final HttpServerRequest request;
  private final FormConfig config;
  private final int deadlineMs;
  private final SpooledBody body;
  private BiConsumer<Form, SpooledBody> whole = (_, _) -> {};
  private Consumer<Throwable> refused = _ -> {};
  private @Nullable FormReader reader;
  private long deadline;
  private boolean keeping;
  private boolean ended;
  private boolean done;

  public FormReading(RequestResources resources, HttpServerRequest request) {
    this.resources = requireNonNull(resources, "resources is null");
    this.request = requireNonNull(request, "request is null");
    config = resources.loop().config().forms();
    deadlineMs = resources.loop().config().bodyMs();
    body = new SpooledBody(resources, config.memoryBytes());
  }

  /** Starts; the request is paused. */
  public void read(BiConsumer<Form, SpooledBody> whole, Consumer<Throwable> refused) {
    this.whole = whole;
    this.refused = refused;
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    try {
      if (declared() > config.maxBytes()) {
        throw tooLarge();
      }
      reader =
          FormReader.of(
              type == null ? "" : type,
              new FormBounds(config.maxParts(), config.maxFieldBytes(), config.maxFileBytes()));
    } catch (RequestFault | Refusal fault) {
      refuse(fault);
      return;
    }
    if (!resources.tryTakeMemory(config.maxFieldBytes())) {
      refuse(MemoryBudget.exhausted());
      return;
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      var unused = request.response().writeContinue();
    }
    deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(deadlineMs);
    resources.watch(this);
    request.handler(resources.guarded(this::part));
    request.endHandler(
        resources.guarded(
            _ -> {
              ended = true;
              endOfBody();
            }));
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
    FormReader reading = reader;
    if (done || resources.closed() || reading == null) {
      return;
    }
    byte[] piece = BufferBytes.of(part);
    try {
      if (body.length() + piece.length > config.maxBytes()) {
        throw tooLarge();
      }
      reading.accept(piece);
    } catch (RequestFault | Refusal fault) {
      refuse(fault);
      return;
    }
    var kept = body.add(piece);
    if (kept.succeeded()) {
      return;
    }
    // what comes next waits until this is kept
    keeping = true;
    request.pause();
    kept.onComplete(resources.guarded(_ -> kept()), resources.guarded(this::refuse));
  }

  private void kept() {
    keeping = false;
    if (ended) {
      endOfBody();
    } else if (!done && !resources.closed()) {
      request.resume();
    }
  }

  private void endOfBody() {
    FormReader reading = reader;
    if (done || keeping || resources.closed() || reading == null) {
      return;
    }
    Form form;
    try {
      form = reading.end();
      body.end();
    } catch (RequestFault | Refusal fault) {
      refuse(fault);
      return;
    }
    done = true;
    whole.accept(form, body);
  }

  private void refuse(Throwable fault) {
    if (!done) {
      done = true;
      refused.accept(fault);
    }
  }

  private Refusal tooLarge() {
    return new Refusal(
        ErrorCode.BODY_TOO_LARGE,
        "the form is too large (expected: at most " + config.maxBytes() + " bytes)");
  }

  private long declared() {
    String header = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return header == null ? -1 : Long.parseLong(header);
    } catch (NumberFormatException _) {
      return -1;
    }
  }
}
