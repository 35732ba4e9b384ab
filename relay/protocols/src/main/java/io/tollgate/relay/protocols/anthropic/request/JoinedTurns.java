package io.tollgate.relay.protocols.anthropic.request;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.conversation.Turn;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Orders turns the way Anthropic wants them: user and assistant in turn, the results of tools first
 * in the turn after their calls, instructions in the middle as part of a user's turn; empty texts
 * and what other providers thought are left out.
 */
final class JoinedTurns {
  private static final int MAX_SPACE = 4096;

  private final Map<JsonString, List<Part.ToolResult>> results = new HashMap<>();
  private final List<Turn> joined = new ArrayList<>();

  private JoinedTurns() {}

  /**
   * @throws RequestFault where a result has no call
   */
  static List<Turn> of(List<Turn> turns) {
    JoinedTurns all = new JoinedTurns();
    all.collectResults(turns);
    all.join(turns);
    return all.joined;
  }

  /**
   * Whether what was thought before the last calls is there: without it, Anthropic's older models
   * refuse to think on.
   */
  static boolean signed(List<Turn> joined) {
    for (int i = joined.size() - 1; i >= 0; i--) {
      Turn turn = joined.get(i);
      if (turn.role() == Turn.Role.USER) {
        if (turn.parts().stream().noneMatch(part -> part instanceof Part.ToolResult)) {
          return true;
        }
      } else if (turn.parts().stream().anyMatch(part -> part instanceof Part.ToolCall)) {
        Part first = turn.parts().getFirst();
        return first instanceof Part.Thinking || first instanceof Part.RedactedThinking;
      } else {
        return true;
      }
    }
    return true;
  }

  private void collectResults(List<Turn> turns) {
    Set<JsonString> calls = new HashSet<>();
    for (Turn turn : turns) {
      for (Part part : turn.parts()) {
        if (part instanceof Part.ToolCall call) {
          calls.add(call.id());
        } else if (part instanceof Part.ToolResult result) {
          if (!calls.contains(result.callId())) {
            throw RequestFault.of(
                "messages",
                "the result of a tool call "
                    + Given.shown(result.callId().text())
                    + " that is not there (expected: the call in an earlier message)");
          }
          results.computeIfAbsent(result.callId(), _ -> new ArrayList<>()).add(result);
        }
      }
    }
  }

  private void join(List<Turn> turns) {
    int at = 0;
    while (at < turns.size()) {
      boolean assistant = turns.get(at).role() == Turn.Role.ASSISTANT;
      List<Part> parts = new ArrayList<>();
      while (at < turns.size() && assistant == (turns.get(at).role() == Turn.Role.ASSISTANT)) {
        turns.get(at).parts().forEach(part -> keep(part, parts));
        at++;
      }
      add(assistant ? Turn.Role.ASSISTANT : Turn.Role.USER, parts);
    }
  }

  private void add(Turn.Role role, List<Part> parts) {
    if (parts.isEmpty()) {
      return;
    }
    if (!joined.isEmpty() && joined.getLast().role() == role) {
      // between them was nothing but what is left out
      List<Part> both = new ArrayList<>(joined.removeLast().parts());
      both.addAll(parts);
      joined.add(new Turn(role, both));
    } else {
      joined.add(new Turn(role, parts));
    }
    if (role == Turn.Role.ASSISTANT) {
      List<Part> answers = new ArrayList<>();
      for (Part part : parts) {
        if (part instanceof Part.ToolCall call) {
          Optional.ofNullable(results.remove(call.id())).ifPresent(answers::addAll);
        }
      }
      add(Turn.Role.USER, answers);
    }
  }

  /** Results are added with their calls. */
  private static void keep(Part part, List<Part> parts) {
    switch (part) {
      case Part.Text(JsonString text, CacheMark cache) -> {
        if (!isBlank(text)) {
          parts.add(part);
        } else if (cache != CacheMark.NONE && !parts.isEmpty()) {
          parts.add(CacheMarks.marked(parts.removeLast(), cache));
        }
      }
      case Part.Refusal(JsonString text) -> {
        if (!isBlank(text)) {
          parts.add(new Part.Text(text, CacheMark.NONE));
        }
      }
      case Part.Thinking(JsonString _, Optional<Signature> signature) -> {
        if (signature.isPresent() && isOurs(signature.get())) {
          parts.add(part);
        }
      }
      case Part.RedactedThinking(Signature data) -> {
        if (isOurs(data)) {
          parts.add(part);
        }
      }
      case Part.ToolResult _ -> {}
      case Part.Image _, Part.Document _, Part.Audio _, Part.ToolCall _ -> parts.add(part);
    }
  }

  private static boolean isOurs(Signature signature) {
    return signature.protocol() == Protocol.ANTHROPIC && !signature.text().isEmpty();
  }

  private static boolean isBlank(JsonString text) {
    // so much space is no accident, and is not looked through
    return text.isEmpty() || (text.length() < MAX_SPACE && text.text().isBlank());
  }
}
