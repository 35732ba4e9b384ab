package io.tollgate.relay.protocols.internal.json;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The name of a JSON member, to be compared with names in a document however those are escaped. */
public record JsonName(String value, byte[] ascii) {
  public JsonName {
    requireNonNull(value, "value is null");
    requireNonNull(ascii, "ascii is null");
  }

  public static JsonName of(String value) {
    return new JsonName(value, value.getBytes(StandardCharsets.US_ASCII));
  }

  boolean matches(byte[] bytes, int from, int to, boolean escaped) {
    if (escaped) {
      return value.equals(JsonText.decode(bytes, from, to, true));
    }
    return to - from == ascii.length && Arrays.equals(bytes, from, to, ascii, 0, ascii.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonName name && name.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
