package io.tollgate.relay.protocols.gemini;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.gemini.errors.GeminiErrors;
import io.tollgate.relay.protocols.gemini.request.AnswerShape;
import io.tollgate.relay.protocols.gemini.request.GeminiRequest;
import java.util.List;

/**
 * The routes of content: {@code POST /models/{model}:generateContent}, and {@code
 * :streamGenerateContent}, which answers with events where {@code alt=sse} asks for them and with
 * an array else.
 */
final class ContentRoute implements CallerRoute {
  private static final String MODEL = "model";

  private final boolean stream;
  private final GeminiErrors errors;

  ContentRoute(boolean stream, GeminiErrors errors) {
    this.stream = stream;
    this.errors = requireNonNull(errors, "errors is null");
  }

  @Override
  public List<String> paths() {
    return List.of(
        "/models/{" + MODEL + "}:" + (stream ? "streamGenerateContent" : "generateContent"));
  }

  @Override
  public CallerRequest read(RequestHead head, byte[] body) {
    String model =
        head.pathParameter(MODEL)
            .orElseThrow(() -> RequestFault.of(MODEL, "missing (expected: the name of a model)"));
    return new ContentRequest(GeminiRequest.parse(model, shape(head), body), errors);
  }

  private AnswerShape shape(RequestHead head) {
    if (!stream) {
      return AnswerShape.DOCUMENT;
    }
    String alternative = head.query("alt").or(() -> head.query("$alt")).orElse("json");
    return switch (alternative) {
      case "sse" -> AnswerShape.EVENTS;
      case "json", "" -> AnswerShape.ARRAY;
      default ->
          throw RequestFault.of("alt", "\"" + shown(alternative) + "\" (expected: sse or json)");
    };
  }

  private static String shown(String text) {
    return text.length() > 32 ? text.substring(0, 32) + "…" : text;
  }
}
