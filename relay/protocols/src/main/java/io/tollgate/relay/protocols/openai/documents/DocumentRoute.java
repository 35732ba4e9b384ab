package io.tollgate.relay.protocols.openai.documents;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.RequestHead;
import java.util.List;
import java.util.Optional;

/** The route of one kind. */
public final class DocumentRoute implements CallerRoute {
  private final DocumentKind kind;

  public DocumentRoute(DocumentKind kind) {
    this.kind = requireNonNull(kind, "kind is null");
  }

  @Override
  public List<String> paths() {
    return List.of(kind.path());
  }

  @Override
  public Optional<String> blank(String model) {
    return kind == DocumentKind.EMBEDDINGS
        ? Optional.of("{\"model\":\"" + model + "\",\"input\":\".\"}")
        : Optional.empty();
  }

  @Override
  public CallerRequest read(RequestHead head, byte[] body) {
    DocumentRequest request = DocumentRequest.parse(kind, body);
    return kind == DocumentKind.EMBEDDINGS ? new EmbeddingsDocument(request) : request;
  }
}
