package io.tollgate.relay.protocols.anthropic.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.KeptUse;
import io.tollgate.relay.protocols.ProviderTool;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.anthropic.answer.AnthropicAnswerWriter;
import io.tollgate.relay.protocols.anthropic.answer.OwnBlocks;
import io.tollgate.relay.protocols.anthropic.errors.AnthropicErrors;
import io.tollgate.relay.protocols.conversation.AnswerWriter;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.ConversationRequest;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request for a message: what the relay must know of it, and the body as it came. What is not
 * named here passes through byte by byte. Immutable as long as the body is not changed.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/messages">Create a message</a>
 */
public final class MessagesRequest implements ConversationRequest {
  private final byte[] body;
  private final MessagesFields fields;
  private final InputText input;
  private final List<Header> headers;
  private final boolean beta;
  private final AnthropicErrors errors;

  MessagesRequest(
      byte[] body,
      MessagesFields fields,
      InputText input,
      List<Header> headers,
      boolean beta,
      AnthropicErrors errors) {
    this.body = requireNonNull(body, "body is null");
    this.fields = requireNonNull(fields, "fields is null");
    this.input = requireNonNull(input, "input is null");
    this.headers = List.copyOf(headers);
    this.beta = beta;
    this.errors = requireNonNull(errors, "errors is null");
  }

  /**
   * Reads a body: strict JSON in strict UTF-8, one object, nested at most 1000 levels, the fields
   * that are read here at most once each.
   *
   * @param headers the version of the protocol, as the upstream is to be told
   * @param beta whether the query says {@code beta=true}
   * @param errors how the caller is told of them, should the answer break
   * @throws RequestFault saying what was given and what was expected
   */
  public static MessagesRequest parse(
      byte[] body, List<Header> headers, boolean beta, AnthropicErrors errors) {
    MessagesRequestReader reader = new MessagesRequestReader(body, true);
    reader.read();
    return new MessagesRequest(body, reader.fields(), reader.input(), headers, beta, errors);
  }

  /**
   * Counts the input of a body of {@code POST /messages/count_tokens}, which is a request without a
   * limit.
   *
   * @throws RequestFault saying what was given and what was expected
   */
  public static Counted count(byte[] body, TokenCounter counter) {
    MessagesRequestReader reader = new MessagesRequestReader(body, false);
    reader.read();
    String model = reader.fields().model();
    return new Counted(model, counter.count(model, reader.input()));
  }

  /** How many tokens of input a request to this model has. */
  public record Counted(String model, long tokens) {}

  @Override
  public Protocol protocol() {
    return Protocol.ANTHROPIC;
  }

  @Override
  public String model() {
    return fields.model();
  }

  @Override
  public boolean stream() {
    return fields.stream;
  }

  @Override
  public int choices() {
    return 1;
  }

  @Override
  public OptionalLong maxOutputTokens() {
    return OptionalLong.of(fields.maxTokens);
  }

  @Override
  public InputText input() {
    return input;
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
  public KeptUse kept() {
    return KeptUse.ofFiles(fields.files);
  }

  @Override
  public long conversationKey() {
    return input.openingHash();
  }

  @Override
  public Optional<ServiceTier> tier() {
    return fields.tier;
  }

  /** The version of the protocol, as the upstream is to be told. */
  public List<Header> headers() {
    return headers;
  }

  /** The path at an upstream of the same protocol, with what the caller's query says. */
  public String path(String path) {
    return beta ? path + "?beta=true" : path;
  }

  /** Whether it holds thinking of another provider, which Anthropic does not take. */
  public boolean foreignSignatures() {
    return fields.foreignSignatures;
  }

  /**
   * The body to send upstream: the model named as the upstream names it. All other bytes are as
   * they came; with nothing to change it is the body itself.
   */
  public byte[] bodyFor(String upstreamModel) {
    if (upstreamModel.equals(fields.model())) {
      return body;
    }
    ByteSink edited = new ByteSink();
    byte[] name = JsonText.quote(upstreamModel).getBytes(StandardCharsets.UTF_8);
    edited.add(body, 0, fields.modelFrom);
    edited.add(name, 0, name.length);
    edited.add(body, fields.modelTo, body.length);
    return edited.take();
  }

  @Override
  public Conversation conversation() {
    return new ConversationReader(body, fields).read();
  }

  @Override
  public AnswerWriter answerWriter(AnswerTerms terms) {
    return answerWriter(terms, OwnBlocks.collecting());
  }

  /**
   * The same for an answer of an upstream of the same protocol.
   *
   * @param blocks that the answer's reader fills
   */
  public AnswerWriter answerWriter(AnswerTerms terms, OwnBlocks blocks) {
    return new AnthropicAnswerWriter(terms, fields.model(), fields.stream, errors, blocks);
  }
}
