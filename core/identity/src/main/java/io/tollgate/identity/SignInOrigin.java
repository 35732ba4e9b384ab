package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

/**
 * From where somebody signs in, for the limits and for the list of their sessions.
 *
 * @param address the caller's
 * @param device what the caller says it is (its user agent); cut at 200 characters
 */
public record SignInOrigin(String address, String device) {
  private static final int DEVICE_MAX = 200;
  private static final int ADDRESS_MAX = 64;

  public SignInOrigin {
    requireNonNull(address, "address is null");
    address = address.length() > ADDRESS_MAX ? address.substring(0, ADDRESS_MAX) : address;
    device = printable(device);
  }

  private static String printable(String given) {
    StringBuilder text = new StringBuilder(Math.min(given.length(), DEVICE_MAX));
    given
        .codePoints()
        .limit(DEVICE_MAX / 2)
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
        .forEach(text::appendCodePoint);
    return text.toString();
  }
}
