package io.tollgate.billing.internal.charges;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that takes all calls that wait and deals with them together, again and again: while it
 * writes a batch the next one gathers. Of a user all calls go to the same lane, in their order. A
 * lane that has just written for many waits a moment for those who ask again at once: what a batch
 * costs is then shared by twice as many.
 */
final class ChargeLane {
  private static final Logger LOG = LoggerFactory.getLogger(ChargeLane.class);

  /** How long a lane without calls does not see that it is to stop. */
  private static final Duration IDLE = Duration.ofMillis(100);

  private static final Duration STOP_MAX = Duration.ofSeconds(10);

  /** Calls of the batch before, by which a lane is busy. */
  private static final int BUSY = 4;

  private final LinkedBlockingQueue<WaitingCall> queue = new LinkedBlockingQueue<>();
  // short of means: due in the order in which they came
  private final Deque<Later> later = new ArrayDeque<>();
  private final LaneWork work;
  private final int batchMax;
  private final long gatherNanos;
  private final LongSupplier nanoTime;
  private final Thread thread;
  private int lastSize;
  private volatile boolean stopping;

  ChargeLane(String name, LaneWork work, int batchMax, Duration gather, LongSupplier nanoTime) {
    this.work = requireNonNull(work, "work is null");
    this.batchMax = batchMax;
    this.gatherNanos = gather.toNanos();
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::loop);
  }

  void start() {
    thread.start();
  }

  void add(WaitingCall call) {
    queue.add(call);
    if (stopping && !thread.isAlive()) {
      refuse(call);
    }
  }

  /** Takes no more, and deals with what waits. */
  void stop() {
    stopping = true;
  }

  /** Waits until what waited is dealt with. */
  void awaitStopped() {
    try {
      thread.join(STOP_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    queue.forEach(ChargeLane::refuse);
  }

  private void loop() {
    List<WaitingCall> batch = new ArrayList<>();
    while (!stopping || !queue.isEmpty()) {
      batch.clear();
      try {
        gather(batch);
        long due = nanoTime.getAsLong() + ShortCalls.PAUSE.toNanos();
        work.run(batch).forEach(each -> later.add(new Later(each, due)));
      } catch (InterruptedException e) {
        // nobody interrupts a lane: it goes on
        LOG.warn("a lane of charges was interrupted");
      } catch (RuntimeException e) {
        LOG.error("a batch of charges failed", e);
        batch.forEach(each -> each.answer.completeExceptionally(e));
      }
    }
    later.forEach(each -> refuse(each.call));
  }

  private void gather(List<WaitingCall> batch) throws InterruptedException {
    long now = nanoTime.getAsLong();
    while (!later.isEmpty() && later.peek().dueNanos - now <= 0) {
      batch.add(later.remove().call);
    }
    if (batch.isEmpty()) {
      long wait = later.isEmpty() ? IDLE.toNanos() : later.peek().dueNanos - now;
      WaitingCall first = queue.poll(wait, TimeUnit.NANOSECONDS);
      if (first != null) {
        batch.add(first);
      }
    }
    queue.drainTo(batch, Math.max(0, batchMax - batch.size()));
    if (lastSize >= BUSY && !batch.isEmpty()) {
      gatherMore(batch, nanoTime.getAsLong() + gatherNanos);
    }
    lastSize = batch.size();
  }

  private void gatherMore(List<WaitingCall> batch, long until) throws InterruptedException {
    while (batch.size() < batchMax) {
      long left = until - nanoTime.getAsLong();
      WaitingCall next = left > 0 ? queue.poll(left, TimeUnit.NANOSECONDS) : null;
      if (next == null) {
        return;
      }
      batch.add(next);
      queue.drainTo(batch, batchMax - batch.size());
    }
  }

  private static void refuse(WaitingCall call) {
    call.answer.completeExceptionally(
        new Refusal(ErrorCode.UNAVAILABLE, "the process is stopping (expected: a later try)"));
  }

  private record Later(WaitingCall call, long dueNanos) {}
}
