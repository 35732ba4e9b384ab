package io.tollgate.ground;

/** Number of a platform administrator. Always positive. */
public record AdminId(long value) {
  public AdminId {
    if (value <= 0) {
      throw new IllegalArgumentException("admin id: " + value + " (expected: >= 1)");
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
