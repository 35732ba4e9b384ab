package io.tollgate.metering.internal;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ticks every shard on its loop a hundred times a second, and ten times a second looks how many
 * records wait to be booked.
 */
final class ShardTicker implements AutoCloseable {
  private static final long PERIOD_MS = 10;
  private static final long LOOK_MS = 100;

  private final ScheduledExecutorService thread;

  private ShardTicker(ScheduledExecutorService thread) {
    this.thread = thread;
  }

  static ShardTicker start(List<OpenShard> shards, Backpressure pressure) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("metering-tick").daemon().factory());
    var unusedTicks =
        thread.scheduleAtFixedRate(
            () -> shards.forEach(OpenShard::tick), PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
    var unusedLooks =
        thread.scheduleAtFixedRate(pressure::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    return new ShardTicker(thread);
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
