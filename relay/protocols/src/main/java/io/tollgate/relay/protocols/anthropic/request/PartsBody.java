package io.tollgate.relay.protocols.anthropic.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.util.List;
import java.util.Optional;

/** Writes parts as the blocks of a message. */
final class PartsBody {
  private static final byte[] NO_INPUT = {'{', '}'};

  private final JsonWriter json;

  PartsBody(JsonWriter json) {
    this.json = requireNonNull(json, "json is null");
  }

  /** Writes the array of blocks. */
  void write(List<Part> parts) {
    json.array();
    parts.forEach(this::write);
    json.endArray();
  }

  private void write(Part part) {
    switch (part) {
      case Part.Text(JsonString text, CacheMark cache) -> {
        begin("text").name("text").value(text);
        end(cache);
      }
      case Part.Refusal(JsonString text) -> {
        begin("text").name("text").value(text);
        end(CacheMark.NONE);
      }
      case Part.Image(Media media, Optional<String> _, CacheMark cache) -> {
        begin("image").name("source");
        MediaSources.writeImage(media, json);
        end(cache);
      }
      case Part.Document(Media media, Optional<JsonString> title, CacheMark cache) -> {
        begin("document").name("source");
        MediaSources.writeDocument(media, json);
        title.filter(name -> !name.isEmpty()).ifPresent(name -> json.name("title").value(name));
        end(cache);
      }
      case Part.Audio _ ->
          throw RequestFault.of("messages", "sound (expected: none, as the model hears nothing)");
      case Part.ToolCall call -> write(call);
      case Part.ToolResult result -> write(result);
      case Part.Thinking(JsonString text, Optional<Signature> signature) -> {
        begin("thinking").name("thinking").value(text);
        signature.ifPresent(
            given -> json.name("signature").value(given.carriedBy(Protocol.ANTHROPIC)));
        end(CacheMark.NONE);
      }
      case Part.RedactedThinking(Signature data) -> {
        begin("redacted_thinking").name("data").value(data.carriedBy(Protocol.ANTHROPIC));
        end(CacheMark.NONE);
      }
    }
  }

  private void write(Part.ToolCall call) {
    begin("tool_use").name("id");
    writeId(call.id());
    json.name("name").value(call.name()).name("input").raw(input(call));
    end(call.cache());
  }

  private void write(Part.ToolResult result) {
    begin("tool_result").name("tool_use_id");
    writeId(result.callId());
    List<Part> content = result.content().stream().filter(part -> !isEmpty(part)).toList();
    if (!content.isEmpty()) {
      json.name("content");
      write(content);
    }
    if (result.error()) {
      json.name("is_error").value(true);
    }
    end(result.cache());
  }

  private static boolean isEmpty(Part part) {
    return part instanceof Part.Text(JsonString text, CacheMark _) && text.isEmpty();
  }

  private JsonWriter begin(String type) {
    return json.object().name("type").value(type);
  }

  private void end(CacheMark cache) {
    CacheMarks.write(cache, json);
    json.endObject();
  }

  /** Anthropic takes letters, digits and {@code _-} in an id; anything else becomes {@code _}. */
  private void writeId(JsonString id) {
    String text = id.text();
    if (text.matches("[a-zA-Z0-9_-]+")) {
      json.value(id);
    } else {
      json.value(text.isEmpty() ? "_" : text.replaceAll("[^a-zA-Z0-9_-]", "_"));
    }
  }

  private static byte[] input(Part.ToolCall call) {
    if (call.arguments().isEmpty()) {
      return NO_INPUT;
    }
    byte[] written = call.arguments().utf8();
    try {
      JsonScanner scanner = new JsonScanner(written, 0, written.length);
      JsonToken first = scanner.next();
      scanner.skipRest(first);
      scanner.next();
      if (first == JsonToken.OBJECT_START) {
        return written;
      }
    } catch (JsonFault e) {
      // told below
    }
    throw RequestFault.of(
        "messages",
        "the arguments of the tool call "
            + Given.shown(call.id().text())
            + " are no JSON object (expected: a JSON object)");
  }
}
