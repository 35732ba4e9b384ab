package io.tollgate.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a figure has to reach, and what was seen.
 *
 * @param part whose goal it is, in capitals
 */
public record ReportGoal(String part, String what, String wanted, String seen, boolean reached) {
  private static final String HEAD =
      "| | goal | wanted | seen | reached |\n|---|---|---|---|---|\n";
  private static final String ROW = "| P";

  static ReportGoal atMost(String part, String what, double most, double seen) {
    return new ReportGoal(
        part,
        what,
        "≤ " + FigureText.tenths(most) + " ×",
        FigureText.times(seen),
        seen <= most && seen > 0);
  }

  public static ReportGoal atLeast(
      String part, String what, double least, double seen, String unit) {
    return new ReportGoal(
        part,
        what,
        "≥ " + FigureText.fine(least) + unit,
        FigureText.fine(seen) + unit,
        Double.isFinite(seen) && seen >= least);
  }

  public static ReportGoal below(String part, String what, double limit, double seen, String unit) {
    return new ReportGoal(
        part,
        what,
        "< " + FigureText.fine(limit) + unit,
        FigureText.fine(seen) + unit,
        seen < limit);
  }

  /** A page's table of goals; nothing for none. */
  public static String table(List<ReportGoal> goals) {
    StringBuilder text = new StringBuilder();
    goals.forEach(
        goal ->
            text.append(ROW.substring(0, 2))
                .append(goal.part)
                .append(" | ")
                .append(goal.what)
                .append(" | ")
                .append(goal.wanted)
                .append(" | ")
                .append(goal.seen)
                .append(" | ")
                .append(goal.reached ? "yes" : "**no**")
                .append(" |\n"));
    return goals.isEmpty() ? "" : HEAD + text;
  }

  /** Gathers the goals of all pages in a folder, whenever they were written, into one page. */
  public static void gather(Path folder) throws IOException {
    List<String> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path page : files.filter(ReportGoal::isPage).sorted().toList()) {
        String name = page.getFileName().toString();
        Files.readAllLines(page).stream()
            .filter(line -> line.startsWith(ROW))
            .map(line -> line.replaceFirst("\\| (P[0-9]+[ht]?)", "| [$1](" + name + ")"))
            .forEach(rows::add);
      }
    }
    Files.writeString(
        folder.resolve("goals.md"),
        "# Goals, and what was seen\n\nGathered from the pages beside it; each tells when, on what"
            + " machine and how it was measured.\n\n"
            + HEAD
            + String.join("\n", rows)
            + "\n");
  }

  private static boolean isPage(Path file) {
    return file.getFileName().toString().matches("p[0-9][a-z0-9-]*\\.md");
  }
}
