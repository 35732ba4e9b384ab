package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AdminId;
import io.tollgate.ground.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which rows of the administrators' log are wanted; what is empty does not restrict.
 *
 * @param start from when on, inclusive
 * @param end until when, exclusive
 */
public record AdminChangeFilter(
    Optional<AdminId> admin,
    Optional<String> action,
    Optional<String> thing,
    Optional<String> thingId,
    Optional<TenantId> tenant,
    Optional<Boolean> done,
    Optional<UUID> requestId,
    Optional<Instant> start,
    Optional<Instant> end) {
  public static final AdminChangeFilter ALL =
      new AdminChangeFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public AdminChangeFilter {
    requireNonNull(admin, "admin is null");
    requireNonNull(action, "action is null");
    requireNonNull(thing, "thing is null");
    requireNonNull(thingId, "thingId is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(done, "done is null");
    requireNonNull(requestId, "requestId is null");
    requireNonNull(start, "start is null");
    requireNonNull(end, "end is null");
  }
}
