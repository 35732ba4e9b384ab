package io.tollgate.relay.gateway.internal.relay;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.metering.Passage;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a stream's reservation ahead of what it delivers: more is asked for before it is needed, in
 * steps that shrink when the means get scarce, until they cover nothing more.
 */
final class StreamReservation {
  private static final Logger log = LoggerFactory.getLogger(StreamReservation.class);
  private static final long FIRST_STEP = 1024;
  private static final long LAST_STEP = 16;

  private final RequestResources resources;
  private final Passage passage;
  private final PricedCall call;
  private final Runnable changed;
  private long covered;
  private long step = FIRST_STEP;
  private boolean asking;
  private boolean exhausted;

  /**
   * @param changed called when an extension was granted, or nothing is left
   */
  StreamReservation(
      RequestResources resources, Passage passage, PricedCall call, Runnable changed) {
    this.resources = resources;
    this.passage = passage;
    this.call = call;
    this.changed = changed;
    if (call.units().isPresent()) {
      // does not grow with what passes
      covered = Long.MAX_VALUE / 2;
      return;
    }
    OptionalLong limit = call.outputLimit();
    long reserved = passage.reserved().output();
    // our count of what passes may be well above the provider's where no tokenizer is known: an
    // answer whose whole limit is reserved, which the provider keeps, is not to be cut for that
    covered = limit.isPresent() && reserved >= limit.getAsLong() ? reserved * 4 + 256 : reserved;
  }

  /** Whether so much output is paid for. */
  boolean covers(long output) {
    return output <= covered;
  }

  /** Whether there is nothing left to pay for more than is covered. */
  boolean exhausted() {
    return exhausted;
  }

  /** Output has passed: asks for more when the end of what is covered comes near. */
  void passed(long output) {
    if (!asking && !exhausted && output + FIRST_STEP / 8 > covered) {
      ask(Math.max(covered, output));
    }
  }

  private void ask(long from) {
    asking = true;
    TokenUsage wanted = call.reserving(from + step);
    resources.take(
        passage.extend(wanted), granted -> answered(from, wanted, granted), this::failed);
  }

  private void answered(long from, TokenUsage wanted, boolean granted) {
    asking = false;
    if (granted) {
      covered = wanted.output();
      changed.run();
    } else if (step / 4 >= LAST_STEP) {
      step /= 4;
      ask(from);
    } else {
      exhausted = true;
      changed.run();
    }
  }

  private void failed(Throwable cause) {
    resources.addTo(log.atWarn()).setCause(cause).log("a reservation could not be extended");
    asking = false;
    exhausted = true;
    changed.run();
  }
}
