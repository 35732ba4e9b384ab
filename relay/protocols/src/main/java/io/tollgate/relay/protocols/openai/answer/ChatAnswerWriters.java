package io.tollgate.relay.protocols.openai.answer;

import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.conversation.AnswerWriter;
import io.tollgate.relay.protocols.openai.request.ChatRequest;

/** Makes what writes an answer as a chat request asked for it: streamed or whole. */
public final class ChatAnswerWriters {
  private ChatAnswerWriters() {}

  public static AnswerWriter of(ChatRequest request, AnswerTerms terms) {
    return request.stream()
        ? new ChatAnswerWriter(terms, request.model(), request.includeUsage(), request.errors())
        : new ChatDocumentWriter(terms, request.model(), request.errors());
  }
}
