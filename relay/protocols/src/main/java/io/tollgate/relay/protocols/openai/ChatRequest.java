package io.tollgate.relay.protocols.openai;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.RequestFault;
import java.util.OptionalLong;

/**
 * A request for a chat completion: what the relay must know of it, and the body as it came. What is
 * not named here passes through byte by byte. Immutable as long as the body is not changed.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/create">Create chat
 *     completion</a>
 */
public final class ChatRequest {
  /** Longest name of a model, characters. */
  public static final int MOST_MODEL_LENGTH = 256;

  /** Most choices of one request. */
  public static final int MOST_CHOICES = 128;

  private final byte[] body;
  private final ChatFields fields;
  private final InputText input;

  ChatRequest(byte[] body, ChatFields fields, InputText input) {
    this.body = requireNonNull(body, "body is null");
    this.fields = requireNonNull(fields, "fields is null");
    this.input = requireNonNull(input, "input is null");
  }

  /**
   * Reads a body: strict JSON in strict UTF-8, one object, nested at most 1000 levels, the fields
   * that are read here at most once each.
   *
   * @throws RequestFault saying what was given and what was expected
   */
  public static ChatRequest parse(byte[] body) {
    return new ChatRequestReader(body).read();
  }

  /** The model as the caller named it, 1 to {@value #MOST_MODEL_LENGTH} characters. */
  public String model() {
    return fields.model();
  }

  /** Whether the answer is to be streamed. */
  public boolean stream() {
    return fields.stream;
  }

  /** Whether the caller asked for the usage chunk at the end of the stream. */
  public boolean includeUsage() {
    return fields.includeUsage;
  }

  /** Choices asked for, 1 to {@value #MOST_CHOICES}. */
  public int choices() {
    return fields.choices;
  }

  /**
   * The limit of output tokens of each choice, at least 1 and at most {@link
   * io.tollgate.contracts.TokenUsage#MOST} (a greater one is passed on as it is): {@code
   * max_completion_tokens} or {@code max_tokens}, the greater if both are given.
   */
  public OptionalLong maxOutputTokens() {
    return fields.maxOutputTokens == 0
        ? OptionalLong.empty()
        : OptionalLong.of(fields.maxOutputTokens);
  }

  /** What is to be counted as input. */
  public InputText input() {
    return input;
  }

  /** The body as it came; not a copy. */
  public byte[] body() {
    return body;
  }

  /**
   * The body to send upstream: the model named as the upstream names it and, for a stream, usage
   * asked for. All other bytes are as they came; with nothing to change it is the body itself.
   */
  public byte[] bodyFor(String upstreamModel) {
    return UpstreamBody.of(body, fields, upstreamModel);
  }
}
