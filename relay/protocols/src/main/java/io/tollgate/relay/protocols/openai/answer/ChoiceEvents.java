package io.tollgate.relay.protocols.openai.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.FinishReason;
import io.tollgate.relay.protocols.conversation.PartBegin;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns what one choice says, whole or in deltas, into events. Confined to one thread. */
final class ChoiceEvents {
  /** Most calls of one answer; what comes beyond is left out. */
  private static final int MAX_CALLS = 1024;

  private static final String[] THOUGHTS = {"reasoning_content", "reasoning", "reasoning_text"};

  private final String requestId;
  // by the upstream's index
  private final Map<Integer, OpenCall> calls = new LinkedHashMap<>();
  private int parts;
  // the part of words that is open; -1 where none is
  private int open = -1;
  private @Nullable PartBegin openKind;
  private boolean ended;

  /**
   * @param requestId names calls that come without an id
   */
  ChoiceEvents(String requestId) {
    this.requestId = requireNonNull(requestId, "requestId is null");
  }

  /** Takes a message or a delta. */
  void say(JsonTree.@Nullable Members said, Consumer<AnswerEvent> out) {
    if (said == null || ended) {
      return;
    }
    thought(said, out);
    content(said.byName().get("content"), out);
    if (said.text("refusal") != null) {
      words(new PartBegin.Refusal(), said.text("refusal").string(), out);
    }
    JsonTree.Items toolCalls = said.items("tool_calls");
    if (toolCalls != null) {
      List<JsonTree> values = toolCalls.values();
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i) instanceof JsonTree.Members call) {
          call(call, call.byName().containsKey("index") ? call.index("index", MAX_CALLS) : i, out);
        }
      }
    }
  }

  /** Takes the reason why the choice ended, where it has. */
  void end(JsonTree.@Nullable Text reason, Consumer<AnswerEvent> out) {
    if (reason == null || ended) {
      return;
    }
    String word = reason.string().text().strip();
    if (word.isEmpty() || word.equals("null")) {
      return;
    }
    ended = true;
    endWords(out);
    boolean called = !calls.isEmpty();
    calls.values().forEach(call -> call.end(out));
    FinishReason why =
        switch (word) {
          case "stop" -> called ? FinishReason.TOOL_CALLS : FinishReason.END;
          case "length", "max_tokens" -> FinishReason.LENGTH;
          case "tool_calls", "function_call" -> FinishReason.TOOL_CALLS;
          case "content_filter" -> FinishReason.FILTERED;
          default -> called ? FinishReason.TOOL_CALLS : FinishReason.OTHER;
        };
    out.accept(new AnswerEvent.Ended(why, Optional.empty()));
  }

  /** Thoughts that stand in several places of one delta are the same. */
  private void thought(JsonTree.Members said, Consumer<AnswerEvent> out) {
    for (String name : THOUGHTS) {
      JsonTree.Text thought = said.text(name);
      if (thought != null) {
        words(new PartBegin.Thinking(), thought.string(), out);
        return;
      }
    }
  }

  private void content(@Nullable JsonTree content, Consumer<AnswerEvent> out) {
    switch (content) {
      case JsonTree.Text text when !text.isEmpty() ->
          words(new PartBegin.Text(), text.string(), out);
      case JsonTree.Items items -> {
        for (JsonTree item : items.values()) {
          if (item instanceof JsonTree.Members part) {
            if (part.text("text") != null) {
              words(new PartBegin.Text(), part.text("text").string(), out);
            } else if (part.text("refusal") != null) {
              words(new PartBegin.Refusal(), part.text("refusal").string(), out);
            }
          }
        }
      }
      case null, default -> {}
    }
  }

  private void words(PartBegin kind, JsonString words, Consumer<AnswerEvent> out) {
    if (open < 0 || !kind.equals(openKind)) {
      endWords(out);
      endCompleteCalls(out);
      open = parts++;
      openKind = kind;
      out.accept(new AnswerEvent.PartBegun(open, kind));
    }
    out.accept(new AnswerEvent.More(open, words));
  }

  private void endWords(Consumer<AnswerEvent> out) {
    if (open >= 0) {
      out.accept(new AnswerEvent.PartEnded(open));
      open = -1;
      openKind = null;
    }
  }

  /** Calls whose arguments are whole end when something else begins; others may go on. */
  private void endCompleteCalls(Consumer<AnswerEvent> out) {
    calls.values().forEach(call -> call.endIfComplete(out));
  }

  private void call(JsonTree.Members call, int index, Consumer<AnswerEvent> out) {
    JsonTree.Members function = call.members("function");
    OpenCall known = calls.get(index);
    JsonTree.Text id = call.text("id");
    if (known != null && id != null && !known.is(id.string())) {
      // some number every call 0
      known.end(out);
      known = null;
    }
    if (known == null) {
      JsonTree.Text name = function == null ? null : function.text("name");
      if (name == null || calls.size() >= MAX_CALLS) {
        return;
      }
      endWords(out);
      endCompleteCalls(out);
      int part = parts++;
      JsonString named =
          id == null ? JsonString.of("call_" + part + "_" + requestId) : id.string().kept();
      known = new OpenCall(part, named);
      calls.put(index, known);
      out.accept(new AnswerEvent.PartBegun(part, new PartBegin.ToolCall(named, name.string())));
    }
    JsonTree.Text arguments = function == null ? null : function.text("arguments");
    if (arguments != null) {
      known.add(arguments.string(), out);
    }
    signed(call, known, out);
  }

  private static void signed(JsonTree.Members call, OpenCall known, Consumer<AnswerEvent> out) {
    JsonTree.Members extra = call.members("extra_content");
    JsonTree.Members google = extra == null ? null : extra.members("google");
    JsonTree.Text signature = google == null ? null : google.text("thought_signature");
    if (signature != null) {
      out.accept(
          new AnswerEvent.Signed(known.part(), new Signature(Protocol.GEMINI, signature.string())));
    }
  }
}
