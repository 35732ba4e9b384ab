package io.tollgate.relay.protocols.internal.pieces;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.AskedUnits;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.internal.json.JsonText;
import io.tollgate.relay.protocols.internal.openai.BodyEdits;
import io.tollgate.relay.protocols.internal.openai.EndpointRequest;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A request for pieces whose body is JSON: the body as it came, and what was read of it. Immutable
 * as long as the body is not changed.
 *
 * @param place where the body names the model
 * @param input what counts as its text
 * @param asked the pieces that it asks for
 * @param choices answers asked for
 * @param maxOutput most output tokens of each, where that is known
 * @param stream whether the answer is passed on as it comes
 * @param elsewhere whether it names input that is not in the body
 * @param caller makes the call of the body as it is to be sent
 */
public record PieceRequest(
    byte[] body,
    String model,
    ModelPlace place,
    InputText input,
    AskedUnits asked,
    int choices,
    OptionalLong maxOutput,
    boolean stream,
    boolean elsewhere,
    Function<byte[], UpstreamCall> caller)
    implements EndpointRequest {

  /**
   * Where a body names the model.
   *
   * @param from first byte of the value, its quotation mark; -1 where the body names none
   * @param to byte after the value
   * @param objectFrom first byte within the body's object, in which something stands
   */
  public record ModelPlace(int from, int to, int objectFrom) {}

  public PieceRequest {
    requireNonNull(body, "body is null");
    requireNonNull(model, "model is null");
    requireNonNull(place, "place is null");
    requireNonNull(input, "input is null");
    requireNonNull(asked, "asked is null");
    requireNonNull(maxOutput, "maxOutput is null");
    requireNonNull(caller, "caller is null");
  }

  @Override
  public Protocol protocol() {
    return Protocol.OPENAI;
  }

  @Override
  public OptionalLong maxOutputTokens() {
    return maxOutput;
  }

  @Override
  public boolean inputElsewhere() {
    return elsewhere;
  }

  @Override
  public Optional<AskedUnits> units() {
    return Optional.of(asked);
  }

  @Override
  public Optional<ServiceTier> tier() {
    return Optional.empty();
  }

  @Override
  public UpstreamCall call(String upstreamModel) {
    BodyEdits edits = new BodyEdits(body);
    if (!upstreamModel.equals(model)) {
      String name = JsonText.quote(upstreamModel);
      if (place.from >= 0) {
        edits.replace(place.from, place.to, name);
      } else {
        edits.insert(place.objectFrom, "\"model\":" + name + ",");
      }
    }
    return caller.apply(edits.edited());
  }
}
