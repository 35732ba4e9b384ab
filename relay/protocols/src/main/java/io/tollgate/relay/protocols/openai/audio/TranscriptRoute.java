package io.tollgate.relay.protocols.openai.audio;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.AskedUnits;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.FormRoute;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.forms.BodySource;
import io.tollgate.relay.protocols.forms.Form;
import io.tollgate.relay.protocols.forms.FormPart;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.internal.pieces.FormRequest;
import io.tollgate.relay.protocols.internal.sound.SoundLength;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The route of one kind, to which sound is posted in a form. */
public final class TranscriptRoute implements FormRoute {
  private static final int MAX_WORD_LENGTH = 64;

  /** What sound takes, as OpenAI counts it, and its words at a quick pace. */
  private static final int TOKENS_OF_SECOND = 10;

  private static final int WORD_TOKENS_OF_SECOND = 5;

  /** Sound whose length nobody tells: 32 kbit/s. */
  private static final int USUAL_BYTES_OF_SECOND = 4_000;

  /** No sound takes less. */
  private static final int MIN_BYTES_OF_SECOND = 60;

  private final TranscriptKind kind;
  private final OpenAiErrors errors;

  public TranscriptRoute(TranscriptKind kind, OpenAiErrors errors) {
    this.kind = requireNonNull(kind, "kind is null");
    this.errors = requireNonNull(errors, "errors is null");
  }

  @Override
  public List<String> paths() {
    return List.of(kind.path());
  }

  /** Sound does not come in JSON. */
  @Override
  public CallerRequest read(RequestHead head, byte[] body) {
    throw RequestFault.malformed(
        "content-type: no form (expected: multipart/form-data with the file in it)");
  }

  @Override
  public CallerRequest read(RequestHead head, Form form, BodySource body) {
    String model = FormRequest.model(form, "");
    FormPart file = form.file("file");
    boolean stream = form.flag("stream");
    // which one it is is the provider's business
    form.word("response_format", MAX_WORD_LENGTH);
    String prompt = form.text("prompt").orElse("");
    return new FormRequest(
        form,
        body,
        model,
        prompt,
        asked(file, body),
        1,
        OptionalLong.empty(),
        stream,
        sent -> new TranscriptCall(kind.path(), sent, stream, errors));
  }

  private static AskedUnits asked(FormPart file, BodySource body) {
    OptionalDouble told = SoundLength.seconds(body, file.from(), file.to());
    long seconds =
        told.isPresent()
            ? (long) Math.ceil(told.getAsDouble())
            : Math.ceilDiv(file.length(), USUAL_BYTES_OF_SECOND);
    long count = Math.clamp(seconds, 1, TokenUsage.MAX_OTHER_UNITS);
    long most = Math.max(2 * count + 60, file.length() / MIN_BYTES_OF_SECOND);
    return new AskedUnits(
        UsageKind.SECONDS,
        count,
        Math.min(TokenUsage.MAX_OTHER_UNITS, most),
        TokenUsage.builder()
            .add(UsageKind.AUDIO_INPUT, count * TOKENS_OF_SECOND)
            .add(UsageKind.TEXT_OUTPUT, count * WORD_TOKENS_OF_SECOND)
            .build(),
        List.of());
  }
}
