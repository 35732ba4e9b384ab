package io.tollgate.ground;

/** Number of a tenant (a merchant's isolated space). Always positive. */
public record TenantId(long value) {
  public TenantId {
    if (value <= 0) {
      throw new IllegalArgumentException("tenant id: " + value + " (expected: >= 1)");
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
