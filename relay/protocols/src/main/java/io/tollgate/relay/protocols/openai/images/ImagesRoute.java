package io.tollgate.relay.protocols.openai.images;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import java.util.List;

/** The route of one kind. */
public final class ImagesRoute implements CallerRoute {
  private final ImageKind kind;
  private final OpenAiErrors errors;

  public ImagesRoute(ImageKind kind, OpenAiErrors errors) {
    this.kind = requireNonNull(kind, "kind is null");
    this.errors = requireNonNull(errors, "errors is null");
  }

  @Override
  public List<String> paths() {
    return List.of(kind.path());
  }

  @Override
  public CallerRequest read(RequestHead head, byte[] body) {
    return new ImagesRequestReader(kind, body, errors).read();
  }
}
