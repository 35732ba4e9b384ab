package io.tollgate.metering.internal.shard;

import java.nio.charset.StandardCharsets;

/** Shortens texts that are only shown to the bytes that a log record has for them. */
final class RecordTexts {
  private RecordTexts() {}

  /** The text, or as many whole characters from its start as fit into so many bytes of UTF-8. */
  static String within(String text, int maxBytes) {
    if (text.length() * 3 <= maxBytes) {
      return text;
    }
    String cut = text;
    while (cut.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
      int end = Math.min(cut.length() - 1, maxBytes);
      boolean pair = end > 0 && Character.isHighSurrogate(cut.charAt(end - 1));
      cut = cut.substring(0, pair ? end - 1 : end);
    }
    return cut;
  }
}
