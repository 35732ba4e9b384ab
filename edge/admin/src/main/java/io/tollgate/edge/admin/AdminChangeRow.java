package io.tollgate.edge.admin;

import io.tollgate.ground.AdminId;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.AdminChange;
import io.tollgate.web.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A row of the administrators' log.
 *
 * @param adminId null: a sign-in of nobody who is known
 * @param before of what was changed first, the columns that differ; null where there was none
 * @param after the same afterwards
 * @param changes all that was changed, up to 50 rows
 * @param changed how many rows were changed
 */
record AdminChangeRow(
    long id,
    Instant createdAt,
    @Nullable Long adminId,
    String username,
    String action,
    String path,
    String thing,
    String thingId,
    @Nullable Long tenantId,
    @Nullable JsonNode before,
    @Nullable JsonNode after,
    JsonNode changes,
    int changed,
    String outcome,
    @Nullable String errorCode,
    UUID requestId,
    String address,
    String device) {
  static AdminChangeRow of(AdminChange change) {
    JsonNode changes = Json.read(change.changes().getBytes(StandardCharsets.UTF_8));
    return new AdminChangeRow(
        change.id(),
        change.at(),
        change.admin().map(AdminId::value).orElse(null),
        change.username(),
        change.action(),
        change.path(),
        change.thing(),
        change.thingId(),
        change.tenant().map(TenantId::value).orElse(null),
        part(changes, "before"),
        part(changes, "after"),
        changes,
        change.changed(),
        change.done() ? "done" : "refused",
        change.error().orElse(null),
        change.requestId(),
        change.origin().address(),
        change.origin().device());
  }

  private static @Nullable JsonNode part(JsonNode changes, String name) {
    JsonNode part = changes.path(0).path(name);
    return part.isObject() && !part.isEmpty() ? part : null;
  }
}
