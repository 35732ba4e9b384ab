package io.tollgate.relay.protocols.openai.answer;

import static java.util.Objects.requireNonNull;

/**
 * What all chunks of one stream have in common.
 *
 * @param id the completion's id
 * @param created seconds since 1970
 * @param model as the upstream named it
 */
record StreamIdentity(String id, long created, String model) {
  StreamIdentity {
    requireNonNull(id, "id is null");
    requireNonNull(model, "model is null");
  }
}
