package io.tollgate.app;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Locale;

/** Bytes that are counted as they are read, and shown as a bar on a terminal. */
final class ProgressBar extends FilterInputStream {
  private static final int WIDTH = 40;

  private final long size;
  private final boolean shown;
  private final PrintWriter out;
  private long read;
  private int last = -1;

  /**
   * @param size bytes in all
   * @param shown whether there is somebody to see it
   */
  ProgressBar(InputStream bytes, long size, boolean shown, PrintWriter out) {
    super(bytes);
    this.size = Math.max(1, size);
    this.shown = shown;
    this.out = out;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    count(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    count(Math.max(0, count));
    return count;
  }

  private void count(int more) {
    read += more;
    int percent = (int) Math.min(100, read * 100 / size);
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
  void done() {
    if (shown) {
      out.println();
    }
  }
}
