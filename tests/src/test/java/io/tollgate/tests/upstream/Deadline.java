package io.tollgate.tests.upstream;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Closes what somebody reads from, unless it has ended in time. */
final class Deadline implements AutoCloseable {
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private Deadline() {}

  static Deadline of(int seconds, Closeable reading) {
    Deadline deadline = new Deadline();
    var unused =
        deadline
            .ended
            .orTimeout(seconds, TimeUnit.SECONDS)
            .exceptionally(
                late -> {
                  close(reading);
                  return null;
                });
    return deadline;
  }

  @Override
  public void close() {
    ended.complete(null);
  }

  private static void close(Closeable reading) {
    try {
      reading.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
