package io.tollgate.relay.protocols.openai.audio;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import java.util.List;

/** The route {@code POST /audio/speech}. */
public final class SpeechRoute implements CallerRoute {
  static final String PATH = "/audio/speech";

  private final OpenAiErrors errors;

  public SpeechRoute(OpenAiErrors errors) {
    this.errors = requireNonNull(errors, "errors is null");
  }

  @Override
  public List<String> paths() {
    return List.of(PATH);
  }

  @Override
  public CallerRequest read(RequestHead head, byte[] body) {
    return new SpeechRequestReader(body, errors).read();
  }
}
