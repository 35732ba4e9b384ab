package io.tollgate.sandbox.internal.venue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed hashes, by the runtime's own. */
public final class Keyed {
  private Keyed() {}

  /**
   * The hash of a text.
   *
   * @param algorithm {@code HmacSHA256} or {@code HmacSHA512}
   */
  public static byte[] hash(String algorithm, String secret, String text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), algorithm));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(algorithm + " is not there", e);
    }
  }

  /** Whether two texts are the same, in a time that tells nothing. */
  public static boolean same(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }
}
