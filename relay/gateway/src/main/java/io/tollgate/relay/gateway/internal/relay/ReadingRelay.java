package io.tollgate.relay.gateway.internal.relay;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion;
import io.tollgate.relay.gateway.internal.passage.PassageLog;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.gateway.internal.upstream.UpstreamAnswer;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What all relays do alike: they read an answer, know when its bytes came and whether its caller
 * hung up, and tell exactly one outcome. Confined to one event loop.
 */
abstract sealed class ReadingRelay implements AnswerRelay, UpstreamAnswer.Reader
    permits StreamRelay, UndecidedRelay, WholeRelay {
  final RequestResources resources;
  final CallerResponse caller;
  final UpstreamAnswer answer;
  final PricedCall call;
  private final Listener listener;
  private @Nullable HangUpBounds hangUp;
  private OptionalLong firstContentNanos = OptionalLong.empty();
  private long lastByteNanos = System.nanoTime();
  private boolean told;

  ReadingRelay(
      RequestResources resources,
      CallerResponse caller,
      UpstreamAnswer answer,
      PricedCall call,
      Listener listener) {
    this.resources = requireNonNull(resources, "resources is null");
    this.caller = requireNonNull(caller, "caller is null");
    this.answer = requireNonNull(answer, "answer is null");
    this.call = requireNonNull(call, "call is null");
    this.listener = requireNonNull(listener, "listener is null");
  }

  @Override
  public final void begin(byte[] bytes) {
    arrived(bytes);
  }

  @Override
  public void callerGone(HangUpBounds bounds) {
    hangUp = bounds;
  }

  @Override
  public OptionalLong firstContentNanos() {
    return firstContentNanos;
  }

  final RelayLoop loop() {
    return resources.loop();
  }

  final @Nullable HangUpBounds hangUp() {
    return hangUp;
  }

  /** Whether the outcome is told, or nobody wants to hear of it any more. */
  final boolean told() {
    return told;
  }

  /** Tells no outcome from here on. */
  final void tellNothing() {
    told = true;
  }

  /** Bytes have been read of the answer. */
  final void bytesCame(int bytes) {
    lastByteNanos = System.nanoTime();
    if (hangUp != null) {
      hangUp.read(bytes);
    }
  }

  /** The wait for bytes begins anew. */
  final void awaitBytes() {
    lastByteNanos = System.nanoTime();
  }

  /** The bytes that came last are the first with content. */
  final void contentCame() {
    firstContentNanos = OptionalLong.of(lastByteNanos);
  }

  /** Whether the caller is gone and the answer was read on for as long as it may be. */
  final boolean readOnEnough(long now) {
    return hangUp != null && hangUp.over(now);
  }

  /** Whether no bytes have come for longer than a provider may pause. */
  final boolean idleTooLong(long now) {
    return now - lastByteNanos > TimeUnit.MILLISECONDS.toNanos(loop().config().idleMs());
  }

  /** What is charged; the operator hears of a report that was not believed. */
  final ChargedUsage noted(ChargedUsage usage) {
    usage.disbelief().ifPresent(why -> PassageLog.disbelieved(call, why, loop().metrics()));
    return usage;
  }

  final void tell(PassageConclusion conclusion) {
    told = true;
    listener.ended(conclusion);
  }

  final void tellNoAnswer(UpstreamError error) {
    told = true;
    listener.noAnswer(error);
  }
}
