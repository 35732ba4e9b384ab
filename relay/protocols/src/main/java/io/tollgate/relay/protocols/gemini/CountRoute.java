package io.tollgate.relay.protocols.gemini;

import io.tollgate.relay.protocols.FreeRoute;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.gemini.request.GeminiRequest;
import java.util.List;

/** Counts the tokens of contents: {@code POST /models/{model}:countTokens}. */
final class CountRoute implements FreeRoute {
  private static final String MODEL = "model";
  private static final List<String> PATHS = List.of("/models/{" + MODEL + "}:countTokens");

  @Override
  public List<String> paths() {
    return PATHS;
  }

  @Override
  public Answer answer(RequestHead head, byte[] body, TokenCounter counter) {
    String model =
        head.pathParameter(MODEL)
            .orElseThrow(() -> RequestFault.of(MODEL, "missing (expected: the name of a model)"));
    GeminiRequest request = TokenCount.read(model, body);
    return new Answer(request.model(), TokenCount.answer(request, counter));
  }
}
