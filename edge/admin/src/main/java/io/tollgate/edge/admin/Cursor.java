package io.tollgate.edge.admin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Where a list goes on: opaque to callers, the sort key of the last row to us. */
final class Cursor {
  private static final String SEPARATOR = " ";

  private Cursor() {}

  static String write(Object... parts) {
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
  static List<String> read(String cursor, int parts) {
    String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    List<String> read = List.of(text.split(SEPARATOR, -1));
    if (read.size() != parts) {
      throw new IllegalArgumentException("a cursor of " + read.size() + " parts");
    }
    return read;
  }
}
