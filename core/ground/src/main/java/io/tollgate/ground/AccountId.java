package io.tollgate.ground;

/** Number of a ledger account, unique across tenants. Always positive. */
public record AccountId(long value) {
  public AccountId {
    if (value <= 0) {
      throw new IllegalArgumentException("account id: " + value + " (expected: >= 1)");
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
