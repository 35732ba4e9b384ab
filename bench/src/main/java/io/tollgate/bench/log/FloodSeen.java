package io.tollgate.bench.log;

import io.tollgate.insight.StandaloneLog;
import io.tollgate.relay.gateway.LoggedRequest;
import io.tollgate.relay.gateway.RequestLog;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * What a flood of refused requests did.
 *
 * @param refused how many came
 * @param perSecond how many came in a second
 * @param nanosEach what one of them cost the event loop
 * @param nanosPaid what one that was paid for cost it meanwhile
 * @param nanosCalm what one that was paid for costs it when nothing else comes
 * @param spoolBytes most that waited on disk
 */
record FloodSeen(
    long refused,
    double perSecond,
    double nanosEach,
    double nanosPaid,
    double nanosCalm,
    long spoolBytes,
    double seconds) {
  private static final int PER_SECOND = 20_000;
  private static final int TICKS = 100;
  private static final int PAID = 20;

  static FloodSeen of(StandaloneLog log, Duration time) {
    MadeRequests made = new MadeRequests(11);
    RequestLog writer = log.writer(100);
    double calm = paid(writer, made, 50);
    long began = System.nanoTime();
    long end = began + time.toNanos();
    long refused = 0;
    long spent = 0;
    double paid = 0;
    long ticks = 0;
    long most = log.spoolBytes();
    while (System.nanoTime() - end < 0) {
      Instant now = Instant.now();
      LoggedRequest[] flood = new LoggedRequest[PER_SECOND / TICKS];
      for (int i = 0; i < flood.length; i++) {
        flood[i] = made.refused(now);
      }
      long from = System.nanoTime();
      for (LoggedRequest each : flood) {
        writer.ended(each);
      }
      spent += System.nanoTime() - from;
      refused += flood.length;
      paid += paid(writer, made, 1);
      ticks++;
      most = Math.max(most, log.spoolBytes());
      long rest = began + ticks * (1_000_000_000L / TICKS) - System.nanoTime();
      if (rest > 0) {
        LockSupport.parkNanos(rest);
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    return new FloodSeen(
        refused, refused / seconds, (double) spent / refused, paid / ticks, calm, most, seconds);
  }

  /** What one that was paid for costs, of so many times a few. */
  private static double paid(RequestLog writer, MadeRequests made, int times) {
    long spent = 0;
    for (int i = 0; i < times; i++) {
      LoggedRequest[] served = new LoggedRequest[PAID];
      for (int j = 0; j < PAID; j++) {
        served[j] = made.next(Instant.now());
      }
      long from = System.nanoTime();
      for (LoggedRequest each : served) {
        writer.ended(each);
      }
      spent += System.nanoTime() - from;
    }
    return (double) spent / times / PAID;
  }

  String text() {
    return """
        %,.0f refused requests a second for %.0f s on one event loop, with %d a second that are paid for: one that is refused \
        costs the loop %.0f ns, one that is paid for %,.0f ns meanwhile, and %,.0f ns when nothing else comes. The spool held \
        %d MiB at most. Of refused ones 100 a second are kept whole and one of a hundred of the others: %,.0f rows a \
        second, which is %,.0f million a day.\
        """
        .formatted(
            perSecond,
            seconds,
            PAID * TICKS,
            nanosEach,
            nanosPaid,
            nanosCalm,
            spoolBytes >> 20,
            kept(),
            kept() * 86_400 / 1e6);
  }

  private double kept() {
    return 100 + (perSecond - 100) / 100;
  }
}
