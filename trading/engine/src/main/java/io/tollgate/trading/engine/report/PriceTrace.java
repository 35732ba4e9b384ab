package io.tollgate.trading.engine.report;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.backtest.BarFeed;
import java.util.ArrayList;
import java.util.List;

/**
 * Bars that leave a course of their closes behind, in a bounded number of points: at equal
 * distances, which double each time that there would be too many.
 */
public final class PriceTrace implements BarFeed {
  private static final int MOST = 2_000;

  private final BarFeed bars;
  private List<Point> points = new ArrayList<>();
  private long stride = 1;
  private long untilNext = 1;

  public PriceTrace(BarFeed bars) {
    this.bars = requireNonNull(bars, "bars is null");
  }

  /**
   * A close.
   *
   * @param time when its bar opened, in milliseconds since 1970
   */
  public record Point(long time, double close) {}

  /** The course of what has been read. */
  public List<Point> points() {
    return List.copyOf(points);
  }

  @Override
  public boolean next() {
    if (!bars.next()) {
      return false;
    }
    if (--untilNext == 0) {
      untilNext = stride;
      points.add(new Point(bars.openTime(), bars.close()));
      if (points.size() == MOST) {
        thin();
      }
    }
    return true;
  }

  private void thin() {
    List<Point> kept = new ArrayList<>();
    for (int i = 0; i < MOST; i += 2) {
      kept.add(points.get(i));
    }
    points = kept;
    stride *= 2;
  }

  @Override
  public long openTime() {
    return bars.openTime();
  }

  @Override
  public double open() {
    return bars.open();
  }

  @Override
  public double high() {
    return bars.high();
  }

  @Override
  public double low() {
    return bars.low();
  }

  @Override
  public double close() {
    return bars.close();
  }

  @Override
  public double volume() {
    return bars.volume();
  }
}
