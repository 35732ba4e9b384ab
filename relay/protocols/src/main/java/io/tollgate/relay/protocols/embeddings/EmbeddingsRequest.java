package io.tollgate.relay.protocols.embeddings;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.CallerRequest;

/** A request for vectors of texts, whatever protocol its caller speaks. Immutable. */
public interface EmbeddingsRequest extends CallerRequest {
  /**
   * What it asks for.
   *
   * @throws io.tollgate.relay.protocols.RequestFault where only its own protocol can be told that
   */
  TextsToEmbed texts();

  /**
   * The answer in the form of the caller's protocol.
   *
   * @param usage what is charged
   */
  byte[] answer(EmbeddedVectors vectors, TokenUsage usage);
}
