package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AdminId;
import io.tollgate.ground.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A row of the administrators' log: something that was changed, or a sign-in that was refused.
 *
 * @param admin empty: a sign-in of nobody who is known
 * @param username as it was then; of a refused sign-in what was given, in part
 * @param action method and pattern of the call
 * @param thing what was changed first; empty where it is no row of a table that is watched
 * @param tenant whose the thing is
 * @param changes a JSON array of objects with thing, id, tenant_id, before and after; secrets are
 *     masked
 * @param changed how many rows were changed, also those that were too many to be kept
 * @param error why it was refused; empty: it was done
 */
public record AdminChange(
    long id,
    Instant at,
    Optional<AdminId> admin,
    String username,
    String action,
    String path,
    String thing,
    String thingId,
    Optional<TenantId> tenant,
    String changes,
    int changed,
    Optional<String> error,
    UUID requestId,
    SignInOrigin origin) {
  public AdminChange {
    requireNonNull(at, "at is null");
    requireNonNull(admin, "admin is null");
    requireNonNull(username, "username is null");
    requireNonNull(action, "action is null");
    requireNonNull(path, "path is null");
    requireNonNull(thing, "thing is null");
    requireNonNull(thingId, "thingId is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(changes, "changes is null");
    requireNonNull(error, "error is null");
    requireNonNull(requestId, "requestId is null");
    requireNonNull(origin, "origin is null");
  }

  /** Whether it was done, or only tried. */
  public boolean done() {
    return error.isEmpty();
  }
}
