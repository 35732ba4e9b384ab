package io.tollgate.identity.internal.rates;

/** What of a key is limited. */
enum RateKind {
  /** Requests in 60 seconds. */
  REQUESTS("requests"),
  /** Tokens in 60 seconds. */
  TOKENS("tokens"),
  /** Requests at one time. */
  RUNNING("running");

  private final String code;

  RateKind(String code) {
    this.code = code;
  }

  /** As the database names it. */
  String code() {
    return code;
  }
}
