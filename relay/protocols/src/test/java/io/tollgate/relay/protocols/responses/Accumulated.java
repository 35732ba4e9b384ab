package io.tollgate.relay.protocols.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts a response together from its events as strictly as OpenAI's SDK for Node does: items and
 * parts are appended in order, events name the item that they are about by its id, texts go to
 * parts of their kind, and ids do not change.
 */
final class Accumulated {
  private final ArrayNode output = JsonNodeFactory.instance.arrayNode();
  private boolean created;

  Accumulated(List<JsonNode> events) {
    events.forEach(this::take);
  }

  /** The items. */
  ArrayNode output() {
    return output;
  }

  private void take(JsonNode event) {
    String type = event.get("type").asString();
    assertThat(created || type.equals("response.created") || type.equals("error")).isTrue();
    switch (type) {
      case "response.created" -> created = true;
      case "response.in_progress", "response.completed", "response.incomplete", "response.failed" ->
          assertThat(event.get("response").get("object").asString()).isEqualTo("response");
      case "error" -> assertThat(event.get("message").isString()).isTrue();
      case "response.output_item.added" -> {
        assertThat(event.get("output_index").asInt()).isEqualTo(output.size());
        assertThat(event.get("item").get("id").asString()).isNotEmpty();
        output.add(event.get("item").deepCopy());
      }
      case "response.output_item.done" -> {
        JsonNode before = output.get(event.get("output_index").asInt());
        JsonNode item = event.get("item");
        for (String same : new String[] {"id", "type", "call_id"}) {
          assertThat(item.get(same)).isEqualTo(before.get(same));
        }
        output.set(event.get("output_index").asInt(), item.deepCopy());
      }
      case "response.content_part.added" -> {
        ArrayNode content = (ArrayNode) item(event, "message").get("content");
        assertThat(event.get("content_index").asInt()).isEqualTo(content.size());
        content.add(event.get("part").deepCopy());
      }
      case "response.content_part.done" ->
          ((ArrayNode) item(event, "message").get("content"))
              .set(event.get("content_index").asInt(), event.get("part").deepCopy());
      case "response.output_text.delta" -> append(part(event, "output_text"), "text", event);
      case "response.output_text.done" -> same(part(event, "output_text"), "text", event);
      case "response.refusal.delta" -> append(part(event, "refusal"), "refusal", event);
      case "response.refusal.done" -> same(part(event, "refusal"), "refusal", event);
      case "response.function_call_arguments.delta" ->
          append(item(event, "function_call"), "arguments", event);
      case "response.function_call_arguments.done" ->
          same(item(event, "function_call"), "arguments", event);
      case "response.reasoning_summary_part.added" -> {
        ArrayNode summary = (ArrayNode) item(event, "reasoning").get("summary");
        assertThat(event.get("summary_index").asInt()).isEqualTo(summary.size());
        summary.add(event.get("part").deepCopy());
      }
      case "response.reasoning_summary_part.done" ->
          assertThat(summary(event)).isEqualTo(event.get("part"));
      case "response.reasoning_summary_text.delta" -> append(summary(event), "text", event);
      case "response.reasoning_summary_text.done" -> same(summary(event), "text", event);
      default -> throw new AssertionError("unknown event: " + type);
    }
  }

  private ObjectNode item(JsonNode event, String type) {
    ObjectNode item = (ObjectNode) output.get(event.get("output_index").asInt());
    assertThat(item.get("id")).isEqualTo(event.get("item_id"));
    assertThat(item.get("type").asString()).isEqualTo(type);
    return item;
  }

  private ObjectNode part(JsonNode event, String type) {
    JsonNode part = item(event, "message").get("content").get(event.get("content_index").asInt());
    assertThat(part.get("type").asString()).isEqualTo(type);
    return (ObjectNode) part;
  }

  private ObjectNode summary(JsonNode event) {
    return (ObjectNode)
        item(event, "reasoning").get("summary").get(event.get("summary_index").asInt());
  }

  private static void append(ObjectNode to, String name, JsonNode event) {
    to.put(name, to.get(name).asString() + event.get("delta").asString());
  }

  private static void same(ObjectNode told, String name, JsonNode event) {
    assertThat(told.get(name)).isEqualTo(event.get(name));
  }
}
