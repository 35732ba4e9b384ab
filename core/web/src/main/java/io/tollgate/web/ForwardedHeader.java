package io.tollgate.web;

/**
 * The header in which trusted proxies name the caller. One of them only: a proxy writes the one it
 * knows and passes the other on as the caller sent it.
 */
public enum ForwardedHeader {
  /** {@code X-Forwarded-For: 203.0.113.7, 10.0.0.2}. */
  X_FORWARDED_FOR("X-Forwarded-For"),
  /** {@code Forwarded: for=203.0.113.7, for="[2001:db8::7]:4711"} (RFC 7239). */
  FORWARDED("Forwarded");

  private final String headerName;

  ForwardedHeader(String headerName) {
    this.headerName = headerName;
  }

  public String headerName() {
    return headerName;
  }
}
