package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.trading.strategies.NumberParameter;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.WholeParameter;

/** Parameters of what is bought cheap and sold dear, by RSI or by Bollinger's bands. */
final class Oscillator {
  static final WholeParameter RSI_PERIOD =
      new WholeParameter("rsi_period", 14, 1, 1_000, "bars of the RSI");
  static final NumberParameter RSI_OVERBOUGHT =
      new NumberParameter("rsi_overbought", 70, 0, 100, "RSI above which it is dear");
  static final NumberParameter RSI_OVERSOLD =
      new NumberParameter("rsi_oversold", 30, 0, 100, "RSI below which it is cheap");
  static final WholeParameter BOLL_PERIOD =
      new WholeParameter("boll_period", 20, 2, 1_000, "bars of Bollinger's bands");
  static final NumberParameter BOLL_STD =
      new NumberParameter(
          "boll_std", 2, 0.01, 20, "deviations from the middle to Bollinger's bands");

  private Oscillator() {}

  /** What an RSI beyond 30, 25 or 20 adds to the confidence; for a sale beyond 70, 75 or 80. */
  static double extremity(SignalSide side, double rsi, double at30, double at25, double at20) {
    double cheap = side == SignalSide.BUY ? rsi : 100 - rsi;
    if (cheap < 20) {
      return at20;
    }
    if (cheap < 25) {
      return at25;
    }
    return cheap < 30 ? at30 : 0;
  }
}
