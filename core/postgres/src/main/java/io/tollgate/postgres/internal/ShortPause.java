package io.tollgate.postgres.internal;

import io.tollgate.postgres.PostgresException;

/** Waiting between two looks at a process that tells nobody when it changes. */
public final class ShortPause {
  private ShortPause() {}

  public static void millis(long howLong) {
    try {
      Thread.sleep(howLong);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresException("interrupted while waiting for PostgreSQL", e);
    }
  }
}
