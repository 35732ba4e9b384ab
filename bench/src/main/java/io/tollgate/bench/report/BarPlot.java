package io.tollgate.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A plot of bars, each of up to two parts, as SVG. */
public final class BarPlot {
  private static final int LEFT = 250;
  private static final int WIDTH = 330;
  private static final int HIGH = 34;
  private static final int TOP = 40;

  private final String title;
  private final String legend;
  private final List<Bar> bars = new ArrayList<>();

  /**
   * @param legend what the two colours stand for
   */
  public BarPlot(String title, String legend) {
    this.title = title;
    this.legend = legend;
  }

  public void add(String name, double own, double more) {
    bars.add(new Bar(name, own, more));
  }

  public String svg() {
    double max = Math.max(1e-6, bars.stream().mapToDouble(b -> b.own + b.more).max().orElse(1));
    int height = TOP + bars.size() * HIGH + 34;
    SvgDrawing svg = new SvgDrawing(720, height);
    svg.text(10, 22, title);
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      int y = TOP + i * HIGH;
      double own = WIDTH * bar.own / max;
      double more = WIDTH * bar.more / max;
      svg.text(10, y + 18, bar.name);
      svg.rectangle(LEFT, y, own, 24, "#2f6f9f");
      svg.rectangle(LEFT + own, y, more, 24, "#c9a24b");
      String label =
          FigureText.fine(bar.own) + (bar.more > 0 ? " + " + FigureText.fine(bar.more) : "");
      svg.text(LEFT + own + more + 6, y + 18, label);
    }
    svg.text(LEFT, height - 10, legend);
    return svg.end();
  }

  private record Bar(String name, double own, double more) {}
}
