package io.tollgate.relay.gateway.internal.filter;

import java.util.concurrent.TimeUnit;

/**
 * What is known of one filter: whether it answers. One that has not for several times in a row is
 * left alone for a while, and then tried with one question. Confined to one event loop.
 */
final class FilterHook {
  private static final int FAILURES_THAT_OPEN = 5;
  private static final long OPEN_NANOS = TimeUnit.SECONDS.toNanos(5);

  private int failures;
  private long openSince;
  private boolean probing;

  /** Whether it may be asked now; whoever may tells what came of it. */
  boolean tryAsk(long now) {
    if (failures < FAILURES_THAT_OPEN) {
      return true;
    }
    if (probing || now - openSince < OPEN_NANOS) {
      return false;
    }
    probing = true;
    return true;
  }

  void answered() {
    failures = 0;
    probing = false;
  }

  void failed(long now) {
    failures++;
    openSince = now;
    probing = false;
  }
}
