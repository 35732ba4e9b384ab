package io.tollgate.bench;

import java.util.ArrayList;
import java.util.List;

/** Horizontal bars in two shades, as SVG. */
final class Bars {
  private static final int LEFT = 110;
  private static final int WIDTH = 480;
  private static final int HIGH = 34;
  private static final int TOP = 40;

  private final String title;
  private final List<Bar> bars = new ArrayList<>();

  Bars(String title) {
    this.title = title;
  }

  void add(String name, double own, double more) {
    bars.add(new Bar(name, own, more));
  }

  String svg() {
    double most = Math.max(1, bars.stream().mapToDouble(b -> b.own + b.more).max().orElse(1));
    int height = TOP + bars.size() * HIGH + 34;
    StringBuilder svg =
        new StringBuilder(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"720\" height=\""
                + height
                + "\" font-family=\"sans-serif\" font-size=\"13\">\n"
                + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    text(svg, 10, 22, title);
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      int y = TOP + i * HIGH;
      double own = WIDTH * bar.own / most;
      double more = WIDTH * bar.more / most;
      text(svg, 10, y + 18, bar.name);
      rectangle(svg, LEFT, y, own, "#2f6f9f");
      rectangle(svg, LEFT + own, y, more, "#c9a24b");
      String label = Figures.whole(bar.own) + (bar.more > 0 ? " + " + Figures.whole(bar.more) : "");
      text(svg, LEFT + own + more + 6, y + 18, label);
    }
    text(svg, LEFT, height - 10, "blue: the process itself; yellow: PostgreSQL");
    return svg.append("</svg>\n").toString();
  }

  private static void text(StringBuilder svg, double x, int y, String text) {
    svg.append("<text x=\"" + Math.round(x) + "\" y=\"" + y + "\" fill=\"#222222\">")
        .append(text)
        .append("</text>\n");
  }

  private static void rectangle(StringBuilder svg, double x, int y, double width, String colour) {
    svg.append("<rect x=\"" + Figures.tenths(x) + "\" y=\"" + y + "\" width=\"")
        .append(Figures.tenths(width))
        .append("\" height=\"24\" fill=\"" + colour + "\"/>\n");
  }

  private record Bar(String name, double own, double more) {}
}
