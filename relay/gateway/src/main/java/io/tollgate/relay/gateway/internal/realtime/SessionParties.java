package io.tollgate.relay.gateway.internal.realtime;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ModelPrice;
import io.tollgate.relay.accounts.AccountUse;
import io.tollgate.relay.protocols.RealtimeProtocol;
import io.tollgate.web.RequestContext;

/**
 * Who takes part in a session.
 *
 * @param context of the request that opened it
 * @param key the caller's, to be looked at again and again
 * @param model of the price list
 * @param askedModel the same as the caller named it
 * @param use of the account that serves it
 * @param steered whether the caller has asked the account to fail
 */
record SessionParties(
    RequestContext context,
    RealtimeProtocol protocol,
    String key,
    ModelPrice model,
    String askedModel,
    AccountUse use,
    boolean steered) {
  SessionParties {
    requireNonNull(context, "context is null");
    requireNonNull(protocol, "protocol is null");
    requireNonNull(key, "key is null");
    requireNonNull(model, "model is null");
    requireNonNull(askedModel, "askedModel is null");
    requireNonNull(use, "use is null");
  }

  String upstreamModel() {
    return UpstreamSockets.modelAt(use.account(), model.id(), askedModel);
  }

  /** Says nothing of the key. */
  @Override
  public String toString() {
    return "SessionParties[" + context.requestId() + "]";
  }
}
