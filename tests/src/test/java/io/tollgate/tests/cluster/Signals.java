package io.tollgate.tests.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals by name; Java's own API knows only two. */
final class Signals {
  private Signals() {}

  static void send(long pid, String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("signal " + name + " did not reach process " + pid);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
