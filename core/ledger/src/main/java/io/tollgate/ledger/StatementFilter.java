package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which lines of a user's statement are listed.
 *
 * @param asset code of the one asset that is wanted; empty: all
 * @param kinds of transfers; none: all
 * @param start posted at this time or later
 * @param end posted before this time
 */
public record StatementFilter(
    TenantId tenant,
    UserId user,
    Optional<String> asset,
    Set<String> kinds,
    Optional<Instant> start,
    Optional<Instant> end) {
  public StatementFilter {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(asset, "asset is null");
    kinds = Set.copyOf(kinds);
    requireNonNull(start, "start is null");
    requireNonNull(end, "end is null");
  }

  /** Everything of a user. */
  public static StatementFilter of(TenantId tenant, UserId user) {
    return new StatementFilter(
        tenant, user, Optional.empty(), Set.of(), Optional.empty(), Optional.empty());
  }
}
