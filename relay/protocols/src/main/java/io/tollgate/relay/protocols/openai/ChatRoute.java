package io.tollgate.relay.protocols.openai;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.openai.answer.ChatAnswerWriters;
import io.tollgate.relay.protocols.openai.request.ChatRequest;
import java.util.List;
import java.util.Optional;

/** The route of chat completions: {@code POST /chat/completions}. */
final class ChatRoute implements CallerRoute {
  private static final List<String> PATHS = List.of("/chat/completions");

  private final OpenAiErrors errors;

  ChatRoute(OpenAiErrors errors) {
    this.errors = requireNonNull(errors, "errors is null");
  }

  @Override
  public List<String> paths() {
    return PATHS;
  }

  @Override
  public Optional<String> blank(String model) {
    return Optional.of(
        "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\".\"}]}");
  }

  @Override
  public CallerRequest read(RequestHead head, byte[] body) {
    return ChatRequest.parse(body, errors, ChatAnswerWriters::of);
  }
}
