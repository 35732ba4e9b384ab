package io.tollgate.relay.protocols.conversation;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An answer put together from its events, to be written as one document. Not thread-safe. */
public final class CollectedAnswer {
  private final Map<Integer, Part> parts = new TreeMap<>();
  private AnswerEvent.@Nullable Ended ended;

  /** A part, as far as it has come. */
  public static final class Part {
    private final PartBegin what;
    private final ByteSink text = new ByteSink();
    private boolean escaped;
    private @Nullable Signature signature;

    private Part(PartBegin what) {
      this.what = requireNonNull(what, "what is null");
    }

    public PartBegin what() {
      return what;
    }

    /** Words, thoughts, or the JSON of a call's arguments. */
    public JsonString text() {
      return new JsonString(text.array(), 0, text.length(), escaped);
    }

    public Optional<Signature> signature() {
      return Optional.ofNullable(signature);
    }

    private void add(JsonString more) {
      text.add(more.bytes(), more.from(), more.to());
      escaped |= more.escaped();
    }
  }

  /** Takes the next event. */
  public void take(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.PartBegun(int number, PartBegin what) ->
          parts.put(number, new Part(kept(what)));
      case AnswerEvent.More(int number, JsonString more) -> {
        Part part = parts.get(number);
        if (part != null) {
          part.add(more);
        }
      }
      case AnswerEvent.Signed(int number, Signature signature) -> {
        Part part = parts.get(number);
        if (part != null) {
          part.signature = new Signature(signature.protocol(), signature.text().kept());
        }
      }
      case AnswerEvent.Ended end ->
          ended = new AnswerEvent.Ended(end.reason(), end.stopSequence().map(JsonString::kept));
      case AnswerEvent.PartEnded _, AnswerEvent.Failed _ -> {}
    }
  }

  /** In the order in which they began. */
  public List<Part> parts() {
    return List.copyOf(parts.values());
  }

  /** Those of one kind. */
  public List<Part> parts(Class<? extends PartBegin> kind) {
    List<Part> found = new ArrayList<>();
    for (Part part : parts.values()) {
      if (kind.isInstance(part.what)) {
        found.add(part);
      }
    }
    return found;
  }

  public boolean has(Class<? extends PartBegin> kind) {
    return parts.values().stream().anyMatch(part -> kind.isInstance(part.what));
  }

  /** The texts of all parts of one kind, joined. */
  public JsonString text(Class<? extends PartBegin> kind) {
    ByteSink joined = new ByteSink();
    boolean escaped = false;
    for (Part part : parts(kind)) {
      JsonString text = part.text();
      joined.add(text.bytes(), text.from(), text.to());
      escaped |= text.escaped();
    }
    return new JsonString(joined.array(), 0, joined.length(), escaped);
  }

  /** How it ended, where it has. */
  public Optional<AnswerEvent.Ended> ended() {
    return Optional.ofNullable(ended);
  }

  private static PartBegin kept(PartBegin what) {
    return switch (what) {
      case PartBegin.ToolCall(JsonString id, JsonString name) ->
          new PartBegin.ToolCall(id.kept(), name.kept());
      case PartBegin.RedactedThinking(Signature data) ->
          new PartBegin.RedactedThinking(new Signature(data.protocol(), data.text().kept()));
      case PartBegin.Produced(Media.Inline media) ->
          new PartBegin.Produced(new Media.Inline(media.type(), media.base64().kept()));
      case PartBegin.Text _, PartBegin.Refusal _, PartBegin.Thinking _ -> what;
    };
  }
}
