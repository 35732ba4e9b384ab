package io.tollgate.trading.engine.scan;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.strategies.Bar;
import io.tollgate.trading.strategies.SignalStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A strategy at work on one pair, from a first bar on: the fold that a backtest runs. Bars may come
 * in parts of any size, and again; each is seen once. For one thread.
 */
public final class StrategyScan {
  private final ScanSubject subject;
  private final SignalStrategy strategy;
  private @Nullable Bar last;
  private long firstOpenTime;
  private long bars;
  private long gaps;

  private StrategyScan(ScanSubject subject) {
    this.subject = requireNonNull(subject, "subject is null");
    this.strategy = subject.start();
  }

  /** One that has seen no bar yet. */
  public static StrategyScan fresh(ScanSubject subject) {
    return new StrategyScan(subject);
  }

  static Optional<StrategyScan> restored(ScanSubject subject, ScanState state) {
    StrategyScan scan = new StrategyScan(subject);
    try {
      scan.strategy.restore(state.fold());
    } catch (IllegalArgumentException e) {
      // of another build: it is made again from history
      return Optional.empty();
    }
    scan.last = state.last();
    scan.firstOpenTime = state.firstOpenTime();
    scan.bars = state.bars();
    scan.gaps = state.gaps();
    return Optional.of(scan);
  }

  /**
   * Sees bars, as far as they are new.
   *
   * @param closed oldest first
   * @return what is said of them, in their order
   */
  public List<Said> take(List<Bar> closed) {
    List<Said> said = new ArrayList<>();
    for (Bar bar : closed) {
      Bar before = last;
      if (before != null && bar.openTime() <= before.openTime()) {
        continue;
      }
      if (before == null) {
        firstOpenTime = bar.openTime();
      } else if (bar.openTime() - before.openTime() > subject.timeframe().lengthMs()) {
        gaps++;
      }
      last = bar;
      bars++;
      strategy.onBar(bar).ifPresent(output -> said.add(new Said(bar, output)));
    }
    return said;
  }

  /**
   * Whether the exchange now tells the last bar otherwise than when it was seen, or does not have
   * it any more although it has later ones.
   *
   * @param told from the last bar that was seen on, oldest first
   */
  public boolean contradicted(List<Bar> told) {
    Bar seen = last;
    return seen != null && !told.isEmpty() && !told.getFirst().equals(seen);
  }

  /** The last bar that was seen. */
  public Optional<Bar> last() {
    return Optional.ofNullable(last);
  }

  /**
   * When the first bar opened that was not seen yet, if none is missing; empty before the first.
   */
  public Optional<Long> nextOpenTime() {
    return last().map(bar -> bar.openTime() + subject.timeframe().lengthMs());
  }

  /** What it is kept as; empty before the first bar. */
  public Optional<ScanState> state() {
    return last()
        .map(
            bar ->
                new ScanState(subject.identity(), firstOpenTime, bar, bars, gaps, strategy.save()));
  }
}
