package io.tollgate.trading.exchange.internal.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;

/** Parameters in the order they were given, percent-encoded as they are signed and sent. */
public final class Query {
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
  private static final String HEX = "0123456789ABCDEF";

  private final StringBuilder text = new StringBuilder();

  /** Adds a parameter. */
  public Query with(String name, String value) {
    if (!text.isEmpty()) {
      text.append('&');
    }
    text.append(name).append('=').append(encoded(value));
    return this;
  }

  /** Adds a number, written in full. */
  public Query with(String name, BigDecimal value) {
    return with(name, value.stripTrailingZeros().toPlainString());
  }

  /** Adds a whole number. */
  public Query with(String name, long value) {
    return with(name, Long.toString(value));
  }

  /** The path with these parameters behind it. */
  public String after(String path) {
    return text.isEmpty() ? path : path + "?" + text;
  }

  /** All but letters, digits and {@code -_.~} as {@code %XX} of its UTF-8. */
  public static String encoded(String value) {
    StringBuilder out = new StringBuilder(value.length());
    for (byte octet : value.getBytes(UTF_8)) {
      if (octet > 0 && PLAIN.indexOf(octet) >= 0) {
        out.append((char) octet);
      } else {
        out.append('%').append(HEX.charAt(octet >> 4 & 15)).append(HEX.charAt(octet & 15));
      }
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
