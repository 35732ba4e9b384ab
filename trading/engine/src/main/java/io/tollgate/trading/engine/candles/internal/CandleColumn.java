package io.tollgate.trading.engine.candles.internal;

/** What a column of candles holds. */
public enum CandleColumn {
  TIME("timestamp"),
  OPEN("open"),
  HIGH("high"),
  LOW("low"),
  CLOSE("close"),
  VOLUME("volume");

  private final String label;

  CandleColumn(String label) {
    this.label = label;
  }

  /** Its name in refusals. */
  String label() {
    return label;
  }
}
