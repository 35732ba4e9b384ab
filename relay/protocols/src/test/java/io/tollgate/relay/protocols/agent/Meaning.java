package io.tollgate.relay.protocols.agent;

import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a conversation says, however its protocol divides it: turns of one side are one, texts that
 * follow one another too, and a picture belongs to the turn in which a tool showed it.
 */
record Meaning(String system, List<Said> turns, List<String> tools, long maxOutputTokens) {

  /** What one side says until the other does. */
  record Said(
      Turn.Role role,
      String words,
      List<Called> calls,
      List<Result> results,
      List<String> pictures) {}

  /** A call of a tool. */
  record Called(String id, String name, JsonNode arguments) {}

  /** What a tool answered. */
  record Result(String callId, String name, String words) {}

  static Meaning of(Conversation conversation) {
    List<Said> turns = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    Turn.Role role = Turn.Role.USER;
    for (Turn turn : conversation.turns()) {
      if (turn.role() != role) {
        turns.add(said(role, parts));
        parts = new ArrayList<>();
        role = turn.role();
      }
      parts.addAll(turn.parts());
    }
    turns.add(said(role, parts));
    return new Meaning(
        words(conversation.system()),
        turns,
        conversation.tools().stream().map(tool -> tool.name().text()).toList(),
        conversation.maxOutputTokens().orElse(0));
  }

  /** The signatures of what was thought, in order. */
  static List<String> signatures(Conversation conversation) {
    List<String> signatures = new ArrayList<>();
    for (Turn turn : conversation.turns()) {
      for (Part part : turn.parts()) {
        switch (part) {
          case Part.Thinking thinking ->
              thinking.signature().ifPresent(signature -> signatures.add(signature.text().text()));
          case Part.RedactedThinking thinking -> signatures.add(thinking.data().text().text());
          case Part.ToolCall call ->
              call.signature().ifPresent(signature -> signatures.add(signature.text().text()));
          default -> {}
        }
      }
    }
    return signatures;
  }

  private static Said said(Turn.Role role, List<Part> parts) {
    List<Called> calls = new ArrayList<>();
    List<Result> results = new ArrayList<>();
    List<String> pictures = new ArrayList<>();
    for (Part part : parts) {
      switch (part) {
        case Part.ToolCall call ->
            calls.add(
                new Called(
                    call.id().text(),
                    call.name().text(),
                    JsonMapper.shared().readTree(call.arguments().text())));
        case Part.ToolResult result -> {
          results.add(
              new Result(result.callId().text(), result.name().text(), words(result.content())));
          result.content().forEach(each -> addPicture(each, pictures));
        }
        default -> addPicture(part, pictures);
      }
    }
    return new Said(role, words(parts), calls, results, pictures);
  }

  private static void addPicture(Part part, List<String> pictures) {
    if (part instanceof Part.Image image && image.media() instanceof Media.Inline inline) {
      pictures.add(inline.type() + ":" + inline.base64().text());
    }
  }

  private static String words(List<Part> parts) {
    return parts.stream()
        .filter(Part.Text.class::isInstance)
        .map(part -> ((Part.Text) part).text().text())
        .filter(text -> !text.isBlank())
        .collect(Collectors.joining("\n"));
  }
}
