package io.tollgate.relay.gateway.internal;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.Passage;
import io.tollgate.relay.gateway.internal.Conclusion.Upstream;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.vertx.core.http.HttpClientResponse;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Passes a stream on as it comes, with the caller's speed and within what is reserved. {@code
 * [DONE]} and the end wait for the settlement.
 */
final class StreamRelay implements Relay {
  private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final RequestResources resources;
  private final Loop loop;
  private final Caller caller;
  private final HttpClientResponse response;
  private final Passage passage;
  private final ChatCall call;
  private final Listener listener;
  private final StreamTap tap;
  private final OutputMeter meter;
  private final Reservation reservation;
  private final Pieces pieces = new Pieces();
  private byte @Nullable [] unpaid;
  private @Nullable HangUp hangUp;
  private OptionalLong firstContentNanos = OptionalLong.empty();
  private long lastByteNanos = System.nanoTime();
  private long lastProgressNanos = lastByteNanos;
  private long lastProgressOutput;
  private boolean anything;
  private boolean paused = true;
  private boolean upstreamEnded;
  private boolean told;

  StreamRelay(
      RequestResources resources,
      Caller caller,
      HttpClientResponse response,
      Passage passage,
      ChatCall call,
      StreamTap tap,
      Listener listener) {
    this.resources = resources;
    this.loop = resources.loop();
    this.caller = caller;
    this.response = response;
    this.passage = passage;
    this.call = call;
    this.listener = listener;
    this.tap = tap;
    meter = new OutputMeter(tap);
    reservation =
        new Reservation(resources, passage, call.inputTokens(), call.outputLimit(), this::pump);
  }

  @Override
  public void start() {
    response.exceptionHandler(resources.guarded(_ -> broke(ErrorCode.UPSTREAM_FAILED)));
    response.endHandler(resources.guarded(_ -> upstreamEnded()));
    response.handler(resources.guarded(buffer -> arrived(Bytes.of(buffer))));
    caller.onDrain(_ -> pump());
    resume();
  }

  @Override
  public void callerGone() {
    hangUp = new HangUp(loop.config());
    pump();
  }

  @Override
  public void tick(long now) {
    if (told) {
      return;
    }
    if (hangUp != null && hangUp.over(now)) {
      tell(Conclusion.hungUp(charged(tap.chargedSoFar()), Upstream.LEFT));
    } else if (!paused
        && now - lastByteNanos > TimeUnit.MILLISECONDS.toNanos(loop.config().idleMs())) {
      broke(ErrorCode.UPSTREAM_TIMEOUT);
    } else if (now - lastProgressNanos >= PROGRESS_NANOS) {
      progress(now);
    }
  }

  @Override
  public void giveUp(ErrorCode code) {
    anything = true;
    broke(code);
  }

  @Override
  public void release() {
    told = true;
    if (!upstreamEnded) {
      upstreamEnded = true;
      if (tap.done()) {
        Leftover.letGo(loop, response);
      } else {
        var unused = response.request().reset();
      }
    }
  }

  @Override
  public OptionalLong firstContentNanos() {
    return firstContentNanos;
  }

  private void arrived(byte[] piece) {
    if (told) {
      return;
    }
    anything = true;
    lastByteNanos = System.nanoTime();
    if (hangUp != null) {
      hangUp.read(piece.length);
    }
    // no token takes less than a byte
    if (reservation.covers(meter.output() + piece.length)) {
      pieces.add(piece);
    } else {
      pieces.addLines(piece);
    }
    pump();
  }

  private void upstreamEnded() {
    upstreamEnded = true;
    pump();
  }

  /** Passes on what may pass now. */
  private void pump() {
    while (!told && passUnpaid() && !pieces.isEmpty()) {
      pass(pieces.next());
    }
    if (told) {
      return;
    }
    boolean nothingWaits = unpaid == null && pieces.isEmpty();
    if (nothingWaits && (upstreamEnded || tap.done())) {
      ended();
    } else if (nothingWaits && !caller.full()) {
      resume();
    } else {
      pause();
    }
  }

  /** Whether nothing is held back for want of a reservation. */
  private boolean passUnpaid() {
    byte[] piece = unpaid;
    if (piece == null) {
      return true;
    }
    if (!meter.exceeds(reservation)) {
      unpaid = null;
      caller.write(piece);
      reservation.passed(meter.output());
      return true;
    }
    if (reservation.exhausted()) {
      cutShort();
    } else {
      reservation.passed(meter.output());
    }
    return false;
  }

  private void pass(byte[] piece) {
    byte[] passing = tap.accept(piece);
    if (firstContentNanos.isEmpty() && tap.contentSeen()) {
      firstContentNanos = OptionalLong.of(lastByteNanos);
    }
    if (meter.exceeds(reservation)) {
      unpaid = passing;
      return;
    }
    if (passing.length > 0) {
      caller.write(passing);
    }
    reservation.passed(meter.output());
  }

  private void ended() {
    boolean whole = tap.done() || tap.finished();
    if (!whole && !tap.errorSeen()) {
      broke(ErrorCode.UPSTREAM_FAILED);
      return;
    }
    byte[] last = tap.finish();
    ChargedUsage usage = charged(tap.charged());
    if (caller.gone()) {
      tell(Conclusion.hungUp(usage, Upstream.WHOLE));
      return;
    }
    Optional<ErrorCode> error =
        tap.errorSeen() ? Optional.of(ErrorCode.UPSTREAM_FAILED) : Optional.empty();
    tell(
        new Conclusion(
            usage.usage(), usage.reported(), 200, error, Upstream.WHOLE, new Ending.Last(last)));
  }

  private void broke(ErrorCode code) {
    if (told) {
      return;
    }
    upstreamEnded = code == ErrorCode.UPSTREAM_FAILED;
    if (!anything && upstreamEnded) {
      told = true;
      listener.brokeBeforeFirstByte();
      return;
    }
    ChargedUsage usage = charged(tap.charged());
    if (caller.gone()) {
      tell(Conclusion.hungUp(usage, Upstream.BROKE));
      return;
    }
    Refusal refusal = Errors.broken(code);
    boolean silent = caller.silent();
    Ending ending = silent ? new Ending.Refused(refusal) : new Ending.Broken(tap.broken(refusal));
    int status = silent ? code.httpStatus() : 200;
    tell(
        new Conclusion(
            usage.usage(), usage.reported(), status, Optional.of(code), Upstream.BROKE, ending));
  }

  /** Nothing is left to pay for more: the stream ends in the protocol's own way. */
  private void cutShort() {
    TokenUsage usage = call.counted(reservation.within(tap.countedOutput()));
    if (caller.gone()) {
      tell(Conclusion.hungUp(usage, false, Upstream.LEFT));
      return;
    }
    byte[] last = StreamCut.bytes(call, tap, usage);
    tell(
        new Conclusion(
            usage,
            false,
            200,
            Optional.of(ErrorCode.INSUFFICIENT_MEANS),
            Upstream.LEFT,
            new Ending.Last(last)));
  }

  private ChargedUsage charged(ChargedUsage usage) {
    usage.disbelief().ifPresent(why -> PassageLog.disbelieved(call, why, loop.metrics()));
    return usage;
  }

  private void progress(long now) {
    lastProgressNanos = now;
    long output = meter.output();
    if (output > lastProgressOutput) {
      lastProgressOutput = output;
      passage.progress(call.counted(output));
    }
  }

  private void pause() {
    if (!paused) {
      paused = true;
      response.pause();
    }
  }

  private void resume() {
    if (paused) {
      paused = false;
      lastByteNanos = System.nanoTime();
      response.resume();
    }
  }

  private void tell(Conclusion conclusion) {
    told = true;
    pieces.clear();
    unpaid = null;
    // what still comes is read and dropped, so that the connection can be used again
    if (!upstreamEnded && conclusion.upstream() == Upstream.WHOLE) {
      resume();
    }
    listener.ended(conclusion);
  }
}
