package io.tollgate.metering.internal.settlement;

import io.tollgate.metering.internal.meterlog.LogStopped;
import io.tollgate.metering.internal.meterlog.LogWriter;
import io.tollgate.metering.internal.settlement.SettlementStep.Ended;
import io.tollgate.metering.internal.settlement.SettlementStep.Idle;
import io.tollgate.metering.internal.settlement.SettlementStep.Later;
import io.tollgate.metering.internal.settlement.SettlementStep.More;
import io.tollgate.metering.internal.settlement.SettlementStep.Moved;
import io.tollgate.metering.internal.settlement.SettlementStep.Stopped;
import io.tollgate.metering.internal.settlement.SettlementStep.TakeOverFirst;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles the logs of one process on one thread: every 100 ms, or when it is poked, what the
 * running logs hold; behind them the backlog of logs that were taken over. Where that takes long it
 * comes less often, up to every two seconds: the more charges of an account a batch has, the less
 * each of them costs. Safe for several threads.
 */
public final class SettlementDriver {
  /** Unsettled records at which a shard pokes. */
  public static final int POKE_RECORDS = 20_000;

  private static final Logger LOG = LoggerFactory.getLogger(SettlementDriver.class);
  private static final Duration ROUND = Duration.ofMillis(100);
  private static final Duration LONGEST_ROUND = Duration.ofSeconds(2);

  /** A round is at least so many times as long as what is done in it. */
  private static final int ROUND_BY_WORK = 6;

  private static final Duration COMPARE = Duration.ofSeconds(5);
  private static final long AWAIT_NANOS = 2_000_000L;
  private static final int MAX_STEPS = 16;

  private final OldLogCare care;
  private final Clock clock;
  private final Consumer<RuntimeException> fatal;
  private final List<SettledLog> live = new CopyOnWriteArrayList<>();
  private final List<SettledLog> backlog = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Boolean> pokes = new ArrayBlockingQueue<>(1);
  private final Thread thread;
  private volatile long strays;
  private volatile boolean resting;
  private volatile boolean stopping;
  private volatile long stopAt;

  /**
   * @param retention how long segments are kept that nobody needs
   * @param fatal told when a running log can no longer be trusted: the process has to end
   */
  public SettlementDriver(
      OldLogs old, Clock clock, Duration retention, Consumer<RuntimeException> fatal) {
    this.care = new OldLogCare(old, clock, retention, COMPARE);
    this.clock = clock;
    this.fatal = fatal;
    this.thread = Thread.ofPlatform().daemon().name("settler").unstarted(this::run);
  }

  /**
   * Begins.
   *
   * @param recovered what {@link OldLogs#recover} left to settle
   */
  public void start(Collection<LogSettlement> recovered) {
    recovered.forEach(this::settleAlso);
    thread.start();
  }

  private void settleAlso(LogSettlement old) {
    backlog.add(new SettledLog(old, Optional.empty()));
  }

  /** Settles a log of this process from now on. */
  public void add(LogSettlement settlement, LogWriter writer) {
    live.add(new SettledLog(settlement, Optional.of(writer)));
  }

  /** There is enough to settle: do not wait for the next round. Never blocks. */
  public void poke() {
    var _ = pokes.offer(true);
  }

  /** Records of running logs that are not in the books. */
  public long unsettledRecords() {
    return live.stream().mapToLong(SettledLog::lag).sum();
  }

  /** Records of earlier processes' logs that are not in the books. */
  public long backlogRecords() {
    return backlog.stream().mapToLong(SettledLog::lag).sum();
  }

  /** Results that logs have and whose intents are gone: they are not in the books. */
  public long strays() {
    return strays
        + live.stream().mapToLong(SettledLog::strays).sum()
        + backlog.stream().mapToLong(SettledLog::strays).sum();
  }

  /** How long ago the oldest result ended that is not in the books; zero when all are. */
  public Duration oldestUnsettled() {
    Optional<Instant> oldest =
        live.stream().flatMap(log -> log.oldest().stream()).min(Comparator.naturalOrder());
    Duration age = oldest.map(at -> Duration.between(at, clock.instant())).orElse(Duration.ZERO);
    return age.isNegative() ? Duration.ZERO : age;
  }

  /**
   * Settles what is left in the running logs, which the caller has closed, and ends.
   *
   * @return whether all of it is in the books; if not, the next start settles the rest
   */
  public boolean stop(Duration within) {
    stopAt = System.nanoTime() + within.toNanos();
    stopping = true;
    poke();
    try {
      return thread.join(within.plus(ROUND)) && isAtEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isAtEnd() {
    return live.stream().allMatch(SettledLog::atEnd);
  }

  private void run() {
    try {
      while (true) {
        // what was written before it was told to stop is seen by the round after
        boolean last = stopping;
        long begun = System.nanoTime();
        long before = booked();
        boolean more = round();
        if (last && (System.nanoTime() - stopAt >= 0 || isAtEnd())) {
          return;
        }
        if (!more) {
          await(begun, booked() != before);
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("the settler was interrupted and ends; the next start settles the rest");
    } catch (RuntimeException | Error e) {
      fatal.accept(new IllegalStateException("the settler failed: " + e, e));
    }
  }

  /**
   * Waits for the next round. Who had nothing to do is woken by the first result, so that a quiet
   * system books at once; who had waits the round out, so that a busy one books in batches.
   */
  private void await(long begun, boolean anyBooked) throws InterruptedException {
    resting = !anyBooked;
    long worked = System.nanoTime() - begun;
    long round = Math.clamp(worked * ROUND_BY_WORK, ROUND.toNanos(), LONGEST_ROUND.toNanos());
    long leftMs = (round - worked) / 1_000_000;
    var _ = pokes.poll(Math.max(1, leftMs), TimeUnit.MILLISECONDS);
    resting = false;
  }

  private long booked() {
    return live.stream().mapToLong(SettledLog::settledThrough).sum();
  }

  /** Whether there was nothing to settle lately: the next result is worth a poke. */
  public boolean isResting() {
    return resting;
  }

  /**
   * Waits until what is in the running logs now is in the books. Blocks.
   *
   * @return whether it is, within that time
   */
  public boolean awaitBooked(Duration max) {
    long deadline = System.nanoTime() + max.toNanos();
    List<SettledLog> waiting = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    for (SettledLog log : live) {
      long last = log.lastResult();
      if (log.settledThrough() < last) {
        waiting.add(log);
        ends.add(last);
      }
    }
    for (int i = 0; i < waiting.size(); i++) {
      SettledLog log = waiting.get(i);
      while (!log.isDone() && log.settledThrough() < ends.get(i)) {
        if (System.nanoTime() - deadline >= 0) {
          return false;
        }
        poke();
        LockSupport.parkNanos(AWAIT_NANOS);
      }
    }
    return true;
  }

  /** Answers whether to come again at once. */
  private boolean round() {
    boolean more = false;
    for (SettledLog log : live) {
      more |= advance(log, MAX_STEPS);
    }
    if (!stopping) {
      for (SettledLog log : backlog) {
        more |= advance(log, 1);
      }
      strays += backlog.stream().filter(SettledLog::atEnd).mapToLong(SettledLog::strays).sum();
      backlog.removeIf(SettledLog::atEnd);
      care.forgotten(ids(live, backlog)).forEach(this::settleAlso);
      care.tidy(ids(live));
    }
    return more;
  }

  @SafeVarargs
  private static Set<UUID> ids(List<SettledLog>... logs) {
    return Stream.of(logs).flatMap(List::stream).map(SettledLog::id).collect(Collectors.toSet());
  }

  private boolean advance(SettledLog log, int steps) {
    long now = System.nanoTime();
    if (log.isDone() || !log.isDue(now)) {
      return false;
    }
    try {
      log.force();
    } catch (LogStopped e) {
      log.done();
      fatal.accept(e);
      return false;
    }
    for (int i = 0; i < steps; i++) {
      SettlementStep step = log.step();
      if (!took(log, step)) {
        return false;
      }
    }
    return true;
  }

  /** Answers whether the log is to be stepped again at once. */
  private boolean took(SettledLog log, SettlementStep step) {
    long now = System.nanoTime();
    return switch (step) {
      case More _ -> {
        log.answered(now);
        yield true;
      }
      case Moved moved -> {
        LOG.warn("{}; going on from there", moved.what());
        log.answered(now);
        yield true;
      }
      case Idle _ -> {
        yield log.isQuiet(now, COMPARE) && compare(log);
      }
      case Later later -> {
        log.failed(now, later);
        yield false;
      }
      case Ended _ -> {
        log.done();
        yield false;
      }
      case TakeOverFirst _ -> {
        log.done();
        care.takeOverAgain(log.id()).ifPresent(this::settleAlso);
        yield false;
      }
      case Stopped stopped -> {
        log.done();
        LOG.error("settling has stopped: {}", stopped.why());
        if (log.isLive()) {
          fatal.accept(new IllegalStateException(stopped.why()));
        }
        yield false;
      }
    };
  }

  private boolean compare(SettledLog log) {
    SettlementStep step = log.compare();
    if (step instanceof Idle) {
      log.answered(System.nanoTime());
      return false;
    }
    return took(log, step);
  }
}
