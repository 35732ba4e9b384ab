package io.tollgate.relay.accounts;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * The address of an account's provider, e.g. {@code https://api.openai.com/v1}: what an SDK calls
 * its base URL, taken apart once.
 *
 * @param path prefix of every path, without a slash at the end; may be empty
 */
public record BaseUrl(boolean tls, String host, int port, String path) {
  private static final String EXPECTED =
      " (expected: http:// or https://, a host, and a path without query)";

  /**
   * @throws Refusal {@code INVALID_REQUEST} when it is no such URL
   */
  public static BaseUrl parse(String text) {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, "base url: " + shown(text) + EXPECTED, e);
    }
    String host = uri.getHost();
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    if (host == null
        || (!tls && !"http".equalsIgnoreCase(uri.getScheme()))
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, "base url: " + shown(text) + EXPECTED);
    }
    int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return new BaseUrl(tls, unbracketed(host), port, path);
  }

  @Override
  public String toString() {
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return (tls ? "https://" : "http://") + shown + ":" + port + path;
  }

  /** What was given, unless there may be a password in it. */
  private static String shown(String text) {
    return text.indexOf('@') >= 0 ? "with a user in it" : GivenText.shown(text);
  }

  static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
