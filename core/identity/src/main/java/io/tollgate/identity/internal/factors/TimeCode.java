package io.tollgate.identity.internal.factors;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes of six digits that change every 30 seconds: TOTP (RFC 6238) with HMAC-SHA-1 over HOTP (RFC
 * 4226).
 */
public final class TimeCode {
  /** Seconds for which a code is shown. */
  static final long STEP_SECONDS = 30;

  /** Bytes of a seed, as RFC 4226 recommends. */
  static final int SEED_BYTES = 20;

  private static final int MODULUS = 1_000_000;
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private TimeCode() {}

  static long step(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), STEP_SECONDS);
  }

  /** The code of a step. */
  public static String of(byte[] seed, long step) {
    byte[] hash = hmac(seed, step);
    int offset = hash[hash.length - 1] & 0x0f;
    int truncated = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & 0x7fff_ffff;
    String digits = Integer.toString(truncated % MODULUS);
    return "0".repeat(6 - digits.length()) + digits;
  }

  /**
   * The step whose code was given: the present one, or the one before or after, and later than the
   * one that was taken last. All three are compared whatever was given.
   */
  static OptionalLong match(byte[] seed, String given, Instant now, long lastStep) {
    byte[] code = given.getBytes(StandardCharsets.UTF_8);
    long present = step(now);
    long found = -1;
    for (long step = present - 1; step <= present + 1; step++) {
      boolean same = MessageDigest.isEqual(of(seed, step).getBytes(StandardCharsets.UTF_8), code);
      if (same && step > lastStep && found < 0) {
        found = step;
      }
    }
    return found < 0 ? OptionalLong.empty() : OptionalLong.of(found);
  }

  /** A seed as it is typed into an authenticator (RFC 4648, without padding). */
  static String base32(byte[] seed) {
    StringBuilder text = new StringBuilder((seed.length * 8 + 4) / 5);
    int bits = 0;
    int held = 0;
    for (byte one : seed) {
      held = (held << 8) | (one & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE32.charAt((held >> bits) & 0x1f));
      }
    }
    if (bits > 0) {
      text.append(BASE32.charAt((held << (5 - bits)) & 0x1f));
    }
    return text.toString();
  }

  private static byte[] hmac(byte[] seed, long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(seed, "HmacSHA1"));
      return mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA1 is missing from this Java", e);
    }
  }
}
