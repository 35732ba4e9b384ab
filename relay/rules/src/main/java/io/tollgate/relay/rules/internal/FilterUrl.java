package io.tollgate.relay.rules.internal;

import io.tollgate.ground.GivenText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Reads the address of a filter as an operator writes it. */
final class FilterUrl {
  private static final int MAX_LENGTH = 2048;

  private FilterUrl() {}

  /**
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST}
   */
  static URI parse(String text, boolean privateAddress) {
    String expected =
        privateAddress ? "https://… or http://…, without user" : "https://…, without user";
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException _) {
      throw GivenText.refused("url", text, expected);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean fits = scheme.equals("https") || (privateAddress && scheme.equals("http"));
    if (!fits
        || text.length() > MAX_LENGTH
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawFragment() != null) {
      throw GivenText.refused("url", text, expected);
    }
    return uri;
  }
}
