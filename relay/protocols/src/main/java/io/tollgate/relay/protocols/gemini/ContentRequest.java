package io.tollgate.relay.protocols.gemini;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.ProviderTool;
import io.tollgate.relay.protocols.conversation.AnswerWriter;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.ConversationRequest;
import io.tollgate.relay.protocols.gemini.answer.GeminiAnswerWriter;
import io.tollgate.relay.protocols.gemini.errors.GeminiErrors;
import io.tollgate.relay.protocols.gemini.request.AnswerShape;
import io.tollgate.relay.protocols.gemini.request.GeminiRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A request for content, and how its caller is answered. Immutable. */
final class ContentRequest implements ConversationRequest {
  private final GeminiRequest request;
  private final GeminiErrors errors;

  ContentRequest(GeminiRequest request, GeminiErrors errors) {
    this.request = requireNonNull(request, "request is null");
    this.errors = requireNonNull(errors, "errors is null");
  }

  GeminiRequest request() {
    return request;
  }

  @Override
  public Conversation conversation() {
    return request.conversation();
  }

  @Override
  public AnswerWriter answerWriter(AnswerTerms terms) {
    return answerWriter(request.shape(), terms);
  }

  AnswerWriter answerWriter(AnswerShape shape, AnswerTerms terms) {
    return new GeminiAnswerWriter(shape, request.model(), terms.requestId(), errors);
  }

  @Override
  public Protocol protocol() {
    return Protocol.GEMINI;
  }

  @Override
  public String model() {
    return request.model();
  }

  @Override
  public boolean stream() {
    return request.stream();
  }

  @Override
  public int choices() {
    return request.choices();
  }

  @Override
  public OptionalLong maxOutputTokens() {
    return request.maxOutputTokens();
  }

  @Override
  public InputText input() {
    return request.input();
  }

  @Override
  public byte[] body() {
    return request.body();
  }

  @Override
  public long conversationKey() {
    return request.conversationKey();
  }

  @Override
  public List<ProviderTool> providerTools() {
    return request.providerTools();
  }

  @Override
  public boolean inputElsewhere() {
    return request.inputElsewhere();
  }

  @Override
  public Optional<ServiceTier> tier() {
    return request.tier();
  }
}
