package io.tollgate.relay.protocols.conversation;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.List;
import java.util.Optional;

/** A part of what is said. */
public sealed interface Part {
  /** Up to where the upstream is asked to keep the conversation in its cache, if here at all. */
  CacheMark cache();

  /** Words. */
  record Text(JsonString text, CacheMark cache) implements Part {
    public Text {
      requireNonNull(text, "text is null");
      requireNonNull(cache, "cache is null");
    }
  }

  /** An answer that the model refused to give; of assistants only. */
  record Refusal(JsonString text) implements Part {
    public Refusal {
      requireNonNull(text, "text is null");
    }

    @Override
    public CacheMark cache() {
      return CacheMark.NONE;
    }
  }

  /**
   * A picture.
   *
   * @param detail how closely it is looked at, as OpenAI names it: low, high, auto
   */
  record Image(Media media, Optional<String> detail, CacheMark cache) implements Part {
    public Image {
      requireNonNull(media, "media is null");
      requireNonNull(detail, "detail is null");
      requireNonNull(cache, "cache is null");
    }
  }

  /**
   * A document, such as a PDF or a plain text.
   *
   * @param title its name, where it has one
   */
  record Document(Media media, Optional<JsonString> title, CacheMark cache) implements Part {
    public Document {
      requireNonNull(media, "media is null");
      requireNonNull(title, "title is null");
      requireNonNull(cache, "cache is null");
    }
  }

  /** Sound that is heard. */
  record Audio(Media media) implements Part {
    public Audio {
      requireNonNull(media, "media is null");
    }

    @Override
    public CacheMark cache() {
      return CacheMark.NONE;
    }
  }

  /**
   * The assistant calls a tool.
   *
   * @param id names the call in its result
   * @param arguments a JSON object as it is written, inside a JSON string
   * @param signature proves to its provider that the model thought before, where there is one
   */
  record ToolCall(
      JsonString id,
      JsonString name,
      JsonString arguments,
      Optional<Signature> signature,
      CacheMark cache)
      implements Part {
    public ToolCall {
      requireNonNull(id, "id is null");
      requireNonNull(name, "name is null");
      requireNonNull(arguments, "arguments is null");
      requireNonNull(signature, "signature is null");
      requireNonNull(cache, "cache is null");
    }
  }

  /**
   * What a tool answered.
   *
   * @param callId of the call
   * @param name of the tool; found in the call where the caller's protocol does not name it
   * @param content texts, pictures and documents
   * @param error whether the tool failed
   */
  record ToolResult(
      JsonString callId, JsonString name, List<Part> content, boolean error, CacheMark cache)
      implements Part {
    public ToolResult {
      requireNonNull(callId, "callId is null");
      requireNonNull(name, "name is null");
      content = List.copyOf(content);
      requireNonNull(cache, "cache is null");
    }
  }

  /**
   * What the model thought.
   *
   * @param text as far as it was shown; may be empty
   * @param signature without which its provider does not take it back
   */
  record Thinking(JsonString text, Optional<Signature> signature) implements Part {
    public Thinking {
      requireNonNull(text, "text is null");
      requireNonNull(signature, "signature is null");
    }

    @Override
    public CacheMark cache() {
      return CacheMark.NONE;
    }
  }

  /** What the model thought, readable by its provider only. */
  record RedactedThinking(Signature data) implements Part {
    public RedactedThinking {
      requireNonNull(data, "data is null");
    }

    @Override
    public CacheMark cache() {
      return CacheMark.NONE;
    }
  }
}
