package io.tollgate.metering.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.Passage;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.Passages;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses new requests while too many records wait to be booked: what is recorded faster than it is
 * booked fills the disk. Lets them through again when a tenth of those is booked. Looked after on
 * one thread, asked on event loops.
 */
final class Backpressure {
  private static final Logger LOG = LoggerFactory.getLogger(Backpressure.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final long max;
  private final LongSupplier unsettled;
  private volatile boolean full;

  /**
   * @param max records that may wait
   * @param unsettled records that wait
   */
  Backpressure(long max, LongSupplier unsettled) {
    this.max = max;
    this.unsettled = unsettled;
  }

  /** To be called now and then. */
  void look() {
    long waiting = unsettled.getAsLong();
    if (!full && waiting >= max) {
      full = true;
      LOG.atError()
          .addKeyValue("records", waiting)
          .addKeyValue("max", max)
          .log("so many records wait to be booked that no request is let through");
    } else if (full && waiting <= max - max / 10) {
      full = false;
      LOG.atInfo().addKeyValue("records", waiting).log("requests are let through again");
    }
  }

  boolean isFull() {
    return full;
  }

  /** Those passages, while there is no such pressure. */
  Passages over(Passages passages) {
    return new Passages() {
      @Override
      public CompletionStage<Passage> open(PassageRequest request) {
        return full ? CompletableFuture.failedStage(tooMuch()) : passages.open(request);
      }

      @Override
      public CompletionStage<?> check(PassageRequest request) {
        return full ? CompletableFuture.failedStage(tooMuch()) : passages.check(request);
      }
    };
  }

  private static Refusal tooMuch() {
    return new Refusal(ErrorCode.UNAVAILABLE, "too many earlier requests wait to be booked")
        .withRetryAfter(AGAIN);
  }
}
