package io.tollgate.metering.internal.settlement;

import io.tollgate.metering.internal.meterlog.LogWriter;
import io.tollgate.metering.internal.settlement.SettlementStep.Idle;
import io.tollgate.metering.internal.settlement.SettlementStep.Later;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log on the driver's list. Stepped by the driver's thread; its numbers are read by any. */
final class SettledLog {
  private static final Logger LOG = LoggerFactory.getLogger(SettledLog.class);
  private static final Duration SAY_AGAIN = Duration.ofSeconds(30);

  private final LogSettlement settlement;
  private final Optional<LogWriter> writer;
  private long dueAt = System.nanoTime();
  private long answeredAt = dueAt;
  private long saidAt;
  private boolean failing;
  private volatile boolean done;
  private volatile boolean rests;
  private volatile long through;
  private volatile long settled;
  private volatile Optional<Instant> oldest = Optional.empty();
  private volatile long strays;

  SettledLog(LogSettlement settlement, Optional<LogWriter> writer) {
    this.settlement = settlement;
    this.writer = writer;
    this.through = settlement.end().orElse(0);
    this.settled = settlement.settled().sequence();
  }

  UUID id() {
    return settlement.log();
  }

  boolean isLive() {
    return writer.isPresent();
  }

  boolean isDone() {
    return done;
  }

  void done() {
    done = true;
  }

  /** Whether no result is left to settle; open intents may be, which the next start deals with. */
  boolean atEnd() {
    return done || (isLive() && rests && oldest.isEmpty());
  }

  /** Number of the last record that is in the books. */
  long settledThrough() {
    return settled;
  }

  /** Number of the last result that has been handed to the log. */
  long lastResult() {
    return writer.map(LogWriter::lastResult).orElse(through);
  }

  /** Records up to the last result that are not in the books, whether on disk by now or not. */
  long lag() {
    return Math.max(0, lastResult() - settled);
  }

  /** Results that were passed over, since their intents are gone. */
  long strays() {
    return strays;
  }

  Optional<Instant> oldest() {
    return oldest;
  }

  boolean isDue(long now) {
    return now - dueAt >= 0;
  }

  boolean isQuiet(long now, Duration length) {
    return now - answeredAt >= length.toNanos();
  }

  /** What was written is on disk afterwards. */
  void force() {
    writer.ifPresent(
        log -> {
          long now = log.onDisk();
          rests &= now == through;
          through = now;
        });
  }

  SettlementStep step() {
    SettlementStep step = settlement.step(through);
    rests = step instanceof Idle;
    look();
    return step;
  }

  SettlementStep compare() {
    SettlementStep step = settlement.compare();
    look();
    return step;
  }

  private void look() {
    settled = settlement.settled().sequence();
    oldest = settlement.oldest();
    if (settlement.strays() > strays) {
      strays = settlement.strays();
      LOG.atError()
          .addKeyValue("log", id())
          .addKeyValue("results", strays)
          .log("results are passed over: their intents were in segments that went since");
    }
  }

  void answered(long now) {
    answeredAt = now;
    if (failing) {
      failing = false;
      LOG.info("log {} is settled again", id());
    }
  }

  void failed(long now, Later later) {
    dueAt = now + later.pause().toNanos();
    if (!failing || now - saidAt >= SAY_AGAIN.toNanos()) {
      failing = true;
      saidAt = now;
      LOG.atWarn()
          .setCause(later.why())
          .addKeyValue("log", id())
          .addKeyValue("unsettled", lag())
          .log("a log could not be settled; tried again");
    }
  }
}
