package io.tollgate.relay.protocols.openai.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.function.Consumer;

/** A tool call that comes in pieces, and how far its arguments have come. */
final class OpenCall {
  private final int part;
  private final JsonString id;
  // of the arguments' JSON
  private int depth;
  private boolean begun;
  private boolean inString;
  private boolean afterBackslash;
  private boolean ended;

  OpenCall(int part, JsonString id) {
    this.part = part;
    this.id = requireNonNull(id, "id is null");
  }

  int part() {
    return part;
  }

  boolean is(JsonString other) {
    return id.same(other);
  }

  /** More of its arguments. */
  void add(JsonString arguments, Consumer<AnswerEvent> out) {
    if (ended) {
      return;
    }
    for (byte b : arguments.utf8()) {
      follow(b);
    }
    out.accept(new AnswerEvent.More(part, arguments));
  }

  /** Ends it where its arguments are a whole object. */
  void endIfComplete(Consumer<AnswerEvent> out) {
    if (begun && depth == 0) {
      end(out);
    }
  }

  void end(Consumer<AnswerEvent> out) {
    if (!ended) {
      ended = true;
      out.accept(new AnswerEvent.PartEnded(part));
    }
  }

  private void follow(byte b) {
    if (inString) {
      if (afterBackslash) {
        afterBackslash = false;
      } else if (b == '\\') {
        afterBackslash = true;
      } else if (b == '"') {
        inString = false;
      }
      return;
    }
    switch (b) {
      case '"' -> inString = true;
      case '{', '[' -> {
        begun = true;
        depth++;
      }
      case '}', ']' -> depth--;
      default -> {}
    }
  }
}
