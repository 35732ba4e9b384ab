package io.tollgate.relay.gateway.planted;

import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.openai.OpenAiUpstream;

/** The gateway may know protocols by their faces only; this one is known by its name. */
final class KnowingOneProtocol {
  private KnowingOneProtocol() {}

  static OpenAiUpstream openAi() {
    return new OpenAiUpstream(ThinkingTable.USUAL);
  }
}
