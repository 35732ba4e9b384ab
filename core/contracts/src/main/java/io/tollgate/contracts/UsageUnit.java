package io.tollgate.contracts;

/** In what a kind of usage is counted. */
public enum UsageUnit {
  TOKEN,
  SECOND,
  CHARACTER,
  IMAGE,
  SEARCH_UNIT,
  /** One use of a tool that the provider runs itself. */
  CALL,
  /** A whole request, whatever it used. */
  REQUEST;

  /** Whether a token quota counts it, one for one, and can pay for it. */
  public boolean coveredByQuota() {
    return this == TOKEN;
  }
}
