package io.tollgate.trading.exchange.placing;

import java.time.Duration;

/**
 * Bounds of a placement.
 *
 * @param sendWithin the order is not sent, be it for the first time or again, later than that
 * @param knowWithin its placing is given up as unconfirmed later than that
 * @param sends how often it is sent at most, 1 at least
 */
public record PlacementRules(Duration sendWithin, Duration knowWithin, int sends) {
  /** For an order that somebody waits for. */
  public static final PlacementRules USUAL =
      new PlacementRules(Duration.ofSeconds(20), Duration.ofSeconds(60), 3);

  public PlacementRules {
    if (sends < 1) {
      throw new IllegalArgumentException("sends: " + sends + " (expected: >= 1)");
    }
    if (knowWithin.compareTo(sendWithin) < 0) {
      throw new IllegalArgumentException(
          "know within: " + knowWithin + " (expected: >= " + sendWithin + ", send within)");
    }
  }
}
