package io.tollgate.metering.internal;

import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.Charge;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles until it is done: a database that is away, or a commit of which nothing is known, is
 * asked again, with growing pauses. The caller waits for a while only; the work goes on. As many
 * run at once as there are passages, which is bounded.
 */
final class SettleRetry {
  private static final Logger LOG = LoggerFactory.getLogger(SettleRetry.class);
  private static final long FIRST_PAUSE_MS = 20;
  private static final long LONGEST_PAUSE_MS = 2_000;

  private final Executor executor;
  private final Duration callerWaits;

  SettleRetry(Executor executor, Duration callerWaits) {
    this.executor = executor;
    this.callerWaits = callerWaits;
  }

  void untilDone(
      Supplier<Charge> attempt, ChargeId charge, CompletableFuture<Charge> answer, Runnable ended) {
    attempt(attempt, charge, answer, ended, System.nanoTime(), FIRST_PAUSE_MS);
  }

  private void attempt(
      Supplier<Charge> attempt,
      ChargeId charge,
      CompletableFuture<Charge> answer,
      Runnable ended,
      long startedNanos,
      long pauseMs) {
    executor.execute(
        () -> {
          try {
            Charge settled = attempt.get();
            ended.run();
            answer.complete(settled);
          } catch (RuntimeException e) {
            if (System.nanoTime() - startedNanos >= callerWaits.toNanos()) {
              answer.completeExceptionally(
                  new Refusal(
                      ErrorCode.UNAVAILABLE, "the charge could not be written yet; it will be", e));
            }
            LOG.atWarn()
                .setCause(e)
                .addKeyValue("request_id", charge)
                .addKeyValue("retry_in_ms", pauseMs)
                .log("settling failed; it is tried again");
            CompletableFuture.delayedExecutor(pauseMs, TimeUnit.MILLISECONDS, executor)
                .execute(
                    () ->
                        attempt(
                            attempt,
                            charge,
                            answer,
                            ended,
                            startedNanos,
                            Math.min(LONGEST_PAUSE_MS, pauseMs * 2)));
          } catch (Error e) {
            ended.run();
            answer.completeExceptionally(e);
          }
        });
  }
}
