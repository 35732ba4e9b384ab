package io.tollgate.trading.engine.report;

import io.tollgate.trading.engine.report.Ticks.Tick;
import java.util.List;
import java.util.Locale;

/**
 * A plot: courses over time, with marks on them. Shapes are stretched to the width that there is;
 * words beside the axes are not.
 */
final class Plot {
  private static final int WIDTH = 1_000;
  private static final int HEIGHT = 240;
  private static final double ROOM = 0.03;

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
    double room = most > least ? (most - least) * ROOM : Math.max(Math.abs(most), 1) * ROOM;
    this.least = least - room;
    this.most = most + room;
  }

  /** A place on a plot. */
  record Spot(long time, double value) {}

  void line(String style, List<Spot> course) {
    shapes.append("<polyline class=\"").append(style).append("\" points=\"");
    course.forEach(spot -> shapes.append(place(spot)).append(' '));
    shapes.append("\"/>");
  }

  /** What lies between two courses over the same times. */
  void area(String style, List<Spot> upper, List<Spot> lower) {
    shapes.append("<polygon class=\"").append(style).append("\" points=\"");
    upper.forEach(spot -> shapes.append(place(spot)).append(' '));
    lower.reversed().forEach(spot -> shapes.append(place(spot)).append(' '));
    shapes.append("\"/>");
  }

  void stroke(String style, Spot begin, Spot end) {
    shapes
        .append("<path class=\"")
        .append(style)
        .append("\" d=\"M")
        .append(place(begin))
        .append('L')
        .append(place(end))
        .append("\"/>");
  }

  /** A round mark; a line without a length stays round however the plot is stretched. */
  void dot(String style, Spot spot, String title) {
    shapes
        .append("<path class=\"dot ")
        .append(style)
        .append("\" d=\"M")
        .append(place(spot))
        .append("h0\"><title>")
        .append(title)
        .append("</title></path>");
  }

  private double across(double time) {
    return (time - from) / (to - from);
  }

  private double down(double value) {
    return (most - value) / (most - least);
  }

  private String place(Spot spot) {
    return String.format(
        Locale.ROOT, "%.1f,%.1f", across(spot.time()) * WIDTH, down(spot.value()) * HEIGHT);
  }

  /** The whole of it. */
  String html(String label) {
    StringBuilder html = new StringBuilder("<div class=\"frame\">");
    html.append("<svg role=\"img\" preserveAspectRatio=\"none\" aria-label=\"").append(label);
    html.append("\" viewBox=\"0 0 ").append(WIDTH).append(' ').append(HEIGHT).append("\">");
    StringBuilder words = new StringBuilder();
    for (Tick tick : Ticks.values(least, most)) {
      double y = down(tick.at());
      html.append(
          String.format(Locale.ROOT, "<path class=\"grid\" d=\"M0,%.1fH%d\"/>", y * HEIGHT, WIDTH));
      words.append(word("y", "top", y, tick.label()));
    }
    boolean second = false;
    for (Tick tick : Ticks.times(from, to)) {
      words.append(word(second ? "x second" : "x", "left", across(tick.at()), tick.label()));
      second = !second;
    }
    return html.append(shapes).append("</svg>").append(words).append("</div>\n").toString();
  }

  private static String word(String style, String side, double share, String label) {
    return String.format(
        Locale.ROOT,
        "<span class=\"%s\" style=\"%s:%.2f%%\">%s</span>",
        style,
        side,
        share * 100,
        label);
  }
}
