package io.tollgate.telemetry.internal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spans on their way to the collector, sent by one thread beside those that serve. Nobody waits
 * here: what finds it full is dropped and counted, and so is a batch that was not taken.
 */
public final class SpanQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpanQueue.class);
  private static final int BATCH = 512;
  private static final int LAST_BATCHES_MS = 3000;

  private final BlockingQueue<ExportedSpan> waiting;
  private final int intervalMs;
  private final SpanSender sender;
  private final Counter sent;
  private final Counter overfull;
  private final Counter refused;
  private final Thread thread;
  private volatile boolean closing;

  /**
   * @param max spans that may wait
   * @param intervalMs between two looks at the queue, unless there is a whole batch
   */
  public SpanQueue(int max, int intervalMs, SpanSender sender, MeterRegistry meters) {
    waiting = new ArrayBlockingQueue<>(max);
    this.intervalMs = intervalMs;
    this.sender = sender;
    sent =
        Counter.builder("tollgate.traces.spans.sent")
            .description("Spans that the collector has taken")
            .register(meters);
    overfull = dropped(meters, "queue_full");
    refused = dropped(meters, "not_taken");
    Gauge.builder("tollgate.traces.spans.waiting", waiting, BlockingQueue::size)
        .description("Spans that wait for the collector")
        .register(meters);
    thread = Thread.ofPlatform().daemon().name("traces").unstarted(this::run);
  }

  private static Counter dropped(MeterRegistry meters, String reason) {
    return Counter.builder("tollgate.traces.spans.dropped")
        .description("Spans that nobody will see")
        .tag("reason", reason)
        .register(meters);
  }

  public void start() {
    thread.start();
  }

  /** Never waits. */
  public void offer(ExportedSpan span) {
    if (!waiting.offer(span)) {
      overfull.increment();
    }
  }

  private void run() {
    List<ExportedSpan> batch = new ArrayList<>(BATCH);
    try {
      while (!closing) {
        ExportedSpan first = waiting.poll(intervalMs, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          if (waiting.size() < BATCH) {
            // more of the same request is about to come
            Thread.sleep(intervalMs);
          }
          send(batch);
        }
      }
    } catch (InterruptedException _) {
      // told to end; what waits is sent below
    }
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_BATCHES_MS);
    while ((!waiting.isEmpty() || !batch.isEmpty()) && System.nanoTime() - until < 0) {
      if (!send(batch)) {
        return;
      }
    }
  }

  private boolean send(List<ExportedSpan> batch) {
    waiting.drainTo(batch, BATCH - batch.size());
    int count = batch.size();
    Optional<String> failure;
    try {
      failure = sender.send(List.copyOf(batch));
    } catch (RuntimeException e) {
      failure = Optional.of(e.toString());
    }
    batch.clear();
    if (failure.isEmpty()) {
      sent.increment(count);
      return true;
    }
    refused.increment(count);
    LOG.atWarn()
        .addKeyValue("spans", count)
        .addKeyValue("reason", failure.get())
        .log("the collector did not take a batch of spans");
    return false;
  }

  /** Sends what waits, for some seconds at most. */
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(LAST_BATCHES_MS + 1000L);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sender.close();
  }
}
