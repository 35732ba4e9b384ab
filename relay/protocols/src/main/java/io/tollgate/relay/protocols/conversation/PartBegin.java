package io.tollgate.relay.protocols.conversation;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.json.JsonString;
import java.nio.charset.StandardCharsets;

/** What a part of an answer is, as far as its beginning tells. */
public sealed interface PartBegin {
  /** Words. */
  record Text() implements PartBegin {}

  /** Words of a refusal. */
  record Refusal() implements PartBegin {}

  /** Thoughts. */
  record Thinking() implements PartBegin {}

  /** Thoughts that only their provider can read; they are whole. */
  record RedactedThinking(Signature data) implements PartBegin {
    public RedactedThinking {
      requireNonNull(data, "data is null");
    }
  }

  /**
   * A picture or a sound; it is whole.
   *
   * @param media with the type and the data
   */
  record Produced(Media.Inline media) implements PartBegin {
    public Produced {
      requireNonNull(media, "media is null");
    }

    /** As a Markdown picture, for callers whose protocol has no place for one. */
    public JsonString markdown() {
      byte[] head = ("![](data:" + media.type() + ";base64,").getBytes(StandardCharsets.US_ASCII);
      JsonString data = media.base64();
      byte[] words = new byte[head.length + data.length() + 1];
      System.arraycopy(head, 0, words, 0, head.length);
      System.arraycopy(data.bytes(), data.from(), words, head.length, data.length());
      words[words.length - 1] = ')';
      return new JsonString(words, 0, words.length, data.escaped());
    }

    /** As a data URL. */
    public JsonString dataUrl() {
      JsonString markdown = markdown();
      return new JsonString(
          markdown.bytes(), "![](".length(), markdown.to() - 1, markdown.escaped());
    }
  }

  /**
   * A call of a tool; its arguments follow.
   *
   * @param id the provider's, or one made here where it gives none
   */
  record ToolCall(JsonString id, JsonString name) implements PartBegin {
    public ToolCall {
      requireNonNull(id, "id is null");
      requireNonNull(name, "name is null");
    }
  }
}
