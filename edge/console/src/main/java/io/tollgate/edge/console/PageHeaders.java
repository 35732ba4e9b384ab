package io.tollgate.edge.console;

import java.util.LinkedHashMap;
import java.util.Map;

/** What browsers are told with every page: scripts of ours alone, and no frame around us. */
final class PageHeaders {
  private static final String CONTENT_SECURITY_POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self' 'unsafe-inline'",
          "style-src-elem 'self'",
          "style-src-attr 'unsafe-inline'",
          "img-src 'self' data: blob:",
          "font-src 'self'",
          "connect-src 'self'",
          "form-action 'self'",
          "frame-ancestors 'none'",
          "base-uri 'none'");
  private static final String YEAR = "max-age=31536000";

  private PageHeaders() {}

  /**
   * @param secure whether browsers reach us over TLS
   */
  static Map<String, String> of(boolean secure) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "same-origin");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    if (secure) {
      headers.put("Strict-Transport-Security", YEAR);
    }
    return headers;
  }
}
