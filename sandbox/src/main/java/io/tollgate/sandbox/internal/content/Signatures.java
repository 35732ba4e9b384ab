package io.tollgate.sandbox.internal.content;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a thought is signed with, so that one that comes back changed is found; opaque to everybody
 * else, as the real ones are.
 */
public final class Signatures {
  private static final String MARK = "sandbox-thought-";

  private Signatures() {}

  /** The signature of a text. */
  public static String of(String text) {
    String plain = MARK + Long.toHexString(Seeds.with(MARK.length(), text));
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a signature is that of a text. */
  public static boolean fits(String signature, String text) {
    return signature.equals(of(text));
  }

  /** Whether a signature is one that was made here, of whatever text. */
  public static boolean isOurs(String signature) {
    try {
      byte[] plain = Base64.getDecoder().decode(signature.replace('-', '+').replace('_', '/'));
      return new String(plain, StandardCharsets.UTF_8).startsWith(MARK);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
