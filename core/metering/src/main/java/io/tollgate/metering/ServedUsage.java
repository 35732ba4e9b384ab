package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What an upstream served of a request, as it is booked.
 *
 * @param at when the request was opened
 * @param account provider account that served it, if one did
 * @param upstreamModel as named to the upstream; empty where none was asked
 * @param priceVersion what the caller is charged by
 */
public record ServedUsage(
    Instant at, OptionalLong account, String upstreamModel, String priceVersion, TokenUsage usage) {
  public ServedUsage {
    requireNonNull(at, "at is null");
    requireNonNull(account, "account is null");
    requireNonNull(upstreamModel, "upstreamModel is null");
    requireNonNull(priceVersion, "priceVersion is null");
    requireNonNull(usage, "usage is null");
  }
}
