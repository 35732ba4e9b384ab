package io.tollgate.relay.gateway.internal.relay;

import io.tollgate.relay.protocols.UsageTap;

/**
 * Compares the output that has passed with what is covered: by the tap's free estimate, which is
 * rather too high, as long as that is enough, and by counting where it comes close.
 */
final class OutputMeter {
  private final UsageTap tap;
  private long output;

  OutputMeter(UsageTap tap) {
    this.tap = tap;
  }

  /** Output tokens when they were last compared; rather too many than too few. */
  long output() {
    return output;
  }

  boolean exceeds(StreamReservation reservation) {
    output = tap.roughOutput();
    if (reservation.covers(output)) {
      return false;
    }
    output = tap.countedOutput();
    return !reservation.covers(output);
  }
}
