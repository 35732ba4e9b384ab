package io.tollgate.edge.sync;

/** The far end of a connection, as one that can be written to. Confined to its event loop. */
interface SyncClient {
  /**
   * Tells the numbers.
   *
   * @param version of the last event that the client is taken to know
   */
  void sync(UserNumbers numbers, long version);

  /** Tells an event, if the client wants those of its kind. */
  void event(SyncEvent event);

  /** Shows that we are there. */
  void heartbeat(UserNumbers numbers);

  /** Whether so much waits to be written that nothing may be added. */
  boolean full();

  /** {@code sse} or {@code websocket}. */
  String transport();

  /** Ends it. */
  void end(SyncEnd why);
}
