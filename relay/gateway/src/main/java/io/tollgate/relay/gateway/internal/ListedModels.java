package io.tollgate.relay.gateway.internal;

import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.ModelPrices;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyHolder;
import io.tollgate.relay.protocols.ListedModel;
import java.util.List;

/** Turns models of the price list into what callers are shown of them. */
final class ListedModels {
  private static final int LONGEST_SHOWN = 100;

  private ListedModels() {}

  static ListedModel shown(ModelPrice model) {
    return new ListedModel(model.id(), model.created(), model.ownedBy());
  }

  /** Those of them that a key may ask for. */
  static List<ListedModel> of(ModelPrices prices, KeyHolder holder) {
    return prices.all().stream()
        .filter(model -> holder.models().allow(model.id()))
        .map(ListedModels::shown)
        .toList();
  }

  /**
   * The model that a caller names.
   *
   * @throws Refusal {@code MODEL_NOT_FOUND} when there is none, {@code MODEL_NOT_ALLOWED} when the
   *     key may not ask for it
   */
  static ModelPrice find(ModelPrices prices, KeyHolder holder, String name) {
    ModelPrice model = prices.find(name).orElseThrow(() -> unknown(name));
    if (!holder.models().allow(model.id())) {
      throw new Refusal(
          ErrorCode.MODEL_NOT_ALLOWED,
          "model: the API key may not ask for " + name + " (expected: one of GET /v1/models)");
    }
    return model;
  }

  private static Refusal unknown(String name) {
    String shown = name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "…";
    return new Refusal(
        ErrorCode.MODEL_NOT_FOUND,
        "model: " + shown + " does not exist (expected: one of GET /v1/models)");
  }
}
