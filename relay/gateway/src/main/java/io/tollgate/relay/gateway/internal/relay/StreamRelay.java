package io.tollgate.relay.gateway.internal.relay;

import io.tollgate.ground.ErrorCode;
import io.tollgate.metering.Passage;
import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion.Upstream;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.gateway.internal.upstream.UpstreamAnswer;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.StreamTap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Passes a stream on as it comes, with the caller's speed and within what is reserved. {@code
 * [DONE]} and the end wait until the result is recorded.
 */
public final class StreamRelay extends ReadingRelay {
  private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Passage passage;
  private final StreamTap tap;
  private final OutputMeter meter;
  private final StreamReservation reservation;
  private final WaitingPieces pieces;
  private byte @Nullable [] unpaid;
  private long lastProgressNanos = System.nanoTime();
  private long lastProgressOutput;
  private OptionalLong allComeNanos = OptionalLong.empty();
  private long delivered;
  private boolean judged;
  private boolean paused = true;

  public StreamRelay(
      RequestResources resources,
      CallerResponse caller,
      UpstreamAnswer answer,
      Passage passage,
      PricedCall call,
      StreamTap tap,
      Listener listener) {
    super(resources, caller, answer, call, listener);
    this.passage = passage;
    this.tap = tap;
    pieces = new WaitingPieces(resources);
    meter = new OutputMeter(tap);
    reservation = new StreamReservation(resources, passage, call, this::pump);
  }

  @Override
  public void start() {
    answer.readBy(this);
    caller.streamType(tap.contentType());
    caller.onDrain(_ -> pump());
    resume();
  }

  @Override
  public void callerGone(HangUpBounds bounds) {
    super.callerGone(bounds);
    pump();
  }

  @Override
  public void tick(long now) {
    if (told()) {
      return;
    }
    if (readOnEnough(now)) {
      conclude(StreamConclusion.left(tap, noted(tap.chargedSoFar())));
    } else if (!paused && idleTooLong(now)) {
      broke(ErrorCode.UPSTREAM_TIMEOUT);
    } else if (overdue(now)) {
      ended(tap.finishComplete());
    } else if (now - lastProgressNanos >= PROGRESS_NANOS) {
      progress(now);
    }
  }

  /** Whether all but the protocol's end has come, and that does not. */
  private boolean overdue(long now) {
    if (!tap.allCome() || unpaid != null || !pieces.isEmpty()) {
      return false;
    }
    if (allComeNanos.isEmpty()) {
      allComeNanos = OptionalLong.of(now);
    }
    return now - allComeNanos.getAsLong()
        > TimeUnit.MILLISECONDS.toNanos(loop().config().streamEndMs());
  }

  @Override
  public void giveUp(ErrorCode code) {
    broke(code);
  }

  @Override
  public void release() {
    tellNothing();
    dropPieces();
    if (tap.done()) {
      answer.letGo();
    } else {
      answer.reset();
    }
  }

  @Override
  public boolean filtered() {
    return tap.filtered();
  }

  @Override
  public void arrived(byte[] piece) {
    if (told()) {
      return;
    }
    bytesCame(piece.length);
    // no token takes less than a byte
    if (reservation.covers(meter.output() + piece.length)) {
      pieces.add(piece);
    } else {
      pieces.addLines(piece);
    }
    pump();
  }

  @Override
  public void upstreamEnded() {
    pump();
  }

  @Override
  public void upstreamBroke() {
    broke(ErrorCode.UPSTREAM_FAILED);
  }

  /** Passes on what may pass now. */
  private void pump() {
    while (!told() && passUnpaid() && !pieces.isEmpty()) {
      pass(pieces.next());
    }
    if (told()) {
      return;
    }
    boolean nothingWaits = unpaid == null && pieces.isEmpty();
    if (nothingWaits && (answer.over() || tap.done())) {
      ended(tap.finishComplete());
    } else if (nothingWaits && !caller.full()) {
      pieces.release();
      resume();
    } else {
      pause();
      // what waits longer than it takes to read it counts among what requests keep in memory
      if (!pieces.hold(unpaid == null ? 0 : unpaid.length)) {
        broke(ErrorCode.UNAVAILABLE);
      }
    }
  }

  private void dropPieces() {
    pieces.clear();
    unpaid = null;
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
    boolean near = !reservation.covers(meter.output() + piece.length);
    if (near) {
      // what has been delivered, exactly: where nothing more is covered, this is charged
      delivered = tap.countedOutput();
    }
    byte[] passing = tap.accept(piece);
    if (!judged && !judge()) {
      return;
    }
    if (firstContentNanos().isEmpty() && tap.contentSeen()) {
      contentCame();
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

  /** Whether what has come so far may go on to the caller; told where it is no answer. */
  private boolean judge() {
    Optional<AnswerVerdict> verdict = tap.verdict();
    if (verdict.isEmpty()) {
      return true;
    }
    judged = true;
    Optional<UpstreamError> none = UpstreamError.of(verdict.get());
    none.ifPresent(this::none);
    return none.isEmpty();
  }

  private void none(UpstreamError error) {
    tellNothing();
    dropPieces();
    tellNoAnswer(error);
  }

  /**
   * @param last what the tap held back
   */
  private void ended(byte[] last) {
    if (!judged) {
      judged = true;
      Optional<UpstreamError> none =
          tap.verdict()
              .map(UpstreamError::of)
              .orElseGet(() -> Optional.of(new UpstreamError.NoAnswer("holds no answer")));
      if (none.isPresent()) {
        none(none.get());
        return;
      }
    }
    boolean whole = tap.done() || tap.finished();
    if (!whole && !tap.errorSeen()) {
      broke(ErrorCode.UPSTREAM_FAILED);
      return;
    }
    conclude(StreamConclusion.whole(caller, tap, noted(tap.charged()), last));
  }

  private void broke(ErrorCode code) {
    if (told()) {
      return;
    }
    if (!judged && code == ErrorCode.UPSTREAM_FAILED) {
      // nothing has reached the caller
      none(new UpstreamError.NoAnswer("broke off"));
      return;
    }
    conclude(StreamConclusion.broken(caller, tap, noted(tap.charged()), code));
  }

  /** Nothing is left to pay for more: of what was read but not delivered nothing is charged. */
  private void cutShort() {
    conclude(StreamConclusion.cut(caller, call, tap, delivered));
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
      answer.pause();
    }
  }

  private void resume() {
    if (paused) {
      paused = false;
      awaitBytes();
      answer.resume();
    }
  }

  private void conclude(PassageConclusion conclusion) {
    tellNothing();
    dropPieces();
    // what still comes is read and dropped, so that the connection can be used again
    if (!answer.over() && conclusion.upstream() == Upstream.WHOLE) {
      resume();
    }
    tell(conclusion);
  }
}
