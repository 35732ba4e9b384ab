package io.tollgate.trading.engine.report;

import io.tollgate.trading.engine.candles.BarFeed;
import io.tollgate.trading.engine.candles.ForwardedBars;
import java.util.ArrayList;
import java.util.List;

/**
 * Bars that leave the course of their prices behind, in a bounded number of points: each is of as
 * many bars, twice as many each time that there would be too many points. For one thread.
 */
public final class PriceTrace extends ForwardedBars {
  private static final int MOST = 2_000;

  private List<Point> points = new ArrayList<>();
  private long barsEach = 1;
  private long barsInLast;

  public PriceTrace(BarFeed bars) {
    super(bars);
  }

  /**
   * Some bars that follow one another, as one.
   *
   * @param time when the first of them opened, in milliseconds since 1970
   * @param low the lowest price of them
   * @param high the highest
   * @param close of the last
   */
  public record Point(long time, double low, double high, double close) {
    private Point with(double otherLow, double otherHigh, double laterClose) {
      return new Point(time, Math.min(low, otherLow), Math.max(high, otherHigh), laterClose);
    }
  }

  /** The course of all bars of a feed, which is read. */
  public static List<Point> over(BarFeed feed) {
    PriceTrace trace = new PriceTrace(feed);
    while (trace.next()) {
      // each leaves its price behind
    }
    return trace.points();
  }

  /** The course of what has been read. */
  public List<Point> points() {
    return List.copyOf(points);
  }

  @Override
  public boolean next() {
    if (!super.next()) {
      return false;
    }
    if (barsInLast == 0 || barsInLast == barsEach) {
      begin();
    } else {
      points.set(points.size() - 1, points.getLast().with(low(), high(), close()));
      barsInLast++;
    }
    return true;
  }

  private void begin() {
    if (points.size() == MOST) {
      halve();
    }
    points.add(new Point(openTime(), low(), high(), close()));
    barsInLast = 1;
  }

  /** Joins each two of the points, all of which are full. */
  private void halve() {
    List<Point> joined = new ArrayList<>();
    for (int i = 0; i < MOST; i += 2) {
      Point later = points.get(i + 1);
      joined.add(points.get(i).with(later.low(), later.high(), later.close()));
    }
    points = joined;
    barsEach *= 2;
  }
}
