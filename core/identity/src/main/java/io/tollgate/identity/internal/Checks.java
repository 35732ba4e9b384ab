package io.tollgate.identity.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** What identity accepts as names and times. */
final class Checks {
  private Checks() {}

  /** A name of 1 to {@code max} characters without control characters or spaces around. */
  static String name(String field, String given, int max) {
    boolean printable = given.chars().noneMatch(Character::isISOControl);
    if (given.isBlank() || !given.strip().equals(given) || given.length() > max || !printable) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          field
              + ": "
              + GivenText.shown(given)
              + " (expected: 1 to "
              + max
              + " characters, no control characters, no spaces around)");
    }
    return given;
  }

  /** Now, as exactly as the database keeps it. */
  static Instant now(InstantSource clock) {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
