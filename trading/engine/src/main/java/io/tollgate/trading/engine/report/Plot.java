package io.tollgate.trading.engine.report;

import java.util.Locale;

/** A plot in SVG: a course over time, with marks on it. */
final class Plot {
  private static final int WIDTH = 1_000;
  private static final int HEIGHT = 240;
  private static final int LEFT = 90;
  private static final int EDGE = 14;

  private final StringBuilder shapes = new StringBuilder();
  private final long from;
  private final long to;
  private final double least;
  private final double most;

  /**
   * @param from time at the left, in milliseconds since 1970
   * @param least value at the bottom
   */
  Plot(long from, long to, double least, double most) {
    this.from = from;
    this.to = Math.max(to, from + 1);
    double room = most > least ? (most - least) * 0.03 : Math.max(Math.abs(most), 1) * 0.01;
    this.least = least - room;
    this.most = most + room;
  }

  void line(String style, Iterable<double[]> course) {
    shapes.append("<polyline class=\"").append(style).append("\" points=\"");
    for (double[] point : course) {
      shapes.append(place(point[0], point[1])).append(' ');
    }
    shapes.append("\"/>");
  }

  void dot(String style, long time, double value, String title) {
    String[] at = place(time, value).split(",", -1);
    shapes
        .append("<circle class=\"")
        .append(style)
        .append("\" r=\"3.5\" cx=\"")
        .append(at[0])
        .append("\" cy=\"")
        .append(at[1])
        .append("\"><title>")
        .append(title)
        .append("</title></circle>");
  }

  private String place(double time, double value) {
    double x = LEFT + (time - from) / (to - from) * (WIDTH - LEFT - EDGE);
    double y = EDGE + (most - value) / (most - least) * (HEIGHT - 2 * EDGE);
    return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
  }

  /** The whole of it, with the values at its edges. */
  String svg(String label) {
    StringBuilder svg = new StringBuilder();
    svg.append("<svg role=\"img\" aria-label=\"").append(label).append("\" viewBox=\"0 0 ");
    svg.append(WIDTH).append(' ').append(HEIGHT).append("\">");
    for (int i = 0; i <= 4; i++) {
      double value = least + (most - least) * i / 4;
      double y = HEIGHT - EDGE - (HEIGHT - 2.0 * EDGE) * i / 4;
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                  + "<text x=\"%d\" y=\"%.1f\">%.6g</text>",
              LEFT,
              WIDTH - EDGE,
              y,
              y,
              LEFT - 8,
              y + 4,
              value));
    }
    return svg.append(shapes).append("</svg>").toString();
  }
}
