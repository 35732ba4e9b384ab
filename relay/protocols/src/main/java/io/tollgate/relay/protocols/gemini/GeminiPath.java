package io.tollgate.relay.protocols.gemini;

import java.nio.charset.StandardCharsets;

/** Where content is asked for, below an account's base URL. */
final class GeminiPath {
  private static final String PLAIN = "-._~/@";
  private static final String HEX = "0123456789ABCDEF";

  private GeminiPath() {}

  /**
   * @param model as the upstream names it, with its collection where that is not {@code models}
   */
  static String of(String model, boolean stream) {
    return of(model, stream ? "streamGenerateContent?alt=sse" : "generateContent");
  }

  /**
   * The same with any action.
   *
   * @param action as it stands behind the colon
   */
  static String of(String model, String action) {
    String name = model.indexOf('/') < 0 ? "models/" + model : model;
    return "/" + encoded(name) + ":" + action;
  }

  private static String encoded(String text) {
    StringBuilder path = new StringBuilder(text.length() + 8);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || PLAIN.indexOf(b) >= 0;
      if (plain) {
        path.append((char) b);
      } else {
        path.append('%').append(HEX.charAt((b & 0xFF) >> 4)).append(HEX.charAt(b & 15));
      }
    }
    return path.toString();
  }
}
