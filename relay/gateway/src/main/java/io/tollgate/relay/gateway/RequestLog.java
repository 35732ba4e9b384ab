package io.tollgate.relay.gateway;

/** Takes the requests that are over, of one event loop, on that loop. */
public interface RequestLog {
  /** Keeps nothing. */
  RequestLog NOBODY = request -> {};

  /** Keeps it. Must neither block nor fail; a request that cannot be kept is counted instead. */
  void ended(LoggedRequest request);

  /** Makes the log of each event loop. */
  @FunctionalInterface
  interface OfLoops {
    /**
     * Called on the loop, before its first request.
     *
     * @param loop its number, from 0
     */
    RequestLog join(int loop);
  }
}
