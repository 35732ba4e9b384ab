package io.tollgate.trading.engine.backtest.internal;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.engine.backtest.BacktestListener;
import io.tollgate.trading.engine.backtest.BacktestOutcome;
import io.tollgate.trading.engine.backtest.BacktestTerms;
import io.tollgate.trading.engine.backtest.DropReason;
import io.tollgate.trading.engine.candles.BarBatch;
import io.tollgate.trading.engine.candles.BarFeed;
import io.tollgate.trading.strategies.SignalStrategy;
import io.tollgate.trading.strategies.StrategyOutput;
import java.util.Optional;

/** One run, from the first bar to the last. */
public final class Run {
  private final SignalStrategy strategy;
  private final long lengthMs;
  private final BacktestTerms terms;
  private final BacktestListener listener;
  private final Account account;
  private final Book book;
  private final Orders orders;
  private final FundingTimes funding;
  private final long firstOutput;
  private double peak;

  /** The lowest equity since the peak: no other makes the fall from it deeper. */
  private double trough;

  private double drawdown;
  private double drawdownPct;
  private boolean halted;

  public Run(
      SignalStrategy strategy,
      Timeframe timeframe,
      BacktestTerms terms,
      BacktestListener listener) {
    this.strategy = strategy;
    this.lengthMs = timeframe.lengthMs();
    this.terms = terms;
    this.listener = listener;
    this.account = new Account(terms, listener);
    this.book = new Book(terms, listener, account);
    this.orders = new Orders(terms.fillDelayBars(), listener);
    this.funding = new FundingTimes(terms.fundingRate(), terms.funding());
    this.firstOutput = Math.max(terms.lookback(), strategy.bars() - 1);
    this.peak = account.measure();
    this.trough = peak;
  }

  /** Reads all bars. */
  public BacktestOutcome over(BarFeed bars) {
    long index = -1;
    long gaps = 0;
    long last = 0;
    double close = Double.NaN;
    BarBatch batch = new BarBatch();
    int count;
    do {
      count = bars.read(batch);
      for (int i = 0; i < count; i++) {
        index++;
        long time = batch.openTime(i);
        close = batch.close(i);
        if (index == 0) {
          funding.startAt(time);
        } else if (time - last > lengthMs) {
          gaps++;
        }
        last = time;
        bar(index, time, batch.open(i), batch.high(i), batch.low(i), close, batch.volume(i));
      }
    } while (count == BarBatch.ROOM);
    if (index >= 0) {
      orders.dropAll(DropReason.NO_BAR);
      book.end(close, last + lengthMs);
    }
    return new BacktestOutcome(
        index + 1,
        gaps,
        terms.initialBalance(),
        account.balance(),
        account.fees(),
        account.funding(),
        peak,
        drawdown,
        drawdownPct);
  }

  private void bar(
      long index, long time, double open, double high, double low, double close, double volume) {
    while (funding.next() <= time) {
      book.fund(open, funding.take());
    }
    if (!orders.isEmpty()) {
      if (halted()) {
        orders.dropEntries(DropReason.HALTED);
      }
      orders.fillAt(index, time, open, high, low, book);
    }
    if (!book.isEmpty()) {
      book.exit(index, time, open, high, low);
    }
    while (funding.next() < time + lengthMs) {
      book.fund(close, funding.take());
    }
    Optional<StrategyOutput> output = strategy.onBar(time, open, high, low, close, volume);
    if (output.isPresent() && index >= firstOutput) {
      orders.take(output.get(), index);
      if (halted()) {
        orders.dropEntries(DropReason.HALTED);
      }
      orders.fillAtClose(index, time + lengthMs, close, book);
    }
    measure(time, close);
  }

  private boolean halted() {
    return halted
        || terms.maxConsecutiveLosses() > 0 && account.losses() >= terms.maxConsecutiveLosses();
  }

  private void measure(long time, double close) {
    double balance = account.measure();
    double equity = book.isEmpty() ? balance : balance + book.openProfit(close);
    if (equity > peak) {
      peak = equity;
      trough = equity;
    } else if (equity < trough) {
      trough = equity;
      double fall = (peak - equity) / peak * 100;
      if (fall > drawdownPct) {
        drawdownPct = fall;
        drawdown = peak - equity;
      }
      halted |= terms.maxDrawdownPct() > 0 && fall >= terms.maxDrawdownPct();
    }
    listener.equity(time, equity, balance);
  }
}
