package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The cookie in which a browser keeps a session's token, out of reach of scripts: HttpOnly,
 * SameSite=Strict, for all paths; behind TLS Secure and with the prefix {@code __Host-}. Strict
 * cookies are sent by pages of other ports of our host too: a request that changes something is
 * believed only when it comes from our own page. Immutable.
 */
public final class SessionCookie {
  private static final String OWN_PAGE = "X-Tollgate-CSRF";
  private static final Set<String> SAFE = Set.of("GET", "HEAD");

  private final String name;
  private final boolean secure;

  /**
   * @param name without prefix, e.g. {@code tg_user}
   * @param secure whether browsers reach us over TLS
   */
  public SessionCookie(String name, boolean secure) {
    this.name = (secure ? "__Host-" : "") + requireNonNull(name, "name is null");
    this.secure = secure;
  }

  /**
   * That of users' sessions.
   *
   * @param secure whether browsers reach us over TLS
   */
  public static SessionCookie ofUsers(boolean secure) {
    return new SessionCookie("tg_user", secure);
  }

  /**
   * That of administrators' sessions.
   *
   * @param secure whether browsers reach us over TLS
   */
  public static SessionCookie ofAdmins(boolean secure) {
    return new SessionCookie("tg_admin", secure);
  }

  /**
   * The token of a request that has the cookie. One that has it twice, with different values, has
   * none: one of them is not ours.
   *
   * @throws Refusal {@code CSRF} when the request changes something and does not come from our own
   *     page
   */
  public Optional<String> token(Request request) {
    Optional<String> token = value(request);
    if (token.isPresent() && !SAFE.contains(request.method())) {
      requireOwnPage(request);
    }
    return token;
  }

  /**
   * The token of a request that opens a stream. A page of another origin, also of another port of
   * our host, has none: its browser sends the cookie along.
   */
  public Optional<String> streamToken(Request request) {
    return streamToken(
        request.header("Cookie"),
        request.header("Sec-Fetch-Site"),
        request.header("Origin"),
        request.header("Host"));
  }

  /** The same, of the headers that say it. */
  public Optional<String> streamToken(
      Optional<String> given,
      Optional<String> site,
      Optional<String> origin,
      Optional<String> host) {
    boolean foreign =
        site.isPresent()
            ? !site.get().equals("same-origin")
            : origin.isPresent() && !isOwn(origin.get(), host.orElse(""));
    return foreign ? Optional.empty() : given.flatMap(this::value);
  }

  /** The value of the cookie, from wherever the request comes. */
  public Optional<String> value(Request request) {
    return value(request.header("Cookie").orElse(""));
  }

  /** The same, of a header {@code Cookie}. */
  public Optional<String> value(String given) {
    Optional<String> found = Optional.empty();
    for (String pair : given.split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
        String value = pair.substring(equals + 1).strip();
        if (found.isPresent() && !found.get().equals(value)) {
          return Optional.empty();
        }
        found = Optional.of(value);
      }
    }
    return found.filter(value -> !value.isEmpty());
  }

  /**
   * Refuses what does not come from our own page: it must have {@code X-Tollgate-CSRF: 1}, which no
   * foreign page can send, and say {@code Sec-Fetch-Site: same-origin} or, where the browser does
   * not say that, an {@code Origin} that is ours.
   *
   * @throws Refusal {@code CSRF}
   */
  public void requireOwnPage(Request request) {
    if (!request.header(OWN_PAGE).filter("1"::equals).isPresent()) {
      throw refusal(OWN_PAGE + " is missing (expected: 1)");
    }
    Optional<String> site = request.header("Sec-Fetch-Site");
    boolean own =
        site.isPresent()
            ? site.get().equals("same-origin")
            : request
                .header("Origin")
                .filter(origin -> isOwn(origin, request.header("Host").orElse("")))
                .isPresent();
    if (!own) {
      throw refusal("the request comes from another page (expected: one of this server)");
    }
  }

  /** The header that sets the cookie. */
  public String set(String token, Duration life) {
    return name + "=" + token + "; Max-Age=" + Math.max(0, life.toSeconds()) + attributes();
  }

  /** The header that takes it away. */
  public String clear() {
    return name + "=; Max-Age=0" + attributes();
  }

  private String attributes() {
    return "; Path=/; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
  }

  /**
   * Whether a page of our own says that a request comes from it.
   *
   * @param origin the header {@code Origin}
   * @param host the header {@code Host}
   */
  public boolean isOwn(String origin, String host) {
    return origin.equals((secure ? "https://" : "http://") + host);
  }

  private static Refusal refusal(String message) {
    return new Refusal(ErrorCode.CSRF, message)
        .withDetails("Programs send Authorization: Bearer instead of a cookie.");
  }
}
