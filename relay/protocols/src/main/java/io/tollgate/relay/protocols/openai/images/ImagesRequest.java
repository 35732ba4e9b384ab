package io.tollgate.relay.protocols.openai.images;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.AskedUnits;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.internal.json.JsonText;
import io.tollgate.relay.protocols.internal.openai.BodyEdits;
import io.tollgate.relay.protocols.internal.openai.EndpointRequest;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import java.util.Optional;
import java.util.OptionalLong;

/** A request for pictures whose body is JSON. Immutable as long as the body is not changed. */
public final class ImagesRequest implements EndpointRequest {
  private final ImageKind kind;
  private final OpenAiErrors errors;
  private final byte[] body;
  private final InputText input;
  private final AskedImages asked;
  private final String model;
  private final ModelPlace place;
  private final boolean stream;

  /**
   * Where the body names the model.
   *
   * @param from first byte of the value; -1 where the body names none
   * @param objectFrom first byte within the body's object
   */
  record ModelPlace(int from, int to, int objectFrom) {}

  ImagesRequest(
      ImageKind kind,
      OpenAiErrors errors,
      byte[] body,
      InputText input,
      AskedImages asked,
      String model,
      ModelPlace place,
      boolean stream) {
    this.kind = requireNonNull(kind, "kind is null");
    this.errors = requireNonNull(errors, "errors is null");
    this.body = requireNonNull(body, "body is null");
    this.input = requireNonNull(input, "input is null");
    this.asked = requireNonNull(asked, "asked is null");
    this.model = requireNonNull(model, "model is null");
    this.place = requireNonNull(place, "place is null");
    this.stream = stream;
  }

  /**
   * Reads a body: strict JSON in strict UTF-8, one object, the fields that are read here at most
   * once each.
   *
   * @throws RequestFault saying what was given and what was expected
   */
  public static ImagesRequest parse(ImageKind kind, byte[] body, OpenAiErrors errors) {
    return new ImagesRequestReader(kind, body, errors).read();
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
    return stream;
  }

  @Override
  public int choices() {
    return asked.count();
  }

  @Override
  public OptionalLong maxOutputTokens() {
    return OptionalLong.of(asked.outputTokens());
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
    return asked.inputs() > 0;
  }

  @Override
  public Optional<AskedUnits> units() {
    return Optional.of(asked.units());
  }

  @Override
  public Optional<ServiceTier> tier() {
    return Optional.empty();
  }

  @Override
  public UpstreamCall call(String upstreamModel) {
    return new ImagesCall(kind.path(), bodyFor(upstreamModel), errors);
  }

  private byte[] bodyFor(String upstreamModel) {
    BodyEdits edits = new BodyEdits(body);
    if (!upstreamModel.equals(model)) {
      String name = JsonText.quote(upstreamModel);
      if (place.from >= 0) {
        edits.replace(place.from, place.to, name);
      } else {
        // a prompt is there, so that something follows
        edits.insert(place.objectFrom, "\"model\":" + name + ",");
      }
    }
    return edits.edited();
  }
}
