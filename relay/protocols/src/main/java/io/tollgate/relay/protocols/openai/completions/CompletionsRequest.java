package io.tollgate.relay.protocols.openai.completions;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.internal.json.JsonText;
import io.tollgate.relay.protocols.internal.openai.BodyEdits;
import io.tollgate.relay.protocols.internal.openai.EndpointRequest;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request for completions of a text: what the relay must know of it, and the body as it came.
 * Immutable as long as the body is not changed.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/completions">Completions</a>
 */
public final class CompletionsRequest implements EndpointRequest {
  private final byte[] body;
  private final CompletionsFields fields;
  private final InputText input;
  private final OpenAiErrors errors;

  CompletionsRequest(byte[] body, CompletionsFields fields, InputText input, OpenAiErrors errors) {
    this.body = requireNonNull(body, "body is null");
    this.fields = requireNonNull(fields, "fields is null");
    this.input = requireNonNull(input, "input is null");
    this.errors = requireNonNull(errors, "errors is null");
  }

  /**
   * Reads a body: strict JSON in strict UTF-8, one object, the fields that are read here at most
   * once each.
   *
   * @throws RequestFault saying what was given and what was expected
   */
  public static CompletionsRequest parse(byte[] body, OpenAiErrors errors) {
    return new CompletionsRequestReader(body, errors).read();
  }

  @Override
  public Protocol protocol() {
    return Protocol.OPENAI;
  }

  @Override
  public String model() {
    return fields.model();
  }

  @Override
  public boolean stream() {
    return fields.stream;
  }

  /** Texts that are made, those included that are thrown away for better ones. */
  @Override
  public int choices() {
    return fields.prompts * Math.max(fields.n, fields.bestOf);
  }

  /** Texts that the answer has. */
  int answers() {
    return fields.prompts * fields.n;
  }

  @Override
  public OptionalLong maxOutputTokens() {
    return fields.maxTokens == 0 ? OptionalLong.empty() : OptionalLong.of(fields.maxTokens);
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
  public boolean inputElsewhere() {
    return false;
  }

  @Override
  public Optional<ServiceTier> tier() {
    return fields.tier;
  }

  boolean includeUsage() {
    return fields.includeUsage;
  }

  int echoedBytes() {
    return fields.echoedBytes;
  }

  OpenAiErrors errors() {
    return errors;
  }

  @Override
  public UpstreamCall call(String upstreamModel) {
    return new CompletionsCall(this, upstreamModel, true);
  }

  /**
   * The body to send upstream: the model named as the upstream names it and, for a stream, usage
   * asked for.
   */
  byte[] bodyFor(String upstreamModel, boolean askForUsage) {
    BodyEdits edits = new BodyEdits(body);
    if (!upstreamModel.equals(model())) {
      edits.replace(fields.modelFrom, fields.modelTo, JsonText.quote(upstreamModel));
    }
    if (askForUsage && fields.stream && !fields.includeUsage) {
      askForUsage(edits);
    }
    return edits.edited();
  }

  private void askForUsage(BodyEdits edits) {
    if (fields.optionsFrom < 0) {
      edits.insert(fields.objectFrom, "\"stream_options\":{\"include_usage\":true},");
    } else if (!fields.options) {
      edits.replace(fields.optionsFrom, fields.optionsTo, "{\"include_usage\":true}");
    } else if (fields.flagFrom >= 0) {
      edits.replace(fields.flagFrom, fields.flagTo, "true");
    } else {
      edits.insert(
          fields.optionsFrom + 1, "\"include_usage\":true" + (fields.optionsEmpty ? "" : ","));
    }
  }
}
