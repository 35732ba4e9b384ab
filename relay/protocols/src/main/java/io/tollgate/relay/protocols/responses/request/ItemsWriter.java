package io.tollgate.relay.protocols.responses.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.conversation.Turn;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.util.List;
import java.util.Optional;

/** Writes turns as a request's items: what is said as messages, calls and results on their own. */
final class ItemsWriter {
  private final JsonWriter json;
  private final PartsWriter parts;
  // whether a message is open, and takes further parts
  private boolean open;

  ItemsWriter(JsonWriter json) {
    this.json = requireNonNull(json, "json is null");
    this.parts = new PartsWriter(json);
  }

  void write(List<Turn> turns) {
    for (Turn turn : turns) {
      String role =
          switch (turn.role()) {
            case USER -> "user";
            case ASSISTANT -> "assistant";
            case SYSTEM -> "system";
          };
      for (Part part : turn.parts()) {
        write(part, role);
      }
      close();
    }
  }

  private void write(Part part, String role) {
    switch (part) {
      case Part.Text text -> {
        open(role);
        parts.text(text.text(), role.equals("assistant") ? "output_text" : "input_text");
      }
      case Part.Refusal refusal -> {
        open(role);
        json.object().name("type").value("refusal");
        json.name("refusal").value(refusal.text()).endObject();
      }
      case Part.Image image -> {
        open(role);
        parts.image(image);
      }
      case Part.Document document -> {
        open(role);
        parts.document(document);
      }
      case Part.Audio audio -> {
        open(role);
        parts.audio(audio);
      }
      case Part.ToolCall call -> {
        item("function_call").name("call_id").value(call.id());
        json.name("name").value(call.name());
        json.name("arguments").value(call.arguments()).endObject();
      }
      case Part.ToolResult result -> result(result);
      case Part.Thinking thinking -> thinking(thinking.text(), thinking.signature());
      case Part.RedactedThinking thinking ->
          thinking(JsonString.EMPTY, Optional.of(thinking.data()));
    }
  }

  private void result(Part.ToolResult result) {
    item("function_call_output").name("call_id").value(result.callId()).name("output");
    List<Part> content = result.content();
    if (content.isEmpty()) {
      json.value("");
    } else if (content.size() == 1 && content.getFirst() instanceof Part.Text text) {
      json.value(text.text());
    } else {
      json.array();
      for (Part part : content) {
        switch (part) {
          case Part.Text text -> parts.text(text.text(), "input_text");
          case Part.Image image -> parts.image(image);
          case Part.Document document -> parts.document(document);
          case Part.Audio audio -> parts.audio(audio);
          case Part.Refusal _,
              Part.ToolCall _,
              Part.ToolResult _,
              Part.Thinking _,
              Part.RedactedThinking _ -> {}
        }
      }
      json.endArray();
    }
    json.endObject();
  }

  /** Thoughts go back to the provider that sealed them; to others they mean nothing. */
  private void thinking(JsonString text, Optional<Signature> signature) {
    if (signature.isEmpty() || signature.get().protocol() != Protocol.RESPONSES) {
      return;
    }
    item("reasoning").name("summary").array();
    if (!text.isEmpty()) {
      parts.text(text, "summary_text");
    }
    json.endArray().name("encrypted_content").value(signature.get().text()).endObject();
  }

  private JsonWriter item(String type) {
    close();
    return json.object().name("type").value(type);
  }

  private void open(String role) {
    if (!open) {
      open = true;
      json.object().name("type").value("message").name("role").value(role).name("content").array();
    }
  }

  private void close() {
    if (open) {
      open = false;
      json.endArray().endObject();
    }
  }
}
