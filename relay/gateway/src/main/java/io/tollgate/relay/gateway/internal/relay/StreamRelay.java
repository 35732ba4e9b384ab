package io.tollgate.relay.gateway.internal.relay;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.Passage;
import io.tollgate.relay.gateway.internal.caller.CallerErrors;
import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.caller.ResponseEnding;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion.Upstream;
import io.tollgate.relay.gateway.internal.passage.PassageLog;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.gateway.internal.upstream.UpstreamAnswer;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Passes a stream on as it comes, with the caller's speed and within what is reserved. {@code
 * [DONE]} and the end wait until the result is recorded.
 */
public final class StreamRelay implements AnswerRelay, UpstreamAnswer.Reader {
  private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final RequestResources resources;
  private final RelayLoop loop;
  private final CallerResponse caller;
  private final UpstreamAnswer answer;
  private final Passage passage;
  private final PricedCall call;
  private final Listener listener;
  private final StreamTap tap;
  private final OutputMeter meter;
  private final StreamReservation reservation;
  private final WaitingPieces pieces = new WaitingPieces();
  private byte @Nullable [] unpaid;
  private @Nullable HangUpBounds hangUp;
  private OptionalLong firstContentNanos = OptionalLong.empty();
  private long lastByteNanos = System.nanoTime();
  private long lastProgressNanos = lastByteNanos;
  private long lastProgressOutput;
  private OptionalLong allComeNanos = OptionalLong.empty();
  private long delivered;
  private long held;
  private boolean judged;
  private boolean paused = true;
  private boolean told;

  public StreamRelay(
      RequestResources resources,
      CallerResponse caller,
      UpstreamAnswer answer,
      Passage passage,
      PricedCall call,
      StreamTap tap,
      Listener listener) {
    this.resources = resources;
    this.loop = resources.loop();
    this.caller = caller;
    this.answer = answer;
    this.passage = passage;
    this.call = call;
    this.listener = listener;
    this.tap = tap;
    meter = new OutputMeter(tap);
    reservation =
        new StreamReservation(
            resources, passage, call.inputTokens(), call.outputLimit(), this::pump);
  }

  @Override
  public void start() {
    answer.readBy(this);
    caller.onDrain(_ -> pump());
    resume();
  }

  @Override
  public void begin(byte[] bytes) {
    arrived(bytes);
  }

  @Override
  public void callerGone(HangUpBounds bounds) {
    hangUp = bounds;
    pump();
  }

  @Override
  public void tick(long now) {
    if (told) {
      return;
    }
    if (hangUp != null && hangUp.over(now)) {
      tell(
          PassageConclusion.hungUp(charged(tap.chargedSoFar()), Upstream.LEFT)
              .servedBy(tap.servedTier()));
    } else if (!paused
        && now - lastByteNanos > TimeUnit.MILLISECONDS.toNanos(loop.config().idleMs())) {
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
        > TimeUnit.MILLISECONDS.toNanos(loop.config().streamEndMs());
  }

  @Override
  public void giveUp(ErrorCode code) {
    broke(code);
  }

  @Override
  public void release() {
    told = true;
    dropPieces();
    if (tap.done()) {
      answer.letGo();
    } else {
      answer.reset();
    }
  }

  @Override
  public OptionalLong firstContentNanos() {
    return firstContentNanos;
  }

  @Override
  public void arrived(byte[] piece) {
    if (told) {
      return;
    }
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
    while (!told && passUnpaid() && !pieces.isEmpty()) {
      pass(pieces.next());
    }
    if (told) {
      return;
    }
    boolean nothingWaits = unpaid == null && pieces.isEmpty();
    if (nothingWaits && (answer.over() || tap.done())) {
      ended(tap.finish());
    } else if (nothingWaits && !caller.full()) {
      if (held > 0) {
        resources.giveMemory(held);
        held = 0;
      }
      resume();
    } else {
      pause();
      holdPieces();
    }
  }

  /** What waits longer than it takes to read it counts among what requests keep in memory. */
  private void holdPieces() {
    long waiting = pieces.bytes() + (unpaid == null ? 0 : unpaid.length);
    if (waiting > held) {
      if (!resources.tryTakeMemory(waiting - held)) {
        broke(ErrorCode.UNAVAILABLE);
        return;
      }
    } else {
      resources.giveMemory(held - waiting);
    }
    held = waiting;
  }

  private void dropPieces() {
    pieces.clear();
    unpaid = null;
    resources.giveMemory(held);
    held = 0;
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
    told = true;
    dropPieces();
    listener.noAnswer(error);
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
    ChargedUsage usage = charged(tap.charged());
    if (caller.gone()) {
      tell(PassageConclusion.hungUp(usage, Upstream.WHOLE).servedBy(tap.servedTier()));
      return;
    }
    Optional<ErrorCode> error =
        tap.errorSeen() ? Optional.of(ErrorCode.UPSTREAM_FAILED) : Optional.empty();
    tell(
        new PassageConclusion(
            usage.usage(),
            usage.reported(),
            200,
            error,
            Upstream.WHOLE,
            new ResponseEnding.Last(last),
            tap.servedTier()));
  }

  private void broke(ErrorCode code) {
    if (told) {
      return;
    }
    if (!judged && code == ErrorCode.UPSTREAM_FAILED) {
      // nothing has reached the caller
      none(new UpstreamError.NoAnswer("broke off"));
      return;
    }
    ChargedUsage usage = charged(tap.charged());
    if (caller.gone()) {
      tell(PassageConclusion.hungUp(usage, Upstream.BROKE).servedBy(tap.servedTier()));
      return;
    }
    Refusal refusal = CallerErrors.broken(code);
    boolean silent = caller.silent();
    ResponseEnding ending =
        silent
            ? new ResponseEnding.Refused(refusal)
            : new ResponseEnding.Broken(tap.broken(refusal));
    int status = silent ? code.httpStatus() : 200;
    tell(
        new PassageConclusion(
            usage.usage(),
            usage.reported(),
            status,
            Optional.of(code),
            Upstream.BROKE,
            ending,
            tap.servedTier()));
  }

  /** Nothing is left to pay for more: the stream ends in the protocol's own way. */
  private void cutShort() {
    // of what was read but not delivered nothing is charged
    TokenUsage usage = delivered == 0 ? TokenUsage.NONE : call.counted(delivered);
    if (caller.gone()) {
      tell(PassageConclusion.hungUp(usage, false, Upstream.LEFT));
      return;
    }
    byte[] last = StreamCut.bytes(call, tap, usage);
    tell(
        new PassageConclusion(
            usage,
            false,
            200,
            Optional.of(ErrorCode.INSUFFICIENT_MEANS),
            Upstream.LEFT,
            new ResponseEnding.Last(last),
            tap.servedTier()));
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
      answer.pause();
    }
  }

  private void resume() {
    if (paused) {
      paused = false;
      lastByteNanos = System.nanoTime();
      answer.resume();
    }
  }

  private void tell(PassageConclusion conclusion) {
    told = true;
    dropPieces();
    // what still comes is read and dropped, so that the connection can be used again
    if (!answer.over() && conclusion.upstream() == Upstream.WHOLE) {
      resume();
    }
    listener.ended(conclusion);
  }
}
