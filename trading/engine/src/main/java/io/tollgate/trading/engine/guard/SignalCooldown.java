package io.tollgate.trading.engine.guard;

import java.time.Duration;
import java.time.Instant;

/** How long a strategy says nothing more of a symbol after a signal. */
public final class SignalCooldown {
  private SignalCooldown() {}

  /**
   * Until when: the longest of the rest of the bar and half a bar, one bar, and the strategy's own
   * cool-down.
   *
   * @param signalled when it was given
   * @param bar length of its bars, which begin at whole multiples of it since 1970
   * @param cooldown that its strategy asks for
   */
  public static Instant until(Instant signalled, Duration bar, Duration cooldown) {
    long barMs = bar.toMillis();
    Duration rest = Duration.ofMillis(barMs - Math.floorMod(signalled.toEpochMilli(), barMs));
    Duration longest = rest.plus(bar.dividedBy(2));
    for (Duration each : new Duration[] {bar, cooldown}) {
      longest = longest.compareTo(each) < 0 ? each : longest;
    }
    return signalled.plus(longest);
  }
}
