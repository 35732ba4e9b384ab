package io.tollgate.trading.engine.search;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.backtest.BacktestResult;
import io.tollgate.trading.engine.backtest.BacktestTerms;
import io.tollgate.trading.engine.backtest.EquityMark;
import io.tollgate.trading.engine.backtest.RunControl;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Searches on some bars and trades what was found best on those after them, again and again. What
 * is traded is never searched before: a fold's test begins where its training ends. Before a test
 * the strategy sees the {@code lookback} bars that lead up to it, of which it trades none. Each
 * test goes on with the balance that the one before left.
 *
 * @param trainBars searched in each fold
 * @param testBars traded in each fold
 * @param stepBars from one fold to the next
 */
public record WalkForward(int trainBars, int testBars, int stepBars) {
  /** Folds that there may be. */
  public static final int MOST_FOLDS = 100;

  private static final int MOST_MARKS = 20;

  /**
   * @throws IllegalArgumentException when one is below 1, or tests would overlap
   */
  public WalkForward {
    if (trainBars < 1 || testBars < 1 || stepBars < testBars) {
      throw new IllegalArgumentException(
          "train_bars, test_bars, step_bars: "
              + trainBars
              + ", "
              + testBars
              + ", "
              + stepBars
              + " (expected: 1 or more, steps not below test_bars)");
    }
  }

  /**
   * One of them. Bars are told by index; the last is not of it.
   *
   * @param best found in the training
   * @param outScore what it came to in the test
   */
  public record Fold(
      int trainFrom, int trainTo, int testFrom, int testTo, Found best, BigDecimal outScore) {}

  /**
   * All of them.
   *
   * @param equityCurve of the tests, one after another
   */
  public record Walk(List<Fold> folds, List<EquityMark> equityCurve) {
    public Walk {
      folds = List.copyOf(folds);
      equityCurve = List.copyOf(equityCurve);
    }
  }

  /** How many whole folds so many bars have. */
  public int folds(int bars) {
    int first = bars - trainBars - testBars;
    return first < 0 ? 0 : first / stepBars + 1;
  }

  /**
   * Bars that are read in all.
   *
   * @param combinations that are run in each training, at most
   */
  public long barsRead(int bars, long combinations) {
    return (long) folds(bars) * ((long) trainBars * combinations + testBars);
  }

  /**
   * Walks over all candles.
   *
   * @param searcher that looks for what is best on the bars of a training
   * @throws Refusal {@code INSUFFICIENT_DATA} when there is not one whole fold, or the training has
   *     no more bars than the lookback; {@code INVALID_REQUEST} when there are too many
   */
  public Walk over(SearchTask task, Searcher searcher, RunControl control) {
    int bars = task.candles().size();
    int count = folds(bars);
    require(count, bars, task.terms().lookback());
    List<Fold> folds = new ArrayList<>();
    List<EquityMark> curve = new ArrayList<>();
    BigDecimal balance = task.terms().initialBalance();
    double peak = balance.doubleValue();
    for (int i = 0; i < count && balance.signum() > 0; i++) {
      int trainFrom = i * stepBars;
      int testFrom = trainFrom + trainBars;
      List<Found> ranked = searcher.ranked(trainFrom, testFrom, control).found();
      if (ranked.isEmpty()) {
        continue;
      }
      Found best = ranked.getFirst();
      BacktestTerms terms = task.terms().withInitialBalance(balance);
      BacktestResult test =
          task.run(
              task.settings(best.params()),
              testFrom - terms.lookback(),
              testFrom + testBars,
              terms,
              control);
      folds.add(
          new Fold(
              trainFrom, testFrom, testFrom, testFrom + testBars, best, task.score().of(test)));
      stitch(test, task.candles().openTime(testFrom), peak, curve);
      peak = Math.max(peak, test.outcome().peakEquity());
      balance = test.outcome().finalBalance();
    }
    return new Walk(folds, curve);
  }

  private void require(int count, int bars, int lookback) {
    if (count < 1 || trainBars <= lookback) {
      throw new Refusal(
              ErrorCode.INSUFFICIENT_DATA,
              "walk_forward: "
                  + trainBars
                  + " bars to train and "
                  + testBars
                  + " to test of "
                  + bars
                  + " (expected: one fold at least, and more to train than the lookback of "
                  + lookback
                  + ")")
          .ofField("walk_forward");
    }
    if (count > MOST_FOLDS) {
      throw new Refusal(
              ErrorCode.INVALID_REQUEST,
              "walk_forward: " + count + " folds (expected: at most " + MOST_FOLDS + ")")
          .ofField("walk_forward");
    }
  }

  /** Adds some of a test's marks, its end among them. */
  private static void stitch(BacktestResult test, long from, double peak, List<EquityMark> curve) {
    List<EquityMark> marks =
        test.equityCurve().stream().filter(mark -> mark.time() > from).toList();
    int stride = Math.ceilDiv(marks.size(), MOST_MARKS);
    for (int i = marks.size() - 1 - (marks.size() - 1) / stride * stride;
        i < marks.size();
        i += stride) {
      curve.add(marks.get(i).after(peak));
    }
  }
}
