package io.tollgate.relay.protocols.responses.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An item of a response that is being written, and what it holds so far. */
final class WrittenItem {
  final Kind kind;
  final String id;
  final int index;
  final List<Content> contents = new ArrayList<>(1);
  JsonString callId = JsonString.EMPTY;
  JsonString name = JsonString.EMPTY;
  Optional<Signature> signature = Optional.empty();
  boolean closed;

  WrittenItem(Kind kind, String id, int index) {
    this.kind = requireNonNull(kind, "kind is null");
    this.id = requireNonNull(id, "id is null");
    this.index = index;
  }

  enum Kind {
    MESSAGE("msg_"),
    REASONING("rs_"),
    CALL("fc_");

    /** What ids of such items begin with. */
    final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  /** A part of the item: of a message one of several, else the only one. */
  static final class Content {
    final WrittenItem item;
    final int index;
    final boolean refusal;
    // the inside of a JSON string
    private final ByteSink text = new ByteSink();
    boolean begun;
    boolean ended;

    Content(WrittenItem item, int index, boolean refusal) {
      this.item = item;
      this.index = index;
      this.refusal = refusal;
    }

    void add(JsonString more) {
      text.add(more.bytes(), more.from(), more.to());
    }

    JsonString text() {
      return new JsonString(text.array(), 0, text.length(), true);
    }

    /** The part as a message has it. */
    void write(JsonWriter json, boolean empty) {
      json.object().name("type").value(refusal ? "refusal" : "output_text");
      if (!refusal) {
        json.name("annotations").array().endArray().name("logprobs").array().endArray();
      }
      json.name(refusal ? "refusal" : "text").value(empty ? JsonString.EMPTY : text());
      json.endObject();
    }
  }

  /** Whether one of its parts goes on. */
  boolean open() {
    for (Content content : contents) {
      if (!content.ended) {
        return true;
      }
    }
    return false;
  }

  /**
   * The item as a response has it.
   *
   * @param empty whether as it begins
   */
  void write(JsonWriter json, boolean empty, String status) {
    json.object().name("id").value(id);
    switch (kind) {
      case MESSAGE -> {
        json.name("type").value("message").name("status").value(status);
        json.name("role").value("assistant").name("content").array();
        if (!empty) {
          contents.forEach(content -> content.write(json, false));
        }
        json.endArray();
      }
      case REASONING -> {
        json.name("type").value("reasoning").name("summary").array();
        if (!empty) {
          contents.stream()
              .filter(content -> content.begun)
              .forEach(thought -> summary(json, thought.text()));
        }
        json.endArray();
        if (!empty) {
          signature.ifPresent(
              kept -> json.name("encrypted_content").value(kept.carriedBy(Protocol.RESPONSES)));
        }
      }
      case CALL -> {
        json.name("type").value("function_call").name("status").value(status);
        json.name("call_id").value(callId).name("name").value(name);
        json.name("arguments")
            .value(empty || contents.isEmpty() ? JsonString.EMPTY : contents.getFirst().text());
      }
    }
    json.endObject();
  }

  static void summary(JsonWriter json, JsonString text) {
    json.object().name("type").value("summary_text").name("text").value(text).endObject();
  }
}
