package io.tollgate.sandbox.internal.trading;

import java.security.SecureRandom;

/** With what an account signs; as long as an exchange's. */
public record AccountKeys(String apiKey, String apiSecret) {
  private static final int CHARS = 64;
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  /** New ones; the key begins with {@code prefix}. */
  static AccountKeys random(String prefix) {
    return new AccountKeys(prefix + text(CHARS - prefix.length()), text(CHARS));
  }

  private static String text(int chars) {
    StringBuilder text = new StringBuilder(chars);
    for (int i = 0; i < chars; i++) {
      text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "keys of " + apiKey;
  }
}
