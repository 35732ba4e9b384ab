package io.tollgate.relay.gateway.internal;

import io.tollgate.billing.ModelPrice;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.ListedModel;

/** Turns models of the price list into what callers are shown of them. */
final class ListedModels {
  private static final int LONGEST_SHOWN = 100;

  private ListedModels() {}

  static ListedModel shown(ModelPrice model) {
    return new ListedModel(model.id(), model.created(), model.ownedBy());
  }

  static Refusal unknown(String name) {
    String shown = name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "…";
    return new Refusal(
        ErrorCode.MODEL_NOT_FOUND,
        "model: " + shown + " does not exist (expected: one of GET /v1/models)");
  }
}
