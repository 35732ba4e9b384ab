package io.tollgate.relay.accounts;

/** Number of an account with a provider. Always positive. */
public record ProviderAccountId(long value) {
  public ProviderAccountId {
    if (value <= 0) {
      throw new IllegalArgumentException("provider account id: " + value + " (expected: >= 1)");
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
