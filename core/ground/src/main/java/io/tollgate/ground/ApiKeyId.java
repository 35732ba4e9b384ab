package io.tollgate.ground;

/** Number of an API key. Always positive. */
public record ApiKeyId(long value) {
  public ApiKeyId {
    if (value <= 0) {
      throw new IllegalArgumentException("api key id: " + value + " (expected: >= 1)");
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
