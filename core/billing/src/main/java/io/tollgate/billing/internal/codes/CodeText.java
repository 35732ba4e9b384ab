package io.tollgate.billing.internal.codes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Codes as they are typed: 20 letters and digits in groups, none of which looks like another. They
 * hold 100 random bits, so that a plain hash does not let them be guessed.
 */
final class CodeText {
  /** Crockford's alphabet (<a href="https://www.crockford.com/base32.html">base 32</a>). */
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final int LETTERS = 20;
  private static final int GROUP = 5;
  private static final int TYPED_MAX = 64;

  private CodeText() {}

  /**
   * A new one.
   *
   * @param random unpredictable
   */
  static String create(RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < LETTERS; i++) {
      if (i > 0 && i % GROUP == 0) {
        text.append('-');
      }
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  /** What is kept of one, as it was typed; nothing where it cannot be one. */
  static Optional<byte[]> hash(String typed) {
    if (typed.length() > TYPED_MAX) {
      return Optional.empty();
    }
    String plain = typed.toUpperCase(Locale.ROOT).replaceAll("[\\s-]", "");
    plain = plain.replace('O', '0').replace('I', '1').replace('L', '1');
    if (plain.length() != LETTERS || !plain.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          MessageDigest.getInstance("SHA-256").digest(plain.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
