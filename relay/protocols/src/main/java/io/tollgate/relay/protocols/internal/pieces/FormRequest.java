package io.tollgate.relay.protocols.internal.pieces;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.AskedUnits;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.forms.BodySource;
import io.tollgate.relay.protocols.forms.Form;
import io.tollgate.relay.protocols.forms.FormBody;
import io.tollgate.relay.protocols.forms.FormPart;
import io.tollgate.relay.protocols.internal.json.ParameterValues;
import io.tollgate.relay.protocols.internal.openai.EndpointRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A request for pieces that came as a form; what it holds stays where it is kept.
 *
 * @param source the form's body
 * @param usualModel the model of a request that names none; empty where each must
 * @param text what counts as its text
 * @param asked the pieces that it asks for
 * @param choices answers asked for
 * @param maxOutput most output tokens of each, where that is known
 * @param stream whether the answer is passed on as it comes
 * @param caller makes the call of the form as it is to be sent
 */
public record FormRequest(
    Form form,
    BodySource source,
    String usualModel,
    String text,
    AskedUnits asked,
    int choices,
    OptionalLong maxOutput,
    boolean stream,
    Function<FormBody, UpstreamCall> caller)
    implements EndpointRequest {
  private static final byte[] ELSEWHERE = {};

  public FormRequest {
    requireNonNull(form, "form is null");
    requireNonNull(source, "source is null");
    requireNonNull(usualModel, "usualModel is null");
    requireNonNull(text, "text is null");
    requireNonNull(asked, "asked is null");
    requireNonNull(maxOutput, "maxOutput is null");
    requireNonNull(caller, "caller is null");
  }

  /**
   * The model that a form names.
   *
   * @param usual where it names none; empty where it must
   */
  public static String model(Form form, String usual) {
    String model = form.text("model").orElse(usual);
    if (model.isEmpty()) {
      throw RequestFault.of(
          "model",
          (form.field("model").isPresent() ? "empty" : "missing")
              + " (expected: the name of a model)");
    }
    if (model.length() > ParameterValues.MAX_MODEL_LENGTH) {
      throw RequestFault.of(
          "model",
          model.length() + " characters (expected: 1 to " + ParameterValues.MAX_MODEL_LENGTH + ")");
    }
    return model;
  }

  @Override
  public Protocol protocol() {
    return Protocol.OPENAI;
  }

  @Override
  public String model() {
    return model(form, usualModel);
  }

  @Override
  public OptionalLong maxOutputTokens() {
    return maxOutput;
  }

  @Override
  public InputText input() {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    InputText.Collector input = new InputText.Collector(bytes);
    input.text(0, bytes.length, false);
    return input.collected();
  }

  /** It is not held in memory. */
  @Override
  public byte[] body() {
    return ELSEWHERE;
  }

  @Override
  public int bodyBytes() {
    return (int) Math.min(Integer.MAX_VALUE, source.length());
  }

  @Override
  public boolean inputElsewhere() {
    return false;
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
    return caller.apply(new FormBody(source, form.contentType(), pieces(upstreamModel)));
  }

  private List<FormBody.Piece> pieces(String upstreamModel) {
    long length = source.length();
    Optional<FormPart> named = form.field("model");
    List<FormBody.Piece> pieces = new ArrayList<>(3);
    if (upstreamModel.equals(model())) {
      pieces.add(new FormBody.Kept(0, length));
    } else if (named.isPresent()) {
      pieces.add(new FormBody.Kept(0, named.get().from()));
      pieces.add(new FormBody.Written(upstreamModel.getBytes(StandardCharsets.UTF_8)));
      pieces.add(new FormBody.Kept(named.get().to(), length));
    } else {
      String part =
          "--%s\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n%s\r\n"
              .formatted(form.boundary(), upstreamModel);
      pieces.add(new FormBody.Written(part.getBytes(StandardCharsets.UTF_8)));
      pieces.add(new FormBody.Kept(0, length));
    }
    return pieces;
  }
}
