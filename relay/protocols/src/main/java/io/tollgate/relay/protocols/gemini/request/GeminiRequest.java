package io.tollgate.relay.protocols.gemini.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.ProviderTool;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.Conversation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request for content: what the relay must know of it, and the body as it came. What is not named
 * here passes through byte by byte. Immutable as long as the body is not changed.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">Generating content</a>
 */
public final class GeminiRequest implements CallerRequest {
  private static final int MAX_MODEL_LENGTH = 256;
  private static final String COLLECTION = "models/";

  private final byte[] body;
  private final String model;
  private final AnswerShape shape;
  private final GeminiFields fields;
  private final InputText input;

  private GeminiRequest(
      byte[] body, String model, AnswerShape shape, GeminiFields fields, InputText input) {
    this.body = requireNonNull(body, "body is null");
    this.model = requireNonNull(model, "model is null");
    this.shape = requireNonNull(shape, "shape is null");
    this.fields = requireNonNull(fields, "fields is null");
    this.input = requireNonNull(input, "input is null");
  }

  /**
   * Reads a body: strict JSON in strict UTF-8, one object, nested at most 1000 levels, the fields
   * that are read here at most once each.
   *
   * @param model as the path names it, with or without {@code models/} before it
   * @throws RequestFault saying what was given and what was expected
   */
  public static GeminiRequest parse(String model, AnswerShape shape, byte[] body) {
    GeminiRequestReader reader = new GeminiRequestReader(body, false);
    GeminiFields fields = reader.read();
    return new GeminiRequest(body, named(model), shape, fields, reader.input());
  }

  /**
   * Reads a request to count tokens, which holds contents, or a whole request for content.
   *
   * @throws RequestFault saying what was given and what was expected
   */
  public static GeminiRequest parseCount(String model, byte[] body) {
    GeminiRequestReader reader = new GeminiRequestReader(body, true);
    GeminiFields fields = reader.read();
    return new GeminiRequest(body, named(model), AnswerShape.DOCUMENT, fields, reader.input());
  }

  private static String named(String model) {
    String name = model.startsWith(COLLECTION) ? model.substring(COLLECTION.length()) : model;
    if (name.isEmpty() || name.length() > MAX_MODEL_LENGTH) {
      throw RequestFault.of(
          "model", name.length() + " characters (expected: 1 to " + MAX_MODEL_LENGTH + ")");
    }
    return name;
  }

  @Override
  public Protocol protocol() {
    return Protocol.GEMINI;
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public boolean stream() {
    return shape != AnswerShape.DOCUMENT;
  }

  /** What form the answer takes. */
  public AnswerShape shape() {
    return shape;
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
  public byte[] body() {
    return body;
  }

  @Override
  public long conversationKey() {
    return input.openingHash();
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
  public Optional<ServiceTier> tier() {
    return fields.tier;
  }

  /** What it asks for, in no protocol's words; see there. */
  public Conversation conversation() {
    return ConversationReader.read(body, stream());
  }

  /**
   * The body to send to an upstream of the same protocol: as it came, but for signatures of other
   * providers, in whose place stands what Google documents for one that is lost.
   */
  public byte[] ownBody() {
    return OwnBody.of(body, fields);
  }
}
