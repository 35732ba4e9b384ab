package io.tollgate.edge.sync;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.web.SessionCookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a request to follow numbers says of itself: the token, in a header, in the query, as
 * browsers can set no header there, or in the cookie of the users' own pages; and what it knows
 * already.
 */
final class PresentedToken {
  private static final String BEARER = "Bearer ";
  private static final CharSequence SITE = "Sec-Fetch-Site";
  private static final int VERSION_DIGITS = 18;

  /** What stands for bytes that are no UTF-8. */
  private static final char UNREADABLE = '\uFFFD';

  private final SessionCookie cookie;

  PresentedToken(SessionCookie cookie) {
    this.cookie = requireNonNull(cookie, "cookie is null");
  }

  /** The token of a stream; with a cookie it may be opened by our own pages only. */
  Optional<Presented> ofStream(HttpServerRequest request) {
    return given(request)
        .or(
            () ->
                cookie
                    .streamToken(
                        header(request, HttpHeaders.COOKIE),
                        header(request, SITE),
                        header(request, HttpHeaders.ORIGIN),
                        header(request, HttpHeaders.HOST))
                    .map(token -> new Presented(token, true)));
  }

  /**
   * The token of a WebSocket. Pages of other origins may open one, and the browser sends our cookie
   * along: it counts for our own pages only, which browsers name always.
   */
  Optional<Presented> ofSocket(HttpServerRequest request) {
    Optional<Presented> given = given(request);
    return given.isEmpty() && request.getHeader(HttpHeaders.ORIGIN) == null
        ? given
        : ofStream(request);
  }

  private static Optional<String> header(HttpServerRequest request, CharSequence name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  private static Optional<Presented> given(HttpServerRequest request) {
    // looked at even where it does not count
    Optional<String> query = one(request, "token");
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    Optional<String> token =
        header == null ? query.map(text -> bearer(text).orElse(text)) : bearer(header);
    return token.map(text -> new Presented(text, false));
  }

  private static Optional<String> bearer(String text) {
    return text.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? Optional.of(text.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  /**
   * Version of the last event that the client has: by the header that browsers send when they
   * connect again, or by the query. One that is no number says nothing.
   */
  static OptionalLong lastEvent(HttpServerRequest request) {
    Optional<String> query = one(request, "last_event_id");
    String header = request.getHeader("Last-Event-ID");
    String text = header == null ? query.orElse("") : header.strip();
    boolean number =
        !text.isEmpty()
            && text.length() <= VERSION_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  /**
   * The value of a parameter of the query.
   *
   * @throws Refusal {@code INVALID_REQUEST} when it has several, or is no text
   */
  static Optional<String> one(HttpServerRequest request, String name) {
    List<String> values = all(request, name);
    if (values.size() > 1) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, name + ": given " + values.size() + " times (expected: once)");
    }
    Optional<String> value = values.stream().findFirst().filter(text -> !text.isEmpty());
    if (value.filter(text -> text.indexOf(0) >= 0 || text.indexOf(UNREADABLE) >= 0).isPresent()) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          name + ": holds a NUL character, or bytes that are none (expected: Unicode text)");
    }
    return value;
  }

  /** Each by itself, so that one that cannot be read is named. */
  private static List<String> all(HttpServerRequest request, String name) {
    String query = request.query();
    return query == null
        ? List.of()
        : Arrays.stream(query.split("&", -1))
            .filter(part -> part.startsWith(name + "="))
            .map(part -> decoded(name, part.substring(name.length() + 1)))
            .toList();
  }

  private static String decoded(String name, String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          name + ": malformed percent-encoding (expected: %XX of UTF-8)",
          e);
    }
  }
}
