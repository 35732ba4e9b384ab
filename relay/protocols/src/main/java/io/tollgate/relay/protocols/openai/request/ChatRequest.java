package io.tollgate.relay.protocols.openai.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.KeptUse;
import io.tollgate.relay.protocols.ProviderTool;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.AnswerWriter;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.ConversationRequest;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request for a chat completion: what the relay must know of it, and the body as it came. What is
 * not named here passes through byte by byte. Immutable as long as the body is not changed.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/create">Create chat
 *     completion</a>
 */
public final class ChatRequest implements ConversationRequest {
  /** Most choices of one request. */
  public static final int MAX_CHOICES = 128;

  /** Makes what writes an answer for the request's caller. */
  public interface Writers {
    AnswerWriter of(ChatRequest request, AnswerTerms terms);
  }

  private final byte[] body;
  private final ChatFields fields;
  private final InputText input;
  private final OpenAiErrors errors;
  private final Writers writers;

  ChatRequest(
      byte[] body, ChatFields fields, InputText input, OpenAiErrors errors, Writers writers) {
    this.body = requireNonNull(body, "body is null");
    this.fields = requireNonNull(fields, "fields is null");
    this.input = requireNonNull(input, "input is null");
    this.errors = requireNonNull(errors, "errors is null");
    this.writers = requireNonNull(writers, "writers is null");
  }

  /**
   * Reads a body: strict JSON in strict UTF-8, one object, nested at most 1000 levels, the fields
   * that are read here at most once each.
   *
   * @param errors how the caller is told of them, should the answer break
   * @param writers make what writes answers of upstreams of other protocols
   * @throws RequestFault saying what was given and what was expected
   */
  public static ChatRequest parse(byte[] body, OpenAiErrors errors, Writers writers) {
    return new ChatRequestReader(body, errors, writers).read();
  }

  @Override
  public String model() {
    return fields.model();
  }

  @Override
  public boolean stream() {
    return fields.stream;
  }

  /** Whether the provider is to search the web before it answers. */
  public boolean searches() {
    return fields.searches;
  }

  /** Whether the caller asked for the usage chunk at the end of the stream. */
  public boolean includeUsage() {
    return fields.includeUsage;
  }

  @Override
  public int choices() {
    return fields.choices;
  }

  @Override
  public OptionalLong maxOutputTokens() {
    return fields.maxOutputTokens == 0
        ? OptionalLong.empty()
        : OptionalLong.of(fields.maxOutputTokens);
  }

  @Override
  public InputText input() {
    return input;
  }

  @Override
  public Protocol protocol() {
    return Protocol.OPENAI;
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public List<ProviderTool> providerTools() {
    return fields.tools;
  }

  @Override
  public boolean inputElsewhere() {
    return fields.inputElsewhere;
  }

  @Override
  public long conversationKey() {
    return fields.cacheKey != 0 ? fields.cacheKey : input.openingHash();
  }

  @Override
  public KeptUse kept() {
    return KeptUse.ofFiles(fields.files);
  }

  @Override
  public Optional<ServiceTier> tier() {
    return fields.tier;
  }

  @Override
  public Conversation conversation() {
    return ChatConversation.of(body, stream());
  }

  @Override
  public AnswerWriter answerWriter(AnswerTerms terms) {
    return writers.of(this, terms);
  }

  public OpenAiErrors errors() {
    return errors;
  }

  /**
   * The body to send upstream: the model named as the upstream names it and, for a stream, usage
   * asked for. All other bytes are as they came; with nothing to change it is the body itself.
   *
   * @param askForUsage false where the upstream refuses to be asked
   */
  public byte[] bodyFor(String upstreamModel, boolean askForUsage) {
    return UpstreamBody.of(body, fields, upstreamModel, askForUsage);
  }
}
