package io.tollgate.sandbox.internal.anthropic;

import io.tollgate.sandbox.internal.content.Answer;
import io.tollgate.sandbox.internal.content.Choice;
import io.tollgate.sandbox.internal.content.Content;
import io.tollgate.sandbox.internal.content.Seeds;
import io.tollgate.sandbox.internal.content.Signatures;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.json.JsonText;
import io.tollgate.sandbox.internal.served.Kind;
import java.util.List;

/** Writes a message and its pieces as Anthropic does. */
final class MessagesWriter {
  private final Answer answer;
  private final Choice choice;
  private final String head;
  private final List<String> lookups;

  MessagesWriter(Answer answer, Reply.Stamp stamp) {
    this.answer = answer;
    this.choice = answer.choices().getFirst();
    this.head =
        "{\"id\":\"msg_"
            + Long.toHexString(Seeds.mix(answer.question().prompt().seed() + stamp.number()))
            + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\""
            + answer.question().model()
            + "\",\"content\":[";
    this.lookups = LookupBlocks.of(answer);
  }

  String body() {
    StringBuilder json = new StringBuilder(512 + 8 * (int) answer.output()).append(head);
    json.append(String.join(",", lookups));
    for (Content part : choice.parts()) {
      if (isTold(part)) {
        json.append(json.length() == head.length() ? "" : ",");
        block(json, part);
      }
    }
    json.append("],");
    stop(json);
    if (answer.reportsUsage()) {
      json.append(',');
      usage(json, answer.output(), true);
    }
    return json.append('}').toString();
  }

  /** Whether a part is a block at all: words of none are not. */
  static boolean isTold(Content part) {
    return part.pieces() > 0 || part instanceof Content.Call;
  }

  private static void block(StringBuilder json, Content part) {
    switch (part) {
      case Content.Thought thought -> {
        String text = thought.whole();
        json.append("{\"type\":\"thinking\",\"thinking\":");
        JsonText.quote(json, text);
        json.append(",\"signature\":\"").append(Signatures.of(text)).append("\"}");
      }
      case Content.Call call -> {
        callHead(json, call);
        json.append(call.isWhole() ? call.whole() : "{}").append('}');
      }
      case Content.Prose prose -> text(json, prose);
      case Content.Text text -> text(json, text);
      case Content.Refusal refusal -> text(json, refusal);
    }
  }

  private static void text(StringBuilder json, Content part) {
    json.append("{\"type\":\"text\",\"text\":");
    JsonText.quote(json, part.whole());
    json.append('}');
  }

  private static void callHead(StringBuilder json, Content.Call call) {
    json.append("{\"type\":\"tool_use\",\"id\":\"")
        .append(call.id("toolu_"))
        .append("\",\"name\":\"")
        .append(call.name())
        .append("\",\"input\":");
  }

  void start(StringBuilder out) {
    event(out, "message_start").append(",\"message\":").append(head);
    out.append("],\"stop_reason\":null,\"stop_sequence\":null");
    if (answer.reportsUsage()) {
      out.append(',');
      usage(out, Math.min(1, answer.output()), true);
    }
    out.append("}}\n\n");
    event(out, "ping").append("}\n\n");
  }

  /** The blocks of what the provider did itself, from index 0. */
  void lookups(StringBuilder out) {
    for (int index = 0; index < lookups.size(); index++) {
      indexed(out, "content_block_start", index).append(",\"content_block\":");
      out.append(lookups.get(index)).append("}\n\n");
      indexed(out, "content_block_stop", index).append("}\n\n");
    }
  }

  /** How many blocks they are. */
  int lookups() {
    return lookups.size();
  }

  void blockStart(StringBuilder out, Content part, int index) {
    indexed(out, "content_block_start", index).append(",\"content_block\":");
    switch (part) {
      case Content.Thought thought ->
          out.append("{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}");
      case Content.Call call -> {
        callHead(out, call);
        out.append("{}}");
      }
      case Content.Prose prose -> out.append("{\"type\":\"text\",\"text\":\"\"}");
      case Content.Text text -> out.append("{\"type\":\"text\",\"text\":\"\"}");
      case Content.Refusal refusal -> out.append("{\"type\":\"text\",\"text\":\"\"}");
    }
    out.append("}\n\n");
  }

  void delta(StringBuilder out, Content part, int index, int position) {
    String type =
        switch (part) {
          case Content.Thought thought -> "thinking_delta\",\"thinking\":";
          case Content.Call call -> "input_json_delta\",\"partial_json\":";
          case Content.Prose prose -> "text_delta\",\"text\":";
          case Content.Text text -> "text_delta\",\"text\":";
          case Content.Refusal refusal -> "text_delta\",\"text\":";
        };
    indexed(out, "content_block_delta", index).append(",\"delta\":{\"type\":\"").append(type);
    JsonText.quote(out, part.piece(position));
    out.append("}}\n\n");
  }

  void blockStop(StringBuilder out, Content part, int index) {
    if (part instanceof Content.Thought thought) {
      indexed(out, "content_block_delta", index)
          .append(",\"delta\":{\"type\":\"signature_delta\",\"signature\":\"")
          .append(Signatures.of(thought.whole()))
          .append("\"}}\n\n");
    }
    indexed(out, "content_block_stop", index).append("}\n\n");
  }

  void end(StringBuilder out) {
    event(out, "message_delta").append(",\"delta\":{");
    stop(out);
    out.append('}');
    if (answer.reportsUsage()) {
      out.append(',');
      usage(out, answer.output(), false);
    }
    out.append("}\n\n");
    event(out, "message_stop").append("}\n\n");
  }

  private void stop(StringBuilder json) {
    String reason =
        switch (choice.finish()) {
          case STOP, OTHER -> "end_turn";
          case STOP_SEQUENCE -> "stop_sequence";
          case LENGTH -> "max_tokens";
          case CONTEXT_WINDOW -> "model_context_window_exceeded";
          case TOOL_CALLS -> "tool_use";
          case CONTENT_FILTER, REFUSAL, BLOCKED -> "refusal";
          case PAUSE_TURN -> "pause_turn";
        };
    json.append("\"stop_reason\":\"").append(reason).append("\",\"stop_sequence\":");
    JsonText.quoteOrNull(json, choice.stop().orElse(""));
  }

  private void usage(StringBuilder json, long output, boolean whole) {
    json.append("\"usage\":{\"input_tokens\":")
        .append(answer.input() - answer.cached() - answer.written())
        .append(",\"cache_creation_input_tokens\":")
        .append(answer.written())
        .append(",\"cache_read_input_tokens\":")
        .append(answer.cached());
    if (whole) {
      json.append(",\"cache_creation\":{\"ephemeral_5m_input_tokens\":")
          .append(answer.usage().get(Kind.CACHE_WRITE_TOKENS))
          .append(",\"ephemeral_1h_input_tokens\":")
          .append(answer.usage().get(Kind.CACHE_WRITE_1H_TOKENS))
          .append("},\"service_tier\":\"standard\"");
    }
    json.append(",\"output_tokens\":").append(output);
    // what an answer begins with tells of none yet
    boolean ended = output == answer.output();
    long searches = ended ? answer.usage().get(Kind.WEB_SEARCHES) : 0;
    long fetches = ended ? answer.usage().get(Kind.WEB_FETCHES) : 0;
    if (!lookups.isEmpty()) {
      json.append(",\"server_tool_use\":{\"web_search_requests\":").append(searches);
      json.append(",\"web_fetch_requests\":").append(fetches).append('}');
    }
    if (answer.reasoning() > 0 && output == answer.output()) {
      json.append(",\"output_tokens_details\":{\"thinking_tokens\":")
          .append(answer.reasoning())
          .append('}');
    }
    json.append('}');
  }

  private static StringBuilder indexed(StringBuilder out, String type, int index) {
    return event(out, type).append(",\"index\":").append(index);
  }

  private static StringBuilder event(StringBuilder out, String type) {
    return out.append("event: ")
        .append(type)
        .append("\ndata: {\"type\":\"")
        .append(type)
        .append('"');
  }
}
