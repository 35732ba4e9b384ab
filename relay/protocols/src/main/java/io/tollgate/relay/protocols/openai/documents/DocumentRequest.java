package io.tollgate.relay.protocols.openai.documents;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.internal.json.JsonText;
import io.tollgate.relay.protocols.internal.openai.BodyEdits;
import io.tollgate.relay.protocols.internal.openai.EndpointRequest;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request that is answered by one document: its model, what counts as input, and the body as it
 * came. Immutable as long as the body is not changed.
 */
public final class DocumentRequest implements EndpointRequest {
  private final DocumentKind kind;
  private final byte[] body;
  private final InputText input;
  private final String model;
  private final int modelFrom;
  private final int modelTo;
  private final int objectFrom;

  /**
   * @param modelFrom first byte of the model's value; -1 where the request names none
   * @param objectFrom first byte within the body's object
   */
  DocumentRequest(
      DocumentKind kind,
      byte[] body,
      InputText input,
      String model,
      int modelFrom,
      int modelTo,
      int objectFrom) {
    this.kind = requireNonNull(kind, "kind is null");
    this.body = requireNonNull(body, "body is null");
    this.input = requireNonNull(input, "input is null");
    this.model = requireNonNull(model, "model is null");
    this.modelFrom = modelFrom;
    this.modelTo = modelTo;
    this.objectFrom = objectFrom;
  }

  /**
   * Reads a body: strict JSON in strict UTF-8, one object, the fields that are read here at most
   * once each.
   *
   * @throws RequestFault saying what was given and what was expected
   */
  public static DocumentRequest parse(DocumentKind kind, byte[] body) {
    return new DocumentRequestReader(kind, body).read();
  }

  @Override
  public Protocol protocol() {
    return Protocol.OPENAI;
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public boolean stream() {
    return false;
  }

  @Override
  public int choices() {
    return 1;
  }

  /** No tokens are made: the least that a limit can be. */
  @Override
  public OptionalLong maxOutputTokens() {
    return OptionalLong.of(1);
  }

  @Override
  public boolean makesTokens() {
    return false;
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
    return Optional.empty();
  }

  @Override
  public UpstreamCall call(String upstreamModel) {
    return new DocumentCall(kind, bodyFor(upstreamModel));
  }

  private byte[] bodyFor(String upstreamModel) {
    BodyEdits edits = new BodyEdits(body);
    if (!upstreamModel.equals(model)) {
      String name = JsonText.quote(upstreamModel);
      if (modelFrom >= 0) {
        edits.replace(modelFrom, modelTo, name);
      } else {
        // input is there, so that something follows
        edits.insert(objectFrom, "\"model\":" + name + ",");
      }
    }
    return edits.edited();
  }
}
