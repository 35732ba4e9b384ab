package io.tollgate.relay.protocols.responses.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.PartBegin;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an answer, however its items tell of them: a part begins with the first that is told
 * of it, its text comes in pieces or whole, and it ends once. Confined to one thread.
 */
final class ReadParts {
  /** Most parts of one answer; what goes beyond is left out. */
  private static final int MAX_PARTS = 10_000;

  /** A call that only this protocol has: it counts, and is told by nobody but the upstream. */
  static final PartBegin.ToolCall NAMELESS =
      new PartBegin.ToolCall(JsonString.EMPTY, JsonString.EMPTY);

  private static final JsonString BETWEEN = JsonString.of("\n\n");

  private final UpstreamNames names;
  private final ProvidedCalls provided;
  private final boolean own;
  private final Map<Integer, Item> items = new HashMap<>();
  private @Nullable Item last;
  private int parts;
  private boolean called;

  /**
   * @param names is told where each part stands
   * @param provided is told of calls of the provider's own tools
   * @param own whether the caller speaks this protocol too: then they get what no other has
   */
  ReadParts(UpstreamNames names, ProvidedCalls provided, boolean own) {
    this.names = requireNonNull(names, "names is null");
    this.provided = requireNonNull(provided, "provided is null");
    this.own = own;
  }

  /** An item of the output. */
  private static final class Item {
    final int index;
    String id = "";
    final List<@Nullable State> states = new ArrayList<>(1);
    boolean done;
    // thoughts are told as a summary, or as they are: the first that comes
    boolean summarized;
    boolean told;
    boolean betweenDue;

    Item(int index) {
      this.index = index;
    }

    @Nullable State state(int content) {
      return content < states.size() ? states.get(content) : null;
    }
  }

  /** A part that has begun. */
  private static final class State {
    final int part;
    boolean text;
    boolean ended;

    State(int part) {
      this.part = part;
    }
  }

  /** Whether there is any. */
  boolean any() {
    return parts > 0;
  }

  /** Whether a function is to be called. */
  boolean called() {
    return called;
  }

  /** An item begins. */
  void added(int index, ReadItem read, Consumer<AnswerEvent> out) {
    Item item = item(index);
    item.id = name(read.id);
    switch (read.kind) {
      case PROVIDED -> provided.begun(index, read);
      case CALL -> begin(item, 0, call(read), out);
      case OTHER_CALL -> {
        if (own) {
          begin(item, 0, NAMELESS, out);
        }
      }
      case REASONING -> {
        if (own) {
          begin(item, 0, new PartBegin.Thinking(), out);
        }
      }
      case MESSAGE, TEXT, THOUGHT, REFUSAL, OTHER -> {}
    }
  }

  /** A part of a message begins. */
  void partAdded(int index, int content, ReadItem part, Consumer<AnswerEvent> out) {
    Item item = item(index);
    if (part.kind == ReadItem.Kind.REFUSAL) {
      begin(item, content, new PartBegin.Refusal(), out);
    } else if (part.kind == ReadItem.Kind.TEXT) {
      begin(item, content, new PartBegin.Text(), out);
    }
  }

  /** More of a part, or all of it where {@code whole} and nothing of it came before. */
  void text(
      int index,
      int content,
      PartBegin what,
      JsonString text,
      boolean whole,
      Consumer<AnswerEvent> out) {
    Item item = item(index);
    boolean untold = what == NAMELESS && !own && item.state(content) == null;
    State state = untold ? null : begin(item, content, what, out);
    if (state != null && !state.ended && !text.isEmpty() && !(whole && state.text)) {
      state.text = true;
      out.accept(new AnswerEvent.More(state.part, text));
    }
  }

  /** Thoughts; of the two ways to tell them only the first that comes is taken. */
  void thought(
      int index, boolean summary, JsonString text, boolean whole, Consumer<AnswerEvent> out) {
    Item item = item(index);
    if (text.isEmpty() || item.done || (item.told && item.summarized != summary)) {
      return;
    }
    boolean before = item.told;
    item.told = true;
    item.summarized = summary;
    if (before && item.betweenDue && !whole) {
      text(index, 0, new PartBegin.Thinking(), BETWEEN, false, out);
    }
    item.betweenDue &= whole;
    text(index, 0, new PartBegin.Thinking(), text, whole, out);
  }

  /** Another part of a summary begins. */
  void summaryAdded(int index) {
    Item item = item(index);
    item.betweenDue = item.told;
  }

  /** A part has ended. */
  void partEnded(int index, int content, Consumer<AnswerEvent> out) {
    State state = item(index).state(content);
    if (state != null) {
      end(state, out);
    }
  }

  /** An item is whole: what was not told of it before is told now. */
  void done(int index, ReadItem read, Consumer<AnswerEvent> out) {
    Item item = item(index);
    if (item.done) {
      return;
    }
    if (item.id.isEmpty()) {
      item.id = name(read.id);
    }
    switch (read.kind) {
      case PROVIDED -> provided.done(index, read);
      case MESSAGE -> {
        for (int i = 0; i < read.content.size(); i++) {
          ReadItem part = read.content.get(i);
          if (part.kind == ReadItem.Kind.REFUSAL) {
            text(index, i, new PartBegin.Refusal(), part.text, true, out);
          } else if (part.kind == ReadItem.Kind.TEXT) {
            text(index, i, new PartBegin.Text(), part.text, true, out);
          }
        }
      }
      case CALL -> text(index, 0, call(read), read.text, true, out);
      case REASONING -> reasoning(item, read, out);
      case OTHER_CALL -> {
        provided.done(index, read);
        if (own) {
          text(index, 0, NAMELESS, read.text, true, out);
        }
      }
      case TEXT, THOUGHT, REFUSAL, OTHER -> {}
    }
    item.done = true;
    for (State state : item.states) {
      if (state != null) {
        end(state, out);
      }
    }
  }

  private void reasoning(Item item, ReadItem read, Consumer<AnswerEvent> out) {
    State state = item.state(0);
    if (state == null || !state.text) {
      boolean summary = !read.summary.isEmpty();
      for (ReadItem part : summary ? read.summary : read.content) {
        summaryAdded(item.index);
        thought(item.index, summary, part.text, false, out);
      }
      state = item.state(0);
    }
    if (read.sealed.isEmpty()) {
      return;
    }
    Signature signature = new Signature(Protocol.RESPONSES, read.sealed);
    if (state != null) {
      out.accept(new AnswerEvent.Signed(state.part, signature));
    } else {
      begin(item, 0, new PartBegin.RedactedThinking(signature), out);
    }
  }

  private static PartBegin.ToolCall call(ReadItem read) {
    return new PartBegin.ToolCall(read.callId.isEmpty() ? read.id : read.callId, read.name);
  }

  private @Nullable State begin(Item item, int content, PartBegin what, Consumer<AnswerEvent> out) {
    State begun = item.state(content);
    if (begun != null || item.done || parts >= MAX_PARTS) {
      return begun;
    }
    while (item.states.size() <= content) {
      item.states.add(null);
    }
    State state = new State(parts++);
    item.states.set(content, state);
    called |= what instanceof PartBegin.ToolCall;
    names.part(item.id, item.index, content);
    out.accept(new AnswerEvent.PartBegun(state.part, what));
    return state;
  }

  private static void end(State state, Consumer<AnswerEvent> out) {
    if (!state.ended) {
      state.ended = true;
      out.accept(new AnswerEvent.PartEnded(state.part));
    }
  }

  private Item item(int index) {
    Item known = last;
    if (known == null || known.index != index) {
      // an item without a part counts for no more than those that have some
      known =
          items.size() < MAX_PARTS
              ? items.computeIfAbsent(index, Item::new)
              : items.getOrDefault(index, new Item(index));
      last = known;
    }
    return known;
  }

  private static String name(JsonString id) {
    return id.length() > 256 ? "" : id.text();
  }
}
