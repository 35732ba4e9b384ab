package io.tollgate.relay.protocols.gemini.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.PartBegin;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.gemini.request.EmbeddedJson;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the parts of an answer's chunks into events. Gemini tells of no beginnings and ends: texts
 * that follow one another are pieces of one part, as thoughts are; a call comes whole. Events of a
 * chunk are told once all of it was read. Confined to one thread.
 */
final class PartEvents {
  private static final int NONE = -1;

  private static final JsonNames<Member> MEMBERS =
      new JsonNames.Builder<Member>()
          .add(Member.TEXT, "text")
          .add(Member.THOUGHT, "thought")
          .add(Member.SIGNATURE, "thoughtSignature")
          .add(Member.CALL, "functionCall")
          .add(Member.INLINE, "inlineData")
          .add(Member.CODE, "executableCode", "codeExecutionResult")
          .build();

  private static final JsonNames<Inside> INSIDE =
      new JsonNames.Builder<Inside>()
          .add(Inside.ID, "id")
          .add(Inside.NAME, "name")
          .add(Inside.ARGS, "args", "partialArgs")
          .add(Inside.TYPE, "mimeType")
          .add(Inside.DATA, "data")
          .add(Inside.WORDS, "code", "output")
          .build();

  private final List<AnswerEvent> events = new ArrayList<>();
  private final String idBeginning;
  private State state = new State(0, NONE, false, false, 0);
  private State before = state;
  // of the part that is read
  private JsonString text = JsonString.EMPTY;
  private boolean thought;
  private JsonString signature = JsonString.EMPTY;
  private JsonString id = JsonString.EMPTY;
  private @Nullable JsonString name;
  private JsonString arguments = JsonString.EMPTY;
  private String type = "";
  private @Nullable JsonString data;

  PartEvents(String requestId) {
    String plain = requestId.replaceAll("[^A-Za-z0-9]", "");
    idBeginning = "call_" + plain.substring(Math.max(0, plain.length() - 24)) + "_";
  }

  private enum Member {
    TEXT,
    THOUGHT,
    SIGNATURE,
    CALL,
    INLINE,
    CODE
  }

  private enum Inside {
    ID,
    NAME,
    ARGS,
    TYPE,
    DATA,
    WORDS
  }

  /**
   * Where the answer is.
   *
   * @param next number of the next part
   * @param open number of the part that more may come of, or {@link #NONE}
   * @param openThought whether that is thought
   * @param called whether a function is called
   * @param made ids that were made here
   */
  private record State(int next, int open, boolean openThought, boolean called, int made) {}

  /** Another chunk begins. */
  void begin() {
    events.clear();
    before = state;
  }

  /** The chunk was none. */
  void forget() {
    events.clear();
    state = before;
  }

  /** The chunk is whole. */
  void tell(Consumer<AnswerEvent> out) {
    events.forEach(out);
    events.clear();
  }

  /** Whether anything has come. */
  boolean any() {
    return state.next > 0;
  }

  /** Whether a function is called. */
  boolean called() {
    return state.called;
  }

  /** Ends the part that more might have come of. */
  void close(Consumer<AnswerEvent> out) {
    close();
    tell(out);
  }

  /** Reads to the end of the object whose start was just returned. */
  void read(JsonScanner scanner, byte[] bytes) {
    clear();
    while (scanner.next() != JsonToken.OBJECT_END) {
      Member member = MEMBERS.find(scanner);
      JsonToken value = scanner.next();
      switch (member) {
        case TEXT -> text = string(scanner, bytes, value, text);
        case THOUGHT -> thought = value == JsonToken.TRUE;
        case SIGNATURE -> signature = string(scanner, bytes, value, signature);
        case CALL, INLINE, CODE -> {
          if (value == JsonToken.OBJECT_START) {
            inside(scanner, bytes);
            continue;
          }
        }
        case null -> {}
      }
      scanner.skipRest(value);
    }
    add();
  }

  private void clear() {
    text = JsonString.EMPTY;
    thought = false;
    signature = JsonString.EMPTY;
    id = JsonString.EMPTY;
    name = null;
    arguments = JsonString.EMPTY;
    type = "";
    data = null;
  }

  private void inside(JsonScanner scanner, byte[] bytes) {
    while (scanner.next() != JsonToken.OBJECT_END) {
      Inside inside = INSIDE.find(scanner);
      JsonToken value = scanner.next();
      int from = scanner.start();
      switch (inside) {
        case ID -> id = string(scanner, bytes, value, id);
        case NAME -> name = string(scanner, bytes, value, JsonString.EMPTY);
        case TYPE -> type = string(scanner, bytes, value, JsonString.EMPTY).text();
        case DATA -> data = string(scanner, bytes, value, JsonString.EMPTY);
        case WORDS -> text = string(scanner, bytes, value, text);
        case ARGS -> {
          scanner.skipRest(value);
          boolean json = value == JsonToken.OBJECT_START || value == JsonToken.ARRAY_START;
          arguments = json ? EmbeddedJson.quoted(bytes, from, scanner.end()) : arguments;
          continue;
        }
        case null -> {}
      }
      scanner.skipRest(value);
    }
  }

  private static JsonString string(
      JsonScanner scanner, byte[] bytes, JsonToken value, JsonString otherwise) {
    return value == JsonToken.STRING ? JsonString.of(scanner, bytes) : otherwise;
  }

  private void add() {
    JsonString called = name;
    JsonString picture = data;
    if (called != null) {
      call(called);
    } else if (picture != null && !picture.isEmpty()) {
      close();
      int part =
          begin(new PartBegin.Produced(new Media.Inline(type.toLowerCase(Locale.ROOT), picture)));
      events.add(new AnswerEvent.PartEnded(part));
    } else {
      words();
    }
  }

  private void call(JsonString called) {
    close();
    JsonString named = id;
    if (named.isEmpty()) {
      named = JsonString.of(idBeginning + state.made);
      state = new State(state.next, NONE, false, true, state.made + 1);
    }
    int part = begin(new PartBegin.ToolCall(named, called));
    state = new State(state.next, NONE, false, true, state.made);
    if (!arguments.isEmpty()) {
      events.add(new AnswerEvent.More(part, arguments));
    }
    sign(part);
    events.add(new AnswerEvent.PartEnded(part));
  }

  /**
   * Words, or thoughts. A signature of words is left out: no other protocol has a place for one,
   * and no Gemini asks for it back.
   */
  private void words() {
    boolean open = state.open != NONE && state.openThought == thought;
    boolean something = !text.isEmpty() || (thought && !signature.isEmpty());
    if (!something) {
      return;
    }
    if (!open) {
      close();
      int part = begin(thought ? new PartBegin.Thinking() : new PartBegin.Text());
      state = new State(state.next, part, thought, state.called, state.made);
    }
    if (!text.isEmpty()) {
      events.add(new AnswerEvent.More(state.open, text));
    }
    if (thought) {
      sign(state.open);
    }
  }

  private void sign(int part) {
    if (!signature.isEmpty()) {
      events.add(new AnswerEvent.Signed(part, new Signature(Protocol.GEMINI, signature)));
    }
  }

  private int begin(PartBegin what) {
    int part = state.next;
    events.add(new AnswerEvent.PartBegun(part, requireNonNull(what, "what is null")));
    state = new State(part + 1, state.open, state.openThought, state.called, state.made);
    return part;
  }

  private void close() {
    if (state.open != NONE) {
      events.add(new AnswerEvent.PartEnded(state.open));
      state = new State(state.next, NONE, false, state.called, state.made);
    }
  }
}
