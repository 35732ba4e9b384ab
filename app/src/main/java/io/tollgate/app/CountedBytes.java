package io.tollgate.app;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes that are counted as they are read. */
final class CountedBytes extends FilterInputStream {
  private final ProgressBar bar;

  CountedBytes(InputStream bytes, ProgressBar bar) {
    super(bytes);
    this.bar = bar;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    bar.add(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    bar.add(Math.max(0, count));
    return count;
  }
}
