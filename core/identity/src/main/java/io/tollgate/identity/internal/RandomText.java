package io.tollgate.identity.internal;

import java.security.SecureRandom;

/** Random texts: secrets, and codes that people read to each other. */
public final class RandomText {
  /** Characters of a secret: 43 of 62 kinds carry 256 bits. */
  public static final int SECRET_LENGTH = 43;

  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  // without 0 O 1 I, which people mix up
  private static final String READABLE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private final SecureRandom random;

  public RandomText(SecureRandom random) {
    this.random = random;
  }

  /** A secret of 256 bits in letters and digits. */
  public String secret() {
    return of(BASE62, SECRET_LENGTH);
  }

  /** An identifier that is not secret but must not be guessed in passing, 24 letters and digits. */
  public String identifier() {
    return of(BASE62, 24);
  }

  /** A password of 119 bits that can be typed. */
  public String password() {
    return of(BASE62, 20);
  }

  /** Eight capitals and digits. */
  public String inviteCode() {
    return of(READABLE, 8);
  }

  /** So many capitals and digits, five bits each. */
  public String readable(int length) {
    return of(READABLE, length);
  }

  private String of(String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
