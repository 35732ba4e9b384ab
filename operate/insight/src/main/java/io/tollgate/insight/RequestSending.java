package io.tollgate.insight;

/**
 * Sends the requests of this process to the one that has the log. Until it begins, and while nobody
 * can be reached, they wait on disk, also over restarts. Safe for use by many threads.
 */
public interface RequestSending extends AutoCloseable {
  /**
   * Begins to send.
   *
   * @throws IllegalStateException when it has begun, or ended, before
   */
  void begin(RequestCarrier carrier);

  /** Sends what waits, where it can, and ends. */
  @Override
  void close();
}
