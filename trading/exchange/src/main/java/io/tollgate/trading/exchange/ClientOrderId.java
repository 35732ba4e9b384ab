package io.tollgate.trading.exchange;

import io.tollgate.ground.GivenText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * Our own name of an order, by which it is asked for when its answer got lost. One task has one, so
 * that a task done again finds the order it placed.
 *
 * @param text {@code tg} and 24 characters of base32, in small letters
 */
public record ClientOrderId(String text) {
  private static final Pattern FORM = Pattern.compile("tg[a-z2-7]{24}");
  private static final String PREFIX = "tg";
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int CHARACTERS = 24;
  private static final int BITS = 5;

  public ClientOrderId {
    if (!FORM.matcher(text).matches()) {
      throw GivenText.refused("client_order_id", text, "tg and 24 of a-z and 2-7");
    }
  }

  /** Whether a text that an exchange tells is one of ours. */
  public static boolean isOurs(String text) {
    return FORM.matcher(text).matches();
  }

  /** That of a task: {@code tg} and the first 24 characters of base32(SHA-256(task id)). */
  public static ClientOrderId ofTask(String taskId) {
    byte[] digest = sha256(taskId.getBytes(StandardCharsets.UTF_8));
    StringBuilder text = new StringBuilder(PREFIX);
    for (int i = 0; i < CHARACTERS; i++) {
      int bit = i * BITS;
      int pair = (digest[bit >> 3] & 0xff) << 8 | (digest[(bit >> 3) + 1] & 0xff);
      text.append(BASE32.charAt(pair >> (16 - BITS - (bit & 7)) & 0x1f));
    }
    return new ClientOrderId(text.toString());
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no SHA-256 in this runtime", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
