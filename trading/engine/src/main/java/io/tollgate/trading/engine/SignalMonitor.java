package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Timeframe;
import io.tollgate.data.Transaction;
import io.tollgate.ground.GivenText;
import io.tollgate.trading.engine.execution.Levels;
import io.tollgate.trading.engine.execution.SignalStatus;
import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.exchange.Side;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is asked of whoever looks at bars for signals, and how far it has come. One process of the
 * cluster looks at a time; it need not be this one. Runs in the caller's transaction. Safe for use
 * by many threads.
 */
public interface SignalMonitor {
  /** What is set of it. */
  Terms terms(Transaction transaction);

  /**
   * Sets it, whole; heard within a second.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when a part is not valid
   */
  Terms change(Transaction transaction, UnaryOperator<Terms> change);

  /** How far it has come. */
  State state(Transaction transaction);

  /** How far it has come with each strategy on each pair, by strategy and pair. */
  List<Scan> scans(Transaction transaction);

  /**
   * The signals that were made last, the newest first.
   *
   * @param most 1 to 100
   */
  List<Made> made(Transaction transaction, int most);

  /** Has stops and targets looked at now, by every process that trades, after the commit. */
  void lookAtLevels(Transaction transaction);

  /** What whoever watches stops and targets has done so far. */
  Watched watched(Transaction transaction);

  /**
   * Lets a signal be traded that is held, once.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such signal; {@code
   *     CONFLICT} when it is not held, not any more, or nothing is to be ordered at all
   */
  void release(Transaction transaction, String signal);

  /**
   * What is set.
   *
   * @param running whether it looks
   * @param interval between two looks at a pair at most, whether or not a bar has closed; 5 s to a
   *     day
   * @param sync between two comparisons of an account with its exchange, in the same bounds; empty:
   *     as the program is set
   * @param notifyOnSignal whether signals are told as notices
   */
  record Terms(
      boolean running,
      Mode mode,
      Duration interval,
      Optional<Duration> sync,
      boolean notifyOnSignal) {
    private static final Duration LEAST = Duration.ofSeconds(5);
    private static final Duration MOST = Duration.ofDays(1);

    public Terms {
      requireNonNull(mode, "mode is null");
      requireNonNull(interval, "interval is null");
      requireNonNull(sync, "sync is null");
    }

    /**
     * The same.
     *
     * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when a part of it is not valid
     */
    public Terms checked() {
      check("interval_seconds", interval);
      sync.ifPresent(every -> check("sync_interval_seconds", every));
      return this;
    }

    private static void check(String field, Duration given) {
      if (given.compareTo(LEAST) < 0 || given.compareTo(MOST) > 0) {
        throw GivenText.refused(
            field, Long.toString(given.toSeconds()), LEAST.toSeconds() + " to " + MOST.toSeconds());
      }
    }

    public Terms withRunning(boolean on) {
      return new Terms(on, mode, interval, sync, notifyOnSignal);
    }

    public Terms withMode(Mode other) {
      return new Terms(running, other, interval, sync, notifyOnSignal);
    }
  }

  /** What becomes of signals. */
  enum Mode {
    /** They are told, and nothing is ordered. */
    NOTIFY_ONLY,
    /** Each waits for a word. */
    CONFIRM_EACH,
    AUTO_EXECUTE;

    /** As interfaces write it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The mode of a word.
     *
     * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when there is none
     */
    public static Mode of(String field, String given) {
      for (Mode mode : values()) {
        if (mode.code().equals(given)) {
          return mode;
        }
      }
      throw GivenText.refused(field, given, "notify_only, confirm_each or auto_execute");
    }
  }

  /**
   * How far it has come.
   *
   * @param present whether a process looks, or waits to be told to
   * @param checks rounds in which something was looked at
   */
  record State(
      boolean present,
      Optional<Instant> lastCheck,
      Optional<Instant> lastSignal,
      long signals,
      long checks,
      long errors) {
    public State {
      requireNonNull(lastCheck, "lastCheck is null");
      requireNonNull(lastSignal, "lastSignal is null");
    }
  }

  /**
   * A signal.
   *
   * @param held whether it waits for a word
   */
  record Made(
      String id,
      String code,
      String symbol,
      Side side,
      RiskOrder.Intent intent,
      Optional<BigDecimal> entry,
      Levels levels,
      Optional<BigDecimal> confidence,
      String reason,
      Timeframe timeframe,
      Instant barClosed,
      Instant expires,
      SignalStatus status,
      boolean held,
      Instant createdAt) {
    public Made {
      requireNonNull(id, "id is null");
      requireNonNull(code, "code is null");
      requireNonNull(symbol, "symbol is null");
      requireNonNull(entry, "entry is null");
      requireNonNull(levels, "levels is null");
      requireNonNull(confidence, "confidence is null");
    }
  }

  /**
   * Stops and targets.
   *
   * @param positions that are open and have one
   * @param triggers closes that were ordered as one was reached
   * @param closed of those that were filled
   * @param failed of those that ended otherwise
   */
  record Watched(long positions, long triggers, long closed, long failed) {}

  /**
   * A strategy on a pair.
   *
   * @param firstBar when the bar opened that its state begins with
   * @param lastBar when the bar opened that was seen last
   * @param bars that were seen
   * @param gaps places where the exchange had no bars
   * @param revisions times that the state was made again, as the exchange told a bar otherwise
   * @param late outputs that came too late to be traded
   * @param lastOutcome what became of the last look in a word
   */
  record Scan(
      long strategy,
      String code,
      String symbol,
      Optional<Instant> firstBar,
      Optional<Instant> lastBar,
      long bars,
      long gaps,
      long revisions,
      long late,
      Optional<Instant> coolingUntil,
      Optional<Instant> lastScan,
      Optional<Instant> lastSignal,
      Optional<String> lastOutcome,
      long errors,
      Optional<String> lastError,
      Optional<Instant> lastErrorAt) {
    public Scan {
      requireNonNull(code, "code is null");
      requireNonNull(symbol, "symbol is null");
    }
  }
}
