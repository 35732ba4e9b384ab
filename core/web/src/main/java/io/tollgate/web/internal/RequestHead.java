package io.tollgate.web.internal;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.tollgate.ground.ErrorCode;
import io.tollgate.web.HeadLimits;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * Checks of a request's first line and headers that the decoder does not make: whatever two
 * programs in a row could read in two ways (RFC 9112, sections 3.2, 5 and 6.1) is refused.
 */
final class RequestHead {
  private static final int HOST = "Host".length();
  private static final int TRANSFER_ENCODING = "Transfer-Encoding".length();

  private RequestHead() {}

  /** What is wrong with a request that was decoded, if something is. */
  static Optional<BadHeadException> problem(HttpRequest request, HeadLimits limits) {
    HttpVersion version = request.protocolVersion();
    boolean current = version.equals(HttpVersion.HTTP_1_1);
    if (!current && !version.equals(HttpVersion.HTTP_1_0)) {
      return Optional.of(
          version.majorVersion() == 2 && request.method().name().equals("PRI")
              ? BadHeadException.HTTP_2
              : BadHeadException.malformed("the HTTP version is not served (expected: HTTP/1.1)"));
    }
    if (!isTarget(request.uri())) {
      return Optional.of(
          BadHeadException.malformed(
              "the request target is malformed (expected: a path, or a whole http address)"));
    }
    return headersProblem(request, current, limits.headerCount());
  }

  private static Optional<BadHeadException> headersProblem(
      HttpRequest request, boolean hostNeeded, int max) {
    int count = 0;
    int hosts = 0;
    int codings = 0;
    DecidingHeaders deciding = new DecidingHeaders();
    Iterator<Map.Entry<CharSequence, CharSequence>> headers =
        request.headers().iteratorCharSequence();
    while (headers.hasNext()) {
      Map.Entry<CharSequence, CharSequence> header = headers.next();
      CharSequence name = header.getKey();
      count++;
      if (name.isEmpty()) {
        return Optional.of(BadHeadException.malformed("a header has no name"));
      }
      if (name.length() == HOST && HeaderName.is(name, "host")) {
        hosts++;
        if (!isHost(header.getValue())) {
          return Optional.of(
              BadHeadException.malformed("Host is malformed (expected: a name and a port)"));
        }
      } else if (name.length() == TRANSFER_ENCODING && HeaderName.is(name, "transfer-encoding")) {
        codings++;
        if (!HeaderName.is(header.getValue(), "chunked")) {
          return Optional.of(
              BadHeadException.malformed("Transfer-Encoding is not served (expected: chunked)"));
        }
      }
      Optional<String> again = deciding.again(name, header.getValue());
      if (again.isPresent()) {
        return Optional.of(
            BadHeadException.malformed(
                again.get() + " is given twice, with different values (expected: once)"));
      }
    }
    if (count > max) {
      return Optional.of(
          new BadHeadException(
              ErrorCode.HEADERS_TOO_LARGE, "too many headers: " + count + " (limit: " + max + ")"));
    }
    if (hosts > 1 || hostNeeded && hosts == 0) {
      return Optional.of(
          BadHeadException.malformed("Host headers: " + hosts + " (expected: exactly one)"));
    }
    return codings > 1
        ? Optional.of(BadHeadException.malformed("Transfer-Encoding is given more than once"))
        : Optional.empty();
  }

  private static boolean isTarget(String uri) {
    return uri.startsWith("/")
        || uri.equals("*")
        || uri.regionMatches(true, 0, "http://", 0, 7)
        || uri.regionMatches(true, 0, "https://", 0, 8);
  }

  /** A name, an address or nothing, and perhaps a port; no list, path or user. */
  private static boolean isHost(CharSequence value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean allowed =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || "-._~:[]%!$&'()*+;=".indexOf(c) >= 0;
      if (!allowed) {
        return false;
      }
    }
    return true;
  }
}
