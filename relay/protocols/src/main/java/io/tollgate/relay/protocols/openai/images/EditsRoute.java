package io.tollgate.relay.protocols.openai.images;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.FormRoute;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.forms.BodySource;
import io.tollgate.relay.protocols.forms.Form;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.internal.pieces.FormRequest;
import io.tollgate.relay.protocols.internal.pieces.PieceCall;
import java.util.List;
import java.util.OptionalLong;

/** The route of edits: pictures in a form, or by address in JSON. */
public final class EditsRoute implements FormRoute {
  private static final List<String> PICTURES = List.of("image", "image[]");
  private static final int MAX_WORD_LENGTH = 64;

  private final OpenAiErrors errors;

  public EditsRoute(OpenAiErrors errors) {
    this.errors = requireNonNull(errors, "errors is null");
  }

  @Override
  public List<String> paths() {
    return List.of(ImageKind.EDITS.path());
  }

  @Override
  public CallerRequest read(RequestHead head, byte[] body) {
    return new ImagesRequestReader(ImageKind.EDITS, body, errors).read();
  }

  @Override
  public CallerRequest read(RequestHead head, Form form, BodySource body) {
    // names a model that can be one, before anything else is looked at
    FormRequest.model(form, ImagesRequestReader.USUAL_MODEL);
    int pictures = form.files(PICTURES).size();
    if (pictures == 0 || pictures > ImagesRequestReader.MAX_INPUTS) {
      throw RequestFault.of(
          "image", pictures + " files (expected: 1 to " + ImagesRequestReader.MAX_INPUTS + ")");
    }
    int masks = form.files(List.of("mask")).size();
    String prompt = form.text("prompt").orElse("");
    if (prompt.isEmpty()) {
      throw RequestFault.of("prompt", "missing (expected: a text)");
    }
    boolean stream = form.flag("stream");
    int partial = form.whole("partial_images", 0, AskedImages.MAX_PARTIAL, 0);
    AskedImages asked =
        new AskedImages(
            form.whole("n", 1, AskedImages.MAX_COUNT, 1),
            form.word("size", MAX_WORD_LENGTH),
            form.word("quality", MAX_WORD_LENGTH),
            stream ? partial : 0,
            pictures + masks);
    return new FormRequest(
        form,
        body,
        ImagesRequestReader.USUAL_MODEL,
        prompt,
        asked.units(),
        asked.count(),
        OptionalLong.of(asked.outputTokens()),
        stream,
        sent -> new PieceCall(ImageKind.EDITS.path(), sent, errors));
  }
}
