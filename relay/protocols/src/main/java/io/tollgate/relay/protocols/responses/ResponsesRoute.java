package io.tollgate.relay.protocols.responses;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.responses.request.ResponsesRequest;
import java.util.List;
import java.util.Optional;

/** The route of responses: {@code POST /responses}. */
final class ResponsesRoute implements CallerRoute {
  private static final List<String> PATHS = List.of("/responses");

  private final OpenAiErrors errors;

  ResponsesRoute(OpenAiErrors errors) {
    this.errors = requireNonNull(errors, "errors is null");
  }

  @Override
  public List<String> paths() {
    return PATHS;
  }

  @Override
  public Optional<String> blank(String model) {
    return Optional.of("{\"model\":\"" + model + "\",\"input\":\".\"}");
  }

  @Override
  public CallerRequest read(RequestHead head, byte[] body) {
    return ResponsesRequest.parse(body, errors);
  }
}
