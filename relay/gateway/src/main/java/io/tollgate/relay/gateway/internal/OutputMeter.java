package io.tollgate.relay.gateway.internal;

import io.tollgate.relay.protocols.UsageTap;

/**
 * Output that has passed, compared with what is covered: by the tap's free estimate while that is
 * clear, counted where it comes close.
 */
final class OutputMeter {
  private final UsageTap tap;
  private long counted;
  private long roughWhenCounted;

  OutputMeter(UsageTap tap) {
    this.tap = tap;
  }

  /** Output tokens so far; rather too many than too few. */
  long output() {
    return counted + Math.max(0, tap.roughOutput() - roughWhenCounted);
  }

  boolean exceeds(Reservation reservation) {
    if (reservation.covers(output())) {
      return false;
    }
    counted = tap.countedOutput();
    roughWhenCounted = tap.roughOutput();
    return !reservation.covers(counted);
  }
}
