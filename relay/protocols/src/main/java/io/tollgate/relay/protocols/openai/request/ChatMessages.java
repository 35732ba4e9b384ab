package io.tollgate.relay.protocols.openai.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Turn;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes the turns of a conversation as chat messages. */
final class ChatMessages {
  private final JsonWriter json;

  /**
   * @param json inside the array of messages
   */
  ChatMessages(JsonWriter json) {
    this.json = requireNonNull(json, "json is null");
  }

  void system(List<Part> parts) {
    if (!parts.isEmpty()) {
      message("system", parts);
    }
  }

  void turn(Turn turn) {
    switch (turn.role()) {
      case SYSTEM -> message("system", turn.parts());
      case USER -> user(turn.parts());
      case ASSISTANT -> assistant(turn.parts());
    }
  }

  /** Results of tools come first, each a message; pictures in them go to the user's own words. */
  private void user(List<Part> parts) {
    List<Part> said = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.ToolResult result) {
        said.addAll(result(result));
      }
    }
    for (Part part : parts) {
      if (!(part instanceof Part.ToolResult)) {
        said.add(part);
      }
    }
    if (!said.isEmpty()) {
      message("user", said);
    }
  }

  /** Writes a result; what of it a tool's message cannot hold is returned. */
  private List<Part> result(Part.ToolResult result) {
    List<Part> rest = new ArrayList<>();
    json.object().name("role").value("tool").name("tool_call_id").value(result.callId());
    List<Part.Text> texts = new ArrayList<>();
    for (Part part : result.content()) {
      if (part instanceof Part.Text text) {
        texts.add(text);
      } else {
        rest.add(part);
      }
    }
    json.name("content");
    if (texts.size() == 1) {
      json.value(texts.getFirst().text());
    } else if (texts.isEmpty()) {
      json.value(rest.isEmpty() ? "" : "see the next message");
    } else {
      json.array();
      texts.forEach(text -> text(text.text()));
      json.endArray();
    }
    json.endObject();
    return rest;
  }

  private void assistant(List<Part> parts) {
    json.object().name("role").value("assistant");
    List<JsonString> texts = new ArrayList<>();
    List<JsonString> refusals = new ArrayList<>();
    List<Part.ToolCall> calls = new ArrayList<>();
    for (Part part : parts) {
      switch (part) {
        case Part.Text text -> texts.add(text.text());
        case Part.Refusal refusal -> refusals.add(refusal.text());
        case Part.ToolCall call -> calls.add(call);
        // these providers do not take thoughts back
        case Part.Thinking _, Part.RedactedThinking _ -> {}
        case Part.Image _, Part.Document _, Part.Audio _, Part.ToolResult _ ->
            throw RequestFault.of(
                "messages", "a picture, document or sound of the assistant (expected: words)");
      }
    }
    json.name("content");
    if (texts.size() == 1) {
      json.value(texts.getFirst());
    } else if (texts.isEmpty()) {
      json.nothing();
    } else {
      json.array();
      texts.forEach(this::text);
      json.endArray();
    }
    if (!refusals.isEmpty()) {
      json.name("refusal").value(refusals.getFirst());
    }
    calls(calls);
    json.endObject();
  }

  private void calls(List<Part.ToolCall> calls) {
    if (calls.isEmpty()) {
      return;
    }
    json.name("tool_calls").array();
    for (Part.ToolCall call : calls) {
      json.object().name("id").value(call.id()).name("type").value("function");
      json.name("function").object().name("name").value(call.name());
      json.name("arguments").value(call.arguments()).endObject();
      call.signature()
          .filter(signature -> signature.protocol() == Protocol.GEMINI)
          .ifPresent(
              signature ->
                  json.name("extra_content")
                      .object()
                      .name("google")
                      .object()
                      .name("thought_signature")
                      .value(signature.text())
                      .endObject()
                      .endObject());
      json.endObject();
    }
    json.endArray();
  }

  private void message(String role, List<Part> parts) {
    json.object().name("role").value(role).name("content");
    if (parts.size() == 1 && parts.getFirst() instanceof Part.Text text) {
      json.value(text.text());
    } else {
      json.array();
      parts.forEach(this::part);
      json.endArray();
    }
    json.endObject();
  }

  private void part(Part part) {
    switch (part) {
      case Part.Text text -> text(text.text());
      case Part.Refusal refusal -> text(refusal.text());
      case Part.Image image -> image(image);
      case Part.Document document -> document(document);
      case Part.Audio audio -> audio(audio);
      case Part.ToolCall _, Part.ToolResult _, Part.Thinking _, Part.RedactedThinking _ ->
          throw RequestFault.of(
              "messages", "a call, result or thought in the wrong turn (expected: words, media)");
    }
  }

  private void text(JsonString words) {
    json.object().name("type").value("text").name("text").value(words).endObject();
  }

  private void image(Part.Image image) {
    json.object().name("type").value("image_url").name("image_url").object().name("url");
    switch (image.media()) {
      case Media.Address(JsonString url) -> json.value(url);
      case Media.Inline inline -> dataUrl(inline);
      case Media.Words _ ->
          throw RequestFault.of("messages", "a picture of words (expected: base64 or an address)");
    }
    image.detail().ifPresent(detail -> json.name("detail").value(detail));
    json.endObject().endObject();
  }

  private void document(Part.Document document) {
    switch (document.media()) {
      case Media.Words(JsonString words) -> text(words);
      case Media.Inline inline -> {
        json.object().name("type").value("file").name("file").object();
        json.name("filename").value(document.title().orElse(JsonString.of("document")));
        json.name("file_data");
        dataUrl(inline);
        json.endObject().endObject();
      }
      case Media.Address _ ->
          throw RequestFault.of(
              "messages",
              "a document by its address (expected: in the request, for this model's provider)");
    }
  }

  private void audio(Part.Audio audio) {
    if (!(audio.media() instanceof Media.Inline(String type, JsonString data))) {
      throw RequestFault.of("messages", "a sound by its address (expected: in the request)");
    }
    json.object().name("type").value("input_audio").name("input_audio").object();
    json.name("data").value(data);
    json.name("format").value(type.contains("wav") ? "wav" : "mp3").endObject().endObject();
  }

  private void dataUrl(Media.Inline inline) {
    JsonString data = inline.base64();
    byte[] head = ("data:" + inline.type() + ";base64,").getBytes(StandardCharsets.US_ASCII);
    byte[] url = new byte[head.length + data.length()];
    System.arraycopy(head, 0, url, 0, head.length);
    System.arraycopy(data.bytes(), data.from(), url, head.length, data.length());
    json.value(new JsonString(url, 0, url.length, false));
  }
}
