package io.tollgate.relay.protocols.openai.completions;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import java.util.List;
import java.util.Optional;

/** The route of completions: {@code POST /completions}. */
public final class CompletionsRoute implements CallerRoute {
  private static final List<String> PATHS = List.of("/completions");

  private final OpenAiErrors errors;

  public CompletionsRoute(OpenAiErrors errors) {
    this.errors = requireNonNull(errors, "errors is null");
  }

  @Override
  public List<String> paths() {
    return PATHS;
  }

  @Override
  public Optional<String> blank(String model) {
    return Optional.of("{\"model\":\"" + model + "\",\"prompt\":\".\"}");
  }

  @Override
  public CallerRequest read(RequestHead head, byte[] body) {
    return CompletionsRequest.parse(body, errors);
  }
}
