package io.tollgate.trading.engine.risk;

import java.util.Locale;

/** A pair in one spelling: {@code BTC/USDT}, {@code btcusdt} and {@code BTC/USDT:USDT} are one. */
record PairName(String letters) {
  static PairName of(String symbol) {
    int settled = symbol.indexOf(':');
    String pair = settled < 0 ? symbol : symbol.substring(0, settled);
    return new PairName(pair.replaceAll("[/_.-]", "").toUpperCase(Locale.ROOT));
  }
}
