package io.tollgate.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A plot of latencies: how many of 100, of 1,000, of 10,000 are slower than what. */
public final class LatencyCurve {
  /** The shares of requests whose latency is told and drawn. */
  public static final List<Double> SHARES =
      List.of(
          0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999,
          0.9995, 0.9999);

  private static final int LEFT = 70;
  private static final int TOP = 40;
  private static final int WIDTH = 480;
  private static final int HEIGHT = 260;
  private static final List<String> COLOURS = List.of("#2f6f9f", "#b5482f", "#5b8c3a", "#777777");

  private final String title;
  private final List<Line> lines = new ArrayList<>();

  LatencyCurve(String title) {
    this.title = title;
  }

  /**
   * @param micros one for each of {@link #SHARES}
   */
  void add(String name, List<Double> micros) {
    if (micros.size() == SHARES.size()) {
      lines.add(new Line(name, micros));
    }
  }

  String svg() {
    double least = lines.stream().mapToDouble(l -> l.micros.getFirst()).min().orElse(1);
    double max = lines.stream().mapToDouble(l -> l.micros.getLast()).max().orElse(10);
    double low = Math.floor(Math.log10(Math.max(1, least)));
    double high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(10, max))));
    SvgDrawing svg = new SvgDrawing(720, TOP + HEIGHT + 60);
    svg.text(10, 22, title);
    for (double power = low; power <= high; power++) {
      double y = y(Math.pow(10, power), low, high);
      svg.line(LEFT, y, LEFT + WIDTH, y, "#dddddd");
      svg.text(10, y + 4, FigureText.whole(Math.pow(10, power)) + " µs");
    }
    for (double share : new double[] {0.5, 0.9, 0.99, 0.999, 0.9999}) {
      svg.line(x(share), TOP, x(share), TOP + HEIGHT, "#dddddd");
      svg.text(x(share) - 16, TOP + HEIGHT + 18, FigureText.percent(share));
    }
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      String colour = COLOURS.get(i % COLOURS.size());
      StringBuilder points = new StringBuilder();
      for (int at = 0; at < SHARES.size(); at++) {
        points
            .append(FigureText.tenths(x(SHARES.get(at))))
            .append(',')
            .append(FigureText.tenths(y(line.micros.get(at), low, high)))
            .append(' ');
      }
      svg.lines(points.toString().strip(), colour);
      svg.rectangle(LEFT + WIDTH + 20, TOP + i * 22, 14, 14, colour);
      svg.text(LEFT + WIDTH + 40, TOP + i * 22 + 12, line.name);
    }
    svg.text(LEFT, TOP + HEIGHT + 42, "share of requests that took at most so long");
    return svg.end();
  }

  /** Each further nine takes as much room as the one before. */
  private static double x(double share) {
    return LEFT + WIDTH * (-Math.log10(1 - share) / 4);
  }

  private static double y(double micros, double low, double high) {
    return TOP + HEIGHT * (1 - (Math.log10(Math.max(1, micros)) - low) / (high - low));
  }

  private record Line(String name, List<Double> micros) {}
}
