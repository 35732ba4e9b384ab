package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a function answered. By Google's convention a response's {@code output} (its libraries
 * also write {@code result}) is what the function said, and {@code error} that it failed; any other
 * object is passed on as its JSON.
 */
final class ToolResponses {
  private ToolResponses() {}

  static Part read(RequestField response, OpenCalls calls) {
    OpenCalls.Call call =
        calls.answered(response.path(), text(response, "id"), text(response, "name"));
    List<Part> content = new ArrayList<>();
    boolean error = false;
    Optional<RequestField> given = response.member("response");
    if (given.isPresent()) {
      JsonTree.Members members = given.get().members();
      error = only(members, "error").isPresent();
      JsonString words =
          only(members, "error")
              .or(() -> only(members, "output"))
              .or(() -> only(members, "result"))
              .map(ToolResponses::words)
              .orElseGet(() -> TurnsReader.inString(members));
      content.add(new Part.Text(words, CacheMark.NONE));
    }
    response
        .member("parts")
        .ifPresent(
            parts -> {
              for (RequestField part : parts.items()) {
                part.member("inlineData").map(TurnsReader::inline).ifPresent(content::add);
                part.member("text").map(TurnsReader::text).ifPresent(content::add);
              }
            });
    return new Part.ToolResult(call.id(), call.name(), content, error, CacheMark.NONE);
  }

  private static Optional<JsonString> text(RequestField response, String name) {
    return response.member(name).map(RequestField::string).filter(given -> !given.isEmpty());
  }

  /** The member of that name, where there is no other. */
  private static Optional<JsonTree> only(JsonTree.Members members, String name) {
    return members.byName().size() == 1
        ? Optional.ofNullable(members.byName().get(name))
        : Optional.empty();
  }

  private static JsonString words(JsonTree value) {
    return value instanceof JsonTree.Text text ? text.string() : TurnsReader.inString(value);
  }
}
