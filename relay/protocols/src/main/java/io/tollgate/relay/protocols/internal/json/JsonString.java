package io.tollgate.relay.protocols.internal.json;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text as the inside of a JSON string, escapes and all: it moves from one document to another
 * without being decoded. A view of bytes that are not to be changed as long as it is used.
 *
 * @param bytes UTF-8, what stands between the quotes among them
 * @param from offset of the first byte after the opening quote
 * @param to offset of the closing quote
 * @param escaped whether it holds an escape
 */
public record JsonString(byte[] bytes, int from, int to, boolean escaped) {
  public static final JsonString EMPTY = new JsonString(new byte[0], 0, 0, false);

  public JsonString {
    requireNonNull(bytes, "bytes is null");
  }

  /** A text made here. */
  public static JsonString of(String text) {
    byte[] quoted = JsonText.quote(text).getBytes(StandardCharsets.UTF_8);
    return new JsonString(quoted, 1, quoted.length - 1, quoted.length - 2 != text.length());
  }

  /** The string or name that the scanner is at. */
  public static JsonString of(JsonScanner scanner, byte[] document) {
    return new JsonString(document, scanner.start(), scanner.end(), scanner.escaped());
  }

  public boolean isEmpty() {
    return from == to;
  }

  /** Bytes as written; never fewer than the text has. */
  public int length() {
    return to - from;
  }

  /** The text, decoded. */
  public String text() {
    return JsonText.decode(bytes, from, to, escaped);
  }

  /** The text's UTF-8, decoded; an array of its own. */
  public byte[] utf8() {
    if (!escaped) {
      return Arrays.copyOfRange(bytes, from, to);
    }
    byte[] plain = new byte[to - from];
    return Arrays.copyOf(plain, JsonText.unescape(bytes, from, to, plain, 0));
  }

  /** Whether both are the same text. */
  public boolean same(JsonString other) {
    return escaped || other.escaped
        ? text().equals(other.text())
        : Arrays.equals(bytes, from, to, other.bytes, other.from, other.to);
  }

  /** The same in an array of its own, which nobody else changes or holds on to. */
  public JsonString kept() {
    return new JsonString(Arrays.copyOfRange(bytes, from, to), 0, to - from, escaped);
  }

  /** Equal where the texts are, wherever and however they are written. */
  @Override
  public boolean equals(Object other) {
    return other instanceof JsonString text && same(text);
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  /** Says nothing of the text, which may be a prompt. */
  @Override
  public String toString() {
    return "JsonString[" + length() + " bytes]";
  }
}
