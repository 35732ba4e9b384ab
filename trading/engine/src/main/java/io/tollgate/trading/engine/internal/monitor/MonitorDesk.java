package io.tollgate.trading.engine.internal.monitor;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.trading.engine.Signals;
import io.tollgate.trading.engine.Strategies;
import io.tollgate.trading.engine.scan.SignalRule;
import io.tollgate.trading.exchange.Exchange;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** All that looks at bars for signals, put together in one process. */
public final class MonitorDesk implements AutoCloseable {
  /** A process that takes over does so within about that. */
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final ScanRound round;

  /** What it stands on. */
  public record Below(
      Transactions transactions, Strategies strategies, Signals signals, MarketAccess markets) {
    public Below {
      requireNonNull(transactions, "transactions is null");
      requireNonNull(strategies, "strategies is null");
      requireNonNull(signals, "signals is null");
      requireNonNull(markets, "markets is null");
    }
  }

  /**
   * @param usual whose bars strategies see that are followed on any exchange
   * @param maxAge how long after a bar's close something is entered for it
   * @param random tells this process from others
   * @param nanoTime that never goes back
   */
  public MonitorDesk(
      Below below,
      Exchange usual,
      Duration maxAge,
      ScanMeters meters,
      RandomGenerator random,
      InstantSource clock,
      LongSupplier nanoTime) {
    StoredMonitor monitor = new StoredMonitor(clock);
    MarketTimes times = new MarketTimes(below.markets(), nanoTime);
    PairLook look =
        new PairLook(
            below.transactions(),
            monitor,
            below.signals(),
            below.markets(),
            times,
            new SignalRule(maxAge),
            meters,
            nanoTime);
    this.round =
        new ScanRound(
            below.transactions(),
            monitor,
            new ScanSubjects(below.transactions(), below.strategies(), usual),
            times,
            look,
            meters,
            nanoTime,
            new UUID(random.nextLong(), random.nextLong()).toString());
  }

  /** Looks at what is due, by one process at a time. */
  public RecurringJob job() {
    return new RecurringJob("trading.monitor", EVERY, round::run);
  }

  @Override
  public void close() {
    round.close();
  }
}
