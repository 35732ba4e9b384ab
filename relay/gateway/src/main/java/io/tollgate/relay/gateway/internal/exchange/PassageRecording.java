package io.tollgate.relay.gateway.internal.exchange;

import io.tollgate.ground.ErrorCode;
import io.tollgate.metering.Charge;
import io.tollgate.metering.PassageResult;
import io.tollgate.metering.PriceQuote;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.gateway.internal.upstream.AttemptSequence;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the result of one passage, and waits a bounded time until that is done. Exactly one of
 * its two outcomes is told.
 */
final class PassageRecording {
  private static final Logger log = LoggerFactory.getLogger(PassageRecording.class);

  private final RequestResources resources;
  private final PricedCall call;
  private final Consumer<Charge> recorded;
  private final Runnable unrecorded;
  private final long deadline;
  private boolean told;

  /**
   * @param unrecorded called when it is not confirmed in time: metering keeps trying, or finds the
   *     passage in doubt; the caller does not get the last byte
   */
  PassageRecording(
      RequestResources resources, PricedCall call, Consumer<Charge> recorded, Runnable unrecorded) {
    this.resources = resources;
    this.call = call;
    this.recorded = recorded;
    this.unrecorded = unrecorded;
    deadline =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(resources.loop().config().moneyMs());
  }

  /** Whether its outcome is known, and was told. */
  boolean over() {
    return told;
  }

  void start(OpenPassage passage, PassageResult result) {
    resources.note().ended(result);
    CompletionStage<Charge> recording;
    try {
      recording = passage.record(result);
    } catch (RuntimeException e) {
      failed(e);
      return;
    }
    resources.take(recording, this::done, this::failed);
  }

  void tick(long now) {
    if (now - deadline > 0) {
      failed(
          new IllegalStateException(
              "not recorded within " + resources.loop().config().moneyMs() + " ms"));
    }
  }

  /** What is to be recorded of a passage that ended so. */
  static PassageResult result(
      PricedCall call,
      PassageConclusion end,
      AttemptSequence attempts,
      OptionalLong firstContentNanos) {
    OptionalLong firstTokenMs =
        firstContentNanos.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(call.millisecondsTo(firstContentNanos.getAsLong()));
    Optional<PriceQuote> served = call.served(end.served());
    return new PassageResult(
        call.charged(end.usage(), served),
        end.reported(),
        end.status(),
        end.error().map(ErrorCode::name),
        attempts.account(),
        attempts.upstreamModel().orElse(call.chat().model()),
        attempts.count(),
        call.millisecondsTo(System.nanoTime()),
        firstTokenMs,
        served);
  }

  private void done(Charge charge) {
    if (!told) {
      told = true;
      resources.note().charged(charge);
      recorded.accept(charge);
    }
  }

  private void failed(Throwable cause) {
    if (told) {
      return;
    }
    told = true;
    resources.loop().metrics().unrecorded();
    call.context()
        .addTo(log.atError())
        .setCause(cause)
        .log("a result was not recorded in time; its answer is withheld");
    unrecorded.run();
  }
}
