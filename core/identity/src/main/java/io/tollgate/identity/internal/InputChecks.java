package io.tollgate.identity.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Checks the names and times that identity is given. */
public final class InputChecks {
  private static final long MONTHLY_FREE_TOKENS_MAX = 1_000_000_000_000L;

  private InputChecks() {}

  /** A name of 1 to {@code max} characters without control characters or spaces around. */
  public static String name(String field, String given, int max) {
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

  /** Free tokens of a month: far below what an account counts to, as they come again and again. */
  static void monthlyFreeTokens(long given) {
    if (given < 0 || given > MONTHLY_FREE_TOKENS_MAX) {
      throw GivenText.refused(
          "monthly_free_tokens", Long.toString(given), "0 to " + MONTHLY_FREE_TOKENS_MAX);
    }
  }

  /** Now, as exactly as the database keeps it. */
  public static Instant now(InstantSource clock) {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
