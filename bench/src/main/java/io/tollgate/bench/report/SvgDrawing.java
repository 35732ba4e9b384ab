package io.tollgate.bench.report;

/** An SVG picture that is being drawn. */
final class SvgDrawing {
  private final StringBuilder text = new StringBuilder();

  SvgDrawing(int width, int height) {
    text.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
        .append(width)
        .append("\" height=\"")
        .append(height)
        .append("\" font-family=\"sans-serif\" font-size=\"13\">\n")
        .append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
  }

  void text(double x, double y, String words) {
    text.append("<text x=\"" + at(x) + "\" y=\"" + at(y) + "\" fill=\"#222222\">")
        .append(words.replace("&", "&amp;").replace("<", "&lt;"))
        .append("</text>\n");
  }

  void rectangle(double x, double y, double width, double height, String colour) {
    text.append("<rect x=\"" + at(x) + "\" y=\"" + at(y) + "\" width=\"" + at(width))
        .append("\" height=\"" + at(height) + "\" fill=\"" + colour + "\"/>\n");
  }

  void line(double x1, double y1, double x2, double y2, String colour) {
    lines(at(x1) + "," + at(y1) + " " + at(x2) + "," + at(y2), colour);
  }

  /** Through points: {@code x,y x,y}. */
  void lines(String points, String colour) {
    text.append("<polyline points=\"" + points + "\" fill=\"none\" stroke=\"" + colour)
        .append("\" stroke-width=\"1.5\"/>\n");
  }

  String end() {
    return text + "</svg>\n";
  }

  private static String at(double place) {
    return FigureText.tenths(place);
  }
}
