package io.tollgate.relay.accounts;

import java.util.Locale;

/** How accounts of equal priority are told apart, before weight and load decide. */
public enum RoutingStrategy {
  /** Not at all. */
  WEIGHTED,
  /** The one whose usage costs least, by its cost factor. */
  LEAST_COST,
  /** The one that began to answer soonest of late. */
  LOWEST_LATENCY;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** As it is stored and shown. */
  public String code() {
    return code;
  }
}
