package io.tollgate.tests.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Short commands of the operating system. */
final class Shell {
  private Shell() {}

  /** Runs it; throws unless it ends well. */
  static void run(String... command) {
    if (!works(command)) {
      throw new AssertionError("failed: " + List.of(command));
    }
  }

  /** Runs it and says whether it ended well. */
  static boolean works(String... command) {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
