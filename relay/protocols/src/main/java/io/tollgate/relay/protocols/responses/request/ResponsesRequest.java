package io.tollgate.relay.protocols.responses.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.KeptUse;
import io.tollgate.relay.protocols.ProviderTool;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.ConversationRequest;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.responses.answer.AnswerHead;
import io.tollgate.relay.protocols.responses.answer.ResponsesAnswerWriter;
import io.tollgate.relay.protocols.responses.answer.UpstreamNames;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request for a response: what the relay must know of it, and the body as it came. What is not
 * named here passes through byte by byte. Immutable as long as the body is not changed.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses/create">Create a model
 *     response</a>
 */
public final class ResponsesRequest implements ConversationRequest {
  private final byte[] body;
  private final ResponsesFields fields;
  private final InputText input;
  private final OpenAiErrors errors;

  ResponsesRequest(byte[] body, ResponsesFields fields, InputText input, OpenAiErrors errors) {
    this.body = requireNonNull(body, "body is null");
    this.fields = requireNonNull(fields, "fields is null");
    this.input = requireNonNull(input, "input is null");
    this.errors = requireNonNull(errors, "errors is null");
  }

  /**
   * Reads a body: strict JSON in strict UTF-8, one object, nested at most 1000 levels, the fields
   * that are read here at most once each.
   *
   * @param errors how the caller is told of them, should the answer break
   * @throws RequestFault saying what was given and what was expected
   */
  public static ResponsesRequest parse(byte[] body, OpenAiErrors errors) {
    return new ResponsesRequestReader(body, errors).read();
  }

  @Override
  public Protocol protocol() {
    return Protocol.RESPONSES;
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
    return fields.maxOutputTokens == 0
        ? OptionalLong.empty()
        : OptionalLong.of(fields.maxOutputTokens);
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
  public long conversationKey() {
    return input.openingHash();
  }

  @Override
  public Optional<ServiceTier> tier() {
    return fields.tier;
  }

  @Override
  public KeptUse kept() {
    return fields.background || fields.store || fields.previousResponseId.isPresent()
        ? new KeptUse(fields.previousResponseId, fields.files, fields.background, fields.store)
        : KeptUse.ofFiles(fields.files);
  }

  /** Whether the provider keeps the answer, so that it can be asked for or gone on from later. */
  public boolean stored() {
    return fields.store;
  }

  /**
   * The body to send to an upstream of this protocol: the model named as the upstream names it, and
   * without thoughts that another protocol's provider has sealed. All other bytes are as they came;
   * with nothing to change it is the body itself.
   */
  public byte[] bodyFor(String upstreamModel) {
    return UpstreamBody.of(body, fields, upstreamModel);
  }

  @Override
  public Conversation conversation() {
    return new ConversationReader(body, fields).read();
  }

  @Override
  public ResponsesAnswerWriter answerWriter(AnswerTerms terms) {
    return new ResponsesAnswerWriter(head(terms), errors, fields.stream);
  }

  /**
   * Writes what we add to an answer of an upstream of this protocol, or the whole of it in another
   * form.
   *
   * @param upstream what it calls its response, filled while that is read
   */
  public ResponsesAnswerWriter writerGoingOn(AnswerTerms terms, UpstreamNames upstream) {
    return ResponsesAnswerWriter.goingOn(head(terms), errors, fields.stream, upstream);
  }

  private AnswerHead head(AnswerTerms terms) {
    return new AnswerHead(
        terms.requestId(), terms.at().getEpochSecond(), fields.model(), Echo.of(body, fields));
  }
}
