package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

/**
 * The headers in which the callers of a protocol look for what is left of one limit per minute.
 *
 * @param limit the limit
 * @param remaining what is left of it now
 * @param reset when all of it is there again
 * @param form how that time is written
 */
public record RateHeaderNames(String limit, String remaining, String reset, ResetForm form) {
  /** How the time is written at which a limit is whole again. */
  public enum ResetForm {
    /** As a span from now: {@code 850ms}, {@code 12s}, {@code 1m0s}. */
    SPAN,
    /** As a time of day, RFC 3339. */
    TIME
  }

  public RateHeaderNames {
    requireNonNull(limit, "limit is null");
    requireNonNull(remaining, "remaining is null");
    requireNonNull(reset, "reset is null");
    requireNonNull(form, "form is null");
  }
}
