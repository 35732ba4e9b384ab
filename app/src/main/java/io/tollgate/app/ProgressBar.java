package io.tollgate.app;

import java.io.PrintWriter;
import java.util.Locale;

/** How much of something is done, shown as a bar on a terminal. For one thread. */
final class ProgressBar {
  private static final int WIDTH = 40;

  private final long all;
  private final boolean shown;
  private final PrintWriter out;
  private long done;
  private int last = -1;

  /**
   * @param all of it, in whatever unit
   * @param shown whether there is somebody to see it
   */
  ProgressBar(long all, boolean shown, PrintWriter out) {
    this.all = Math.max(1, all);
    this.shown = shown;
    this.out = out;
  }

  /** So much more is done. */
  void add(long more) {
    done += more;
    int percent = (int) Math.min(100, done * 100 / all);
    if (shown && percent != last) {
      last = percent;
      int full = percent * WIDTH / 100;
      out.print(
          String.format(
              Locale.ROOT, "\r[%s%s] %3d %%", "#".repeat(full), " ".repeat(WIDTH - full), percent));
      out.flush();
    }
  }

  /** Goes to the next line. */
  void end() {
    if (shown) {
      out.println();
    }
  }
}
