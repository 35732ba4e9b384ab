package io.tollgate.relay.protocols.gemini;

import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.RequestHead;
import java.util.List;

/**
 * The routes of vectors: {@code POST /models/{model}:embedContent} for one text, and {@code
 * :batchEmbedContents} for many.
 */
final class EmbedRoute implements CallerRoute {
  private static final String MODEL = "model";

  private final boolean many;

  EmbedRoute(boolean many) {
    this.many = many;
  }

  @Override
  public List<String> paths() {
    return List.of("/models/{" + MODEL + "}:" + EmbedRequest.action(many));
  }

  @Override
  public CallerRequest read(RequestHead head, byte[] body) {
    String model =
        head.pathParameter(MODEL)
            .orElseThrow(() -> RequestFault.of(MODEL, "missing (expected: the name of a model)"));
    return EmbedRequest.parse(model, many, body);
  }
}
