package io.tollgate.sandbox.internal.responses;

import io.tollgate.sandbox.internal.content.Answer;
import io.tollgate.sandbox.internal.content.Choice;
import io.tollgate.sandbox.internal.content.Content;
import io.tollgate.sandbox.internal.content.Lookups;
import io.tollgate.sandbox.internal.content.Seeds;
import io.tollgate.sandbox.internal.content.Signatures;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.served.Kind;
import io.tollgate.sandbox.internal.steering.Finish;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The documents of one response: itself, and the items of its output. */
final class ResponseDocument {
  private static final Set<Finish> FILTERED = Set.of(Finish.CONTENT_FILTER, Finish.BLOCKED);
  private static final Set<Finish> FULL = Set.of(Finish.LENGTH, Finish.CONTEXT_WINDOW);

  private final ResponsesRequest request;
  private final Answer answer;
  private final Choice choice;
  private final long seed;
  private final long createdSeconds;
  private final List<Kind> lookups;

  ResponseDocument(ResponsesRequest request, Answer answer, Reply.Stamp stamp) {
    this.request = request;
    this.answer = answer;
    this.choice = answer.choices().getFirst();
    this.seed = Seeds.mix(answer.question().prompt().seed() + stamp.number());
    this.createdSeconds = stamp.seconds();
    this.lookups = Lookups.calls(answer);
  }

  String id() {
    return "resp_" + Long.toHexString(seed);
  }

  /** Whether what was thought is told as it is said. */
  boolean thoughtsShown() {
    return request.summarized();
  }

  List<Content> parts() {
    return choice.parts();
  }

  /** As it is before its first piece. */
  ObjectNode begun(String status) {
    ObjectNode json = head(status);
    json.putArray("output");
    return json.putNull("usage");
  }

  /** As it is when it has ended. */
  ObjectNode ended() {
    ObjectNode json = head(status());
    if (isIncomplete()) {
      json.putObject("incomplete_details")
          .put(
              "reason",
              FILTERED.contains(choice.finish()) ? "content_filter" : "max_output_tokens");
    }
    ArrayNode output = json.putArray("output");
    for (int index = 0; index < lookups.size(); index++) {
      output.add(lookup(index, true));
    }
    for (int index = 0; index < parts().size(); index++) {
      output.add(item(index, true));
    }
    if (answer.reportsUsage()) {
      json.set("usage", usage());
    } else {
      json.putNull("usage");
    }
    return json;
  }

  String status() {
    return isIncomplete() ? "incomplete" : "completed";
  }

  private boolean isIncomplete() {
    return FILTERED.contains(choice.finish()) || FULL.contains(choice.finish());
  }

  private ObjectNode head(String status) {
    JsonNode root = request.root();
    ObjectNode json =
        JsonBody.object()
            .put("id", id())
            .put("object", "response")
            .put("created_at", createdSeconds)
            .put("status", status)
            .put("background", request.background())
            .putNull("error")
            .putNull("incomplete_details");
    for (String repeated :
        List.of("instructions", "max_output_tokens", "max_tool_calls", "previous_response_id")) {
      json.set(repeated, root.path(repeated).isMissingNode() ? null : root.path(repeated));
    }
    json.put("model", answer.question().model());
    json.put("parallel_tool_calls", answer.question().tools().parallel());
    ObjectNode reasoning = json.putObject("reasoning").putNull("effort").putNull("summary");
    if (root.path("reasoning").isObject()) {
      reasoning.setAll((ObjectNode) root.path("reasoning"));
    }
    json.put("service_tier", "default").put("store", request.store());
    orElse(json, root, "temperature", "1.0");
    orElse(json, root, "text", "{\"format\":{\"type\":\"text\"}}");
    orElse(json, root, "tool_choice", "\"auto\"");
    orElse(json, root, "tools", "[]");
    orElse(json, root, "top_p", "1.0");
    orElse(json, root, "truncation", "\"disabled\"");
    orElse(json, root, "metadata", "{}");
    return json;
  }

  private static void orElse(ObjectNode json, JsonNode root, String name, String otherwise) {
    JsonNode given = root.path(name);
    json.set(name, given.isMissingNode() || given.isNull() ? JsonBody.tree(otherwise) : given);
  }

  private ObjectNode usage() {
    ObjectNode json = JsonBody.object().put("input_tokens", answer.input());
    ObjectNode input = json.putObject("input_tokens_details").put("cached_tokens", answer.cached());
    if (answer.written() > 0) {
      input.put("cache_write_tokens", answer.written());
    }
    json.put("output_tokens", answer.output());
    json.putObject("output_tokens_details").put("reasoning_tokens", answer.reasoning());
    return json.put("total_tokens", answer.input() + answer.output());
  }

  /** How many items tell of what the provider did itself; they come first. */
  int lookups() {
    return lookups.size();
  }

  /** An item that tells of what the provider did itself. */
  ObjectNode lookup(int index, boolean done) {
    String id = Long.toHexString(Seeds.mix(seed - index - 1));
    String status = done ? "completed" : "in_progress";
    ObjectNode json = JsonBody.object();
    switch (lookups.get(index)) {
      case FILE_SEARCHES -> {
        json.put("id", "fs_" + id).put("type", "file_search_call").put("status", status);
        json.putArray("queries").add("words");
      }
      case CODE_SESSIONS ->
          json.put("id", "ci_" + id)
              .put("type", "code_interpreter_call")
              .put("status", status)
              .put("code", "1")
              .put("container_id", "cntr_" + id);
      default -> {
        json.put("id", "ws_" + id).put("type", "web_search_call").put("status", status);
        if (done) {
          json.putObject("action").put("type", "search").put("query", "words");
        }
      }
    }
    return json;
  }

  /** The id of an item of the output. */
  String itemId(int index) {
    String prefix =
        switch (parts().get(index)) {
          case Content.Thought thought -> "rs_";
          case Content.Call call -> "fc_";
          case Content.Prose prose -> "msg_";
          case Content.Text text -> "msg_";
          case Content.Refusal refusal -> "msg_";
        };
    return prefix + Long.toHexString(Seeds.mix(seed + index + 1));
  }

  /** An item of the output, empty or with all that it holds. */
  ObjectNode item(int index, boolean filled) {
    Content part = parts().get(index);
    ObjectNode json = JsonBody.object().put("id", itemId(index));
    String status = filled ? itemStatus(index) : "in_progress";
    switch (part) {
      case Content.Thought thought -> {
        json.put("type", "reasoning");
        ArrayNode summary = json.putArray("summary");
        if (filled && request.summarized()) {
          summary.add(summary(thought.whole()));
        }
        if (filled && request.encrypted()) {
          json.put("encrypted_content", Signatures.of(thought.whole()));
        }
      }
      case Content.Call call ->
          json.put("type", "function_call")
              .put("status", status)
              .put("arguments", filled ? call.whole() : "")
              .put("call_id", call.id("call_"))
              .put("name", call.name());
      case Content.Prose prose -> message(json, prose, status, filled);
      case Content.Text text -> message(json, text, status, filled);
      case Content.Refusal refusal -> message(json, refusal, status, filled);
    }
    return json;
  }

  private String itemStatus(int index) {
    return isIncomplete() && index == parts().size() - 1 ? "incomplete" : "completed";
  }

  private static void message(ObjectNode json, Content part, String status, boolean filled) {
    json.put("type", "message").put("status", status);
    ArrayNode content = json.putArray("content");
    if (filled) {
      content.add(contentPart(part, part.whole()));
    }
    json.put("role", "assistant");
  }

  /** The part of a message. */
  static ObjectNode contentPart(Content part, String text) {
    ObjectNode json = JsonBody.object();
    if (part instanceof Content.Refusal) {
      return json.put("type", "refusal").put("refusal", text);
    }
    json.put("type", "output_text").put("text", text);
    json.putArray("annotations");
    json.putArray("logprobs");
    return json;
  }

  /** The part of a summary. */
  static ObjectNode summary(String text) {
    return JsonBody.object().put("type", "summary_text").put("text", text);
  }
}
