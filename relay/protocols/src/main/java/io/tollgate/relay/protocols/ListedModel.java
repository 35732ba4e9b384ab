package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A model as callers see it in a list of models.
 *
 * @param ownedBy the organization that made it
 */
public record ListedModel(String id, Instant created, String ownedBy) {
  public ListedModel {
    requireNonNull(id, "id is null");
    requireNonNull(created, "created is null");
    requireNonNull(ownedBy, "ownedBy is null");
  }
}
