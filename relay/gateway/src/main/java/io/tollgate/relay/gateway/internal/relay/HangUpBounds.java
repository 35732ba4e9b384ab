package io.tollgate.relay.gateway.internal.relay;

import io.tollgate.relay.gateway.RelayConfig;
import java.util.concurrent.TimeUnit;

/**
 * How long, and for how many bytes, an answer is read on after its caller hung up: the upstream
 * bills it all the same, so its usage should be known, but not at any price.
 */
public final class HangUpBounds {
  private final long deadline;
  private long bytesLeft;

  public HangUpBounds(RelayConfig config) {
    deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(config.hangUpMs());
    bytesLeft = config.hangUpBytes();
  }

  void read(int bytes) {
    bytesLeft -= bytes;
  }

  /** Whether it is time to give up and charge what was seen. */
  public boolean over(long now) {
    return bytesLeft < 0 || now - deadline > 0;
  }
}
