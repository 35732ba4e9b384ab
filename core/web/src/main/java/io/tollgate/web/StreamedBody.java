package io.tollgate.web;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a body that is too large to be held, piece by piece. Runs on a thread that may block. */
@FunctionalInterface
public interface StreamedBody {
  /**
   * @param out where it goes: a write waits until what was written is on its way, and throws when
   *     nobody takes it any more; so does a flush, which need not have anything to send
   */
  void write(OutputStream out) throws IOException;
}
