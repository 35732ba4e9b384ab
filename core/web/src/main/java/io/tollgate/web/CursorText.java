package io.tollgate.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Writes the place where a list goes on as text that is opaque to callers. */
public final class CursorText {
  private static final String SEPARATOR = " ";

  private CursorText() {}

  public static String write(Object... parts) {
    String text = String.join(SEPARATOR, List.of(parts).stream().map(String::valueOf).toList());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The parts of a cursor that we wrote.
   *
   * @throws IllegalArgumentException when it is none, or has another number of parts
   */
  public static List<String> read(String cursor, int parts) {
    String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    List<String> read = List.of(text.split(SEPARATOR, -1));
    if (read.size() != parts) {
      throw new IllegalArgumentException("a cursor of " + read.size() + " parts");
    }
    return read;
  }
}
