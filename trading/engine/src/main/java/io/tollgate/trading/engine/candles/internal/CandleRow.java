package io.tollgate.trading.engine.candles.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.candles.BarFeed;
import io.tollgate.trading.engine.candles.CandleTime;
import io.tollgate.trading.strategies.Bar;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The candle at which a reader stands, checked: prices above 0 that go together, a volume above 0,
 * or 0 where nothing was traded and the price has stood still, and a time after the one before.
 * What is wrong is refused with its place, what was given and what was expected.
 */
public abstract class CandleRow implements BarFeed {
  private static final int COLUMNS = 6;
  private static final int LONGEST_NUMBER = 40;
  private static final String PRICE = "a price above 0, up to 1e15";
  private static final String VOLUME = "a number from 0 to 1e30";
  private static final String MOVED = "above 0, as the price has moved";

  private final double[] values = new double[COLUMNS];
  private long index = -1;
  private long time = Long.MIN_VALUE;
  private int filled;
  private long nextTime;

  protected CandleRow() {}

  /** What a column holds, by its name; empty for one that is not looked at. */
  protected static Optional<CandleColumn> column(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "timestamp", "time", "ts" -> Optional.of(CandleColumn.TIME);
      case "open" -> Optional.of(CandleColumn.OPEN);
      case "high" -> Optional.of(CandleColumn.HIGH);
      case "low" -> Optional.of(CandleColumn.LOW);
      case "close" -> Optional.of(CandleColumn.CLOSE);
      case "volume" -> Optional.of(CandleColumn.VOLUME);
      default -> Optional.empty();
    };
  }

  /** A row begins. */
  protected final void begin() {
    index++;
    filled = 0;
  }

  /** Takes what stands in a column, as text. */
  protected final void fill(CandleColumn column, String given) {
    if (column == CandleColumn.TIME) {
      nextTime =
          CandleTime.parse(given).orElseThrow(() -> refused(column, given, CandleTime.EXPECTED));
    } else {
      values[column.ordinal()] = number(column, given);
    }
    mark(column);
  }

  /** Takes a time that is in milliseconds since 1970 for certain. */
  protected final void fillTime(long timeMs) {
    nextTime =
        CandleTime.bounded(timeMs)
            .orElseThrow(
                () -> refused(CandleColumn.TIME, Long.toString(timeMs), CandleTime.EXPECTED));
    mark(CandleColumn.TIME);
  }

  /** Takes a number that stands in a column of prices or volume. */
  protected final void fill(CandleColumn column, double given) {
    values[column.ordinal()] = given;
    mark(column);
  }

  private void mark(CandleColumn column) {
    int bit = 1 << column.ordinal();
    if ((filled & bit) != 0) {
      throw refused(column, "given twice", "once");
    }
    filled |= bit;
  }

  private double number(CandleColumn column, String given) {
    try {
      if (given.length() <= LONGEST_NUMBER && plain(given)) {
        return Double.parseDouble(given);
      }
    } catch (NumberFormatException e) {
      throw refused(column, given, expected(column));
    }
    throw refused(column, given, expected(column));
  }

  private static boolean plain(String given) {
    for (int i = 0; i < given.length(); i++) {
      if ("0123456789+-.eE".indexOf(given.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /** A row has ended: all of it must be there and go together. */
  protected final void end() {
    for (CandleColumn column : CandleColumn.values()) {
      if ((filled & (1 << column.ordinal())) == 0) {
        throw refusal(place(column) + " is missing (expected: " + expected(column) + ")", column);
      }
      boundary(column);
    }
    if (!Bar.sound(open(), high(), low(), close(), volume())) {
      throw refused(
          CandleColumn.HIGH,
          shown(high()) + " with low " + shown(low()),
          "a high and a low that hold open " + shown(open()) + " and close " + shown(close()));
    }
    if (volume() == 0 && high() > low()) {
      throw refused(CandleColumn.VOLUME, "0", MOVED);
    }
    if (nextTime <= time) {
      throw refused(
          CandleColumn.TIME,
          Instant.ofEpochMilli(nextTime).toString(),
          "after " + Instant.ofEpochMilli(time) + ", that of the row before");
    }
    time = nextTime;
  }

  private void boundary(CandleColumn column) {
    double value = values[column.ordinal()];
    boolean right =
        switch (column) {
          case TIME -> true;
          case OPEN, HIGH, LOW, CLOSE -> value >= Bar.PRICE_MIN && value <= Bar.PRICE_MAX;
          case VOLUME -> value >= 0 && value <= Bar.VOLUME_MAX;
        };
    if (!right) {
      throw refused(column, shown(value), expected(column));
    }
  }

  private static String expected(CandleColumn column) {
    return switch (column) {
      case TIME -> CandleTime.EXPECTED;
      case OPEN, HIGH, LOW, CLOSE -> PRICE;
      case VOLUME -> VOLUME;
    };
  }

  private static String shown(double number) {
    return Double.isFinite(number)
        ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
        : Double.toString(number);
  }

  private Refusal refused(CandleColumn column, String given, String expected) {
    return refusal(
        place(column) + ": " + GivenText.shown(given) + " (expected: " + expected + ")", column);
  }

  private Refusal refusal(String sentence, CandleColumn column) {
    return new Refusal(ErrorCode.VALIDATION_ERROR, sentence).ofField(place(column));
  }

  private String place(CandleColumn column) {
    return place() + "." + column.label();
  }

  /** Where the row stands, for whoever sent it. */
  protected abstract String place();

  /** Rows before this one. */
  protected final long index() {
    return index;
  }

  @Override
  public final long openTime() {
    return time;
  }

  @Override
  public final double open() {
    return values[CandleColumn.OPEN.ordinal()];
  }

  @Override
  public final double high() {
    return values[CandleColumn.HIGH.ordinal()];
  }

  @Override
  public final double low() {
    return values[CandleColumn.LOW.ordinal()];
  }

  @Override
  public final double close() {
    return values[CandleColumn.CLOSE.ordinal()];
  }

  @Override
  public final double volume() {
    return values[CandleColumn.VOLUME.ordinal()];
  }
}
