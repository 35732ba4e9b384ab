package io.tollgate.relay.protocols.anthropic.answer;

import io.tollgate.relay.protocols.anthropic.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the events of a stream together to a message, and fails where the stream is not whole by
 * Anthropic's rules: one message, blocks one after the other from 0, each ended, an end and nothing
 * behind it.
 */
public final class Accumulator {
  private final List<String> errors = new ArrayList<>();
  private final Map<Integer, StringBuilder> inputs = new TreeMap<>();
  private ObjectNode message = JsonNodeFactory.instance.objectNode();
  private boolean begun;
  private boolean stopped;
  private int open = -1;

  private Accumulator() {}

  /** The message of a stream that must be whole. */
  public static JsonNode message(String stream) {
    Accumulator read = new Accumulator();
    for (String event : stream.split("\n\n")) {
      if (!event.startsWith(":") && !event.isBlank()) {
        read.take(event);
      }
    }
    read.check(read.stopped, "no end");
    if (!read.errors.isEmpty()) {
      throw new AssertionError(read.errors + " in\n" + stream);
    }
    return read.whole();
  }

  private void take(String event) {
    String[] lines = event.split("\n");
    JsonNode data = Given.json(lines[1].substring("data: ".length()));
    String type = data.get("type").asString();
    check(lines[0].equals("event: " + type), "name of " + event);
    check(!stopped, "after the end: " + type);
    check(begun != type.equals("message_start"), "order: " + type);
    switch (type) {
      case "message_start" -> {
        begun = true;
        message = (ObjectNode) data.get("message");
      }
      case "content_block_start" -> {
        ArrayNode content = (ArrayNode) message.get("content");
        check(open == -1, "two blocks open");
        check(data.get("index").asInt() == content.size(), "index " + data);
        open = data.get("index").asInt();
        content.add(data.get("content_block"));
      }
      case "content_block_delta" -> {
        check(data.get("index").asInt() == open, "delta of no open block");
        add(data.get("delta"));
      }
      case "content_block_stop" -> {
        check(data.get("index").asInt() == open, "stop of no open block");
        open = -1;
      }
      case "message_delta" -> {
        check(open == -1, "a block is open at the end");
        message.setAll((ObjectNode) data.get("delta"));
        ((ObjectNode) message.get("usage")).setAll((ObjectNode) data.get("usage"));
      }
      case "message_stop" -> stopped = true;
      case "ping" -> {}
      default -> errors.add("event " + type);
    }
  }

  private void add(JsonNode delta) {
    ObjectNode block = (ObjectNode) message.get("content").get(open);
    switch (delta.get("type").asString()) {
      case "text_delta" -> append(block, "text", delta);
      case "thinking_delta" -> append(block, "thinking", delta);
      case "signature_delta" -> block.set("signature", delta.get("signature"));
      case "input_json_delta" ->
          inputs
              .computeIfAbsent(open, _ -> new StringBuilder())
              .append(delta.get("partial_json").asString());
      default -> errors.add("delta " + delta);
    }
  }

  private JsonNode whole() {
    inputs.forEach(
        (index, input) -> {
          // of a stream that was cut, an input may be no JSON yet
          if (input.toString().endsWith("}")) {
            ((ObjectNode) message.get("content").get(index))
                .set("input", Given.json(input.toString()));
          }
        });
    return message;
  }

  private static void append(ObjectNode block, String field, JsonNode delta) {
    block.put(field, block.get(field).asString() + delta.get(field).asString());
  }

  private void check(boolean right, String what) {
    if (!right) {
      errors.add(what);
    }
  }
}
