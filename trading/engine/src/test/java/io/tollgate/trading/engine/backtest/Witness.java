package io.tollgate.trading.engine.backtest;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a run tells. */
final class Witness implements BacktestListener {
  final List<BacktestTrade> trades = new ArrayList<>();
  final List<DropReason> dropped = new ArrayList<>();
  final List<Double> equity = new ArrayList<>();

  @Override
  public void closed(BacktestTrade trade) {
    trades.add(trade);
  }

  @Override
  public void dropped(DropReason reason) {
    dropped.add(reason);
  }

  @Override
  public void equity(long openTime, double at, double balance) {
    equity.add(at);
  }
}
