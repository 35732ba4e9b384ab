package io.tollgate.relay.rules.internal;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.Transactions;
import io.tollgate.relay.rules.KeptPrompt;
import io.tollgate.relay.rules.PromptConfig;
import io.tollgate.relay.rules.PromptLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes requests and answers that are to be kept, some at a time, on a thread of its own. What
 * cannot wait any more, or cannot be written, is dropped and counted: no request waits for it.
 */
public final class PromptWriter implements PromptLog, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PromptWriter.class);
  private static final int AT_ONCE = 50;
  private static final long LOOK_MS = 200;
  private static final long CLOSING_MS = 5_000;

  private final PromptConfig config;
  private final PromptTable table;
  private final Transactions transactions;
  private final BlockingQueue<KeptPrompt> waiting;
  private final AtomicLong bytes = new AtomicLong();
  private final Counter kept;
  private final Counter dropped;
  private final Thread thread;
  private volatile boolean closed;

  private PromptWriter(
      PromptConfig config, PromptTable table, Transactions transactions, MeterRegistry registry) {
    this.config = requireNonNull(config, "config is null");
    this.table = requireNonNull(table, "table is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    waiting = new ArrayBlockingQueue<>(config.maxWaiting());
    kept = registry.counter("tollgate.relay.prompts", "result", "kept");
    dropped = registry.counter("tollgate.relay.prompts", "result", "dropped");
    Gauge.builder("tollgate.relay.prompts.waiting", waiting, BlockingQueue::size)
        .register(registry);
    thread = Thread.ofPlatform().daemon().name("relay-prompts").unstarted(this::run);
  }

  public static PromptWriter start(
      PromptConfig config, PromptTable table, Transactions transactions, MeterRegistry registry) {
    PromptWriter writer = new PromptWriter(config, table, transactions, registry);
    writer.thread.start();
    return writer;
  }

  @Override
  public int maxBytes() {
    return config.maxBytes();
  }

  @Override
  public void keep(KeptPrompt prompt) {
    long all = bytes.addAndGet(prompt.bytes());
    if (closed || all > (long) config.memoryMib() << 20 || !waiting.offer(prompt)) {
      bytes.addAndGet(-prompt.bytes());
      dropped.increment();
    }
  }

  private void run() {
    List<KeptPrompt> some = new ArrayList<>();
    try {
      while (!closed || !waiting.isEmpty()) {
        KeptPrompt first = waiting.poll(LOOK_MS, TimeUnit.MILLISECONDS);
        if (first != null) {
          some.add(first);
          waiting.drainTo(some, AT_ONCE - 1);
          write(some);
          some.clear();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<KeptPrompt> some) {
    try {
      boolean _ =
          transactions.write(
              transaction -> {
                table.write(transaction, some);
                return true;
              });
      kept.increment(some.size());
    } catch (RuntimeException e) {
      dropped.increment(some.size());
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("count", some.size())
          .log("requests that were to be kept could not be written; they are dropped");
    } finally {
      some.forEach(prompt -> bytes.addAndGet(-prompt.bytes()));
    }
  }

  /** Writes what waits, as far as that goes in a few seconds. */
  @Override
  public void close() {
    closed = true;
    try {
      if (!thread.join(Duration.ofMillis(CLOSING_MS))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
