package io.tollgate.relay.accounts;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A proxy through which an account is reached, e.g. {@code socks5://user:password@proxy:1080}. Its
 * text form leaves the password out.
 *
 * @param port 1 to 65535
 */
public record OutboundProxy(
    Kind kind, String host, int port, Optional<String> user, Optional<String> password) {
  private static final String EXPECTED =
      " (expected: http://, https:// or socks5://, a host and a port, before them user:password@ where the"
          + " proxy wants that)";
  private static final int MAX_CHARACTERS = 2048;
  private static final int MAX_PORT = 65_535;

  /** How it is spoken to. */
  public enum Kind {
    /** HTTP, with {@code CONNECT} for every upstream. */
    HTTP,
    /** The same over TLS. */
    HTTPS,
    SOCKS5;

    /** Of its URL. */
    public String scheme() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public OutboundProxy {
    requireNonNull(kind, "kind is null");
    requireNonNull(host, "host is null");
    requireNonNull(user, "user is null");
    requireNonNull(password, "password is null");
  }

  /**
   * @throws Refusal {@code INVALID_REQUEST} when it is no such URL; it repeats nothing of it, as it
   *     may hold a password
   */
  public static OutboundProxy parse(String text) {
    if (text.length() > MAX_CHARACTERS) {
      throw refusal("too long", null);
    }
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw refusal("not a URL", e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    Kind kind =
        switch (scheme) {
          case "http" -> Kind.HTTP;
          case "https" -> Kind.HTTPS;
          case "socks5", "socks5h" -> Kind.SOCKS5;
          default -> throw refusal("another scheme", null);
        };
    String host = uri.getHost();
    boolean onlyAuthority =
        (uri.getRawPath() == null || uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null;
    if (host == null || uri.getPort() < 1 || uri.getPort() > MAX_PORT || !onlyAuthority) {
      throw refusal("no host, no port, or more than those", null);
    }
    String known = uri.getRawUserInfo();
    int colon = known == null ? -1 : known.indexOf(':');
    Optional<String> user =
        Optional.ofNullable(known).map(all -> decoded(colon < 0 ? all : all.substring(0, colon)));
    Optional<String> password =
        Optional.ofNullable(known)
            .filter(_ -> colon >= 0)
            .map(all -> decoded(all.substring(colon + 1)));
    return new OutboundProxy(kind, BaseUrl.unbracketed(host), uri.getPort(), user, password);
  }

  /** Where it is, without who may use it. */
  public String masked() {
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return kind.scheme() + "://" + (user.isPresent() ? "****@" : "") + shown + ":" + port;
  }

  @Override
  public String toString() {
    return masked();
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw refusal("a bad escape", e);
    }
  }

  private static Refusal refusal(String what, @org.jspecify.annotations.Nullable Exception cause) {
    String message = "proxy url: " + what + EXPECTED;
    return cause == null
        ? new Refusal(ErrorCode.INVALID_REQUEST, message)
        : new Refusal(ErrorCode.INVALID_REQUEST, message, cause);
  }
}
