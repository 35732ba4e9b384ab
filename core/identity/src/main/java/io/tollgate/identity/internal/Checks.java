package io.tollgate.identity.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** What identity accepts as names and times. */
final class Checks {
  private Checks() {}

  /** A name of 1 to {@code most} characters without control characters or spaces around. */
  static String name(String field, String given, int most) {
    boolean printable = given.chars().noneMatch(Character::isISOControl);
    if (given.isBlank() || !given.strip().equals(given) || given.length() > most || !printable) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          field
              + ": "
              + shown(given)
              + " (expected: 1 to "
              + most
              + " characters, no control characters, no spaces around)");
    }
    return given;
  }

  /** A given text, short enough to be repeated in a message. */
  static String shown(String given) {
    String plain = given.replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= 100 ? plain : plain.substring(0, 100) + "…";
  }

  /** Now, as exactly as the database keeps it. */
  static Instant now(InstantSource clock) {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
