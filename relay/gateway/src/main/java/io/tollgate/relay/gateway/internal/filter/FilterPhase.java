package io.tollgate.relay.gateway.internal.filter;

import java.util.Locale;

/** What a filter is asked about. */
public enum FilterPhase {
  REQUEST,
  ANSWER;

  /** As the filter and metrics see it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
