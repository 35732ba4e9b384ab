package io.tollgate.sandbox.internal.venue;

import io.tollgate.sandbox.internal.trading.fault.CallFacts;
import io.tollgate.sandbox.internal.trading.fault.Fault;

/** How an exchange speaks. Confined to the event loop. */
public interface VenueProtocol {
  /**
   * Does a call.
   *
   * @throws Refused when it does not
   */
  VenueReply handle(VenueCall call);

  VenueReply refused(VenueCall call, Refused refused);

  /** Which own id and key a call is of. */
  CallFacts facts(VenueCall call);

  /** Whether it places an order. */
  boolean places(VenueCall call);

  /** Refused without a look at it, by a fault. */
  VenueReply rejected(Fault fault);

  VenueReply tooMany();

  /** Failed inside, by a fault. */
  VenueReply failed(Fault fault);

  VenueBook book();

  /** How it speaks over WebSocket. */
  VenueSpeech speech();
}
