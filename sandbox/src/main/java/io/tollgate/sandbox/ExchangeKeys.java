package io.tollgate.sandbox;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/** With what an account of the exchange simulator signs: ten to 64 letters and digits each. */
public record ExchangeKeys(String apiKey, String apiSecret) {
  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_-]{10,64}");

  public ExchangeKeys {
    requireNonNull(apiKey, "apiKey");
    requireNonNull(apiSecret, "apiSecret");
    if (!LEGAL.matcher(apiKey).matches() || !LEGAL.matcher(apiSecret).matches()) {
      throw new IllegalArgumentException("keys (expected: 10 to 64 of A-Z a-z 0-9 _ -, each)");
    }
  }

  @Override
  public String toString() {
    return "ExchangeKeys[****]";
  }
}
