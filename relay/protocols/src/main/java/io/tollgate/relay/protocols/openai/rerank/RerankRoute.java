package io.tollgate.relay.protocols.openai.rerank;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import java.util.List;

/** The route {@code POST /rerank}. */
public final class RerankRoute implements CallerRoute {
  static final String PATH = "/rerank";

  private final OpenAiErrors errors;

  public RerankRoute(OpenAiErrors errors) {
    this.errors = requireNonNull(errors, "errors is null");
  }

  @Override
  public List<String> paths() {
    return List.of(PATH);
  }

  @Override
  public CallerRequest read(RequestHead head, byte[] body) {
    return new RerankRequestReader(body, errors).read();
  }
}
