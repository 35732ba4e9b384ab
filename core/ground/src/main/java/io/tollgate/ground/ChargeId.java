package io.tollgate.ground;

import static java.util.Objects.requireNonNull;

import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Id of one passage through the gate: what it is charged under, sent upstream as, and found by.
 * Made by us, never by the caller. A version 7 UUID (RFC 9562), so that ids sort by the time they
 * were made, to the millisecond.
 */
public record ChargeId(UUID value) {
  public ChargeId {
    requireNonNull(value, "value is null");
  }

  /**
   * Makes a new id.
   *
   * @param epochMillis the current time, milliseconds since 1970
   * @param random source of the 74 random bits; must be unpredictable in production
   */
  public static ChargeId create(long epochMillis, RandomGenerator random) {
    long high = (epochMillis << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
    long low = 0x8000_0000_0000_0000L | (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL);
    return new ChargeId(new UUID(high, low));
  }

  /**
   * Reads the textual form.
   *
   * @throws Refusal with {@link ErrorCode#INVALID_REQUEST} when the text is not a UUID
   */
  public static ChargeId parse(String text) {
    try {
      return new ChargeId(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "request id: " + text + " (expected: a UUID)", e);
    }
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
