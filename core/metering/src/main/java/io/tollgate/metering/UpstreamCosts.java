package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Says what upstreams charge us for the requests that they served. Asked when a request is booked,
 * once for each; answers from memory, never blocks, and never fails: what it does not know is not
 * known. Safe for use by many threads.
 */
@FunctionalInterface
public interface UpstreamCosts {
  /** Knows of nothing what it costs. */
  UpstreamCosts UNKNOWN = served -> OptionalLong.empty();

  /**
   * What it costs us.
   *
   * @return nano USD, not negative; nothing where it is not known
   */
  OptionalLong cost(Served served);

  /**
   * A request that an upstream served.
   *
   * @param at when it was opened
   * @param account provider account that served it, if one did
   * @param upstreamModel as named to the upstream; empty where none was asked
   * @param priceVersion what the caller is charged by
   */
  record Served(
      Instant at,
      OptionalLong account,
      String upstreamModel,
      String priceVersion,
      TokenUsage usage) {
    public Served {
      requireNonNull(at, "at is null");
      requireNonNull(account, "account is null");
      requireNonNull(upstreamModel, "upstreamModel is null");
      requireNonNull(priceVersion, "priceVersion is null");
      requireNonNull(usage, "usage is null");
    }
  }
}
