package io.tollgate.sandbox.internal.venue;

import java.util.Optional;

/** How an exchange speaks over WebSocket. Confined to the event loop. */
public interface VenueSpeech {
  /** Whether it speaks at a path. */
  boolean speaksAt(String path);

  /** Answers a message. */
  void hear(VenueSocket socket, String text, long now);

  /** Tells a socket that has logged in of an order of its account, as far as it subscribed. */
  void tell(VenueSocket socket, VenueOrder order, Optional<VenueTrade> trade, long now);

  /** A socket that says nothing for so many milliseconds is closed; 0 where none is. */
  long patienceMillis();
}
