package io.tollgate.relay.protocols.conversation;

import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.CallerRequest;

/** A request for a conversation's next turn, which upstreams of other protocols can answer too. */
public interface ConversationRequest extends CallerRequest {
  /**
   * What it asks for, in no protocol's words. Costs a pass over the body; own protocol to own
   * protocol needs none.
   *
   * @throws io.tollgate.relay.protocols.RequestFault where it is not what its protocol allows, or
   *     asks for what only its own protocol has and would change the answer
   */
  Conversation conversation();

  /** Writes one answer the way this caller reads it, streamed or whole as they asked. */
  AnswerWriter answerWriter(AnswerTerms terms);
}
