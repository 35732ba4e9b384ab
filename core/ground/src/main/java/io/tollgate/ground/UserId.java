package io.tollgate.ground;

/** Number of a user, unique across tenants. Always positive. */
public record UserId(long value) {
  public UserId {
    if (value <= 0) {
      throw new IllegalArgumentException("user id: " + value + " (expected: >= 1)");
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
