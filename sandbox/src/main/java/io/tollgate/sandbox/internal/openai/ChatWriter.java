package io.tollgate.sandbox.internal.openai;

import io.tollgate.sandbox.internal.content.Answer;
import io.tollgate.sandbox.internal.content.Choice;
import io.tollgate.sandbox.internal.content.Content;
import io.tollgate.sandbox.internal.content.Seeds;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.json.JsonText;
import io.tollgate.sandbox.internal.served.Kind;
import java.util.List;

/** Writes an answer as OpenAI does, in one body or as the events of a stream. */
final class ChatWriter {
  static final String DONE = "data: [DONE]\n\n";

  private final Answer answer;
  private final boolean tellsSearches;
  private final String usageOfChunk;
  private final String head;
  private final String chunkHead;

  /**
   * @param tellsSearches whether usage says how often the web was searched, as those do who pass on
   *     other makers' answers
   */
  ChatWriter(Answer answer, boolean includeUsage, boolean tellsSearches, Reply.Stamp stamp) {
    this.answer = answer;
    this.tellsSearches = tellsSearches;
    this.usageOfChunk = includeUsage && answer.reportsUsage() ? ",\"usage\":null" : "";
    String id =
        "{\"id\":\"chatcmpl-"
            + Long.toHexString(Seeds.mix(answer.question().prompt().seed() + stamp.number()))
            + "\",\"object\":\"chat.completion";
    String rest =
        "\",\"created\":" + stamp.seconds() + ",\"model\":\"" + answer.question().model() + '"';
    this.head = id + rest;
    this.chunkHead =
        "data: "
            + id
            + ".chunk"
            + rest
            + ",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_sandbox\",\"choices\":[";
  }

  String body() {
    StringBuilder json = new StringBuilder(640 + 8 * (int) answer.output()).append(head);
    json.append(",\"choices\":[");
    for (Choice choice : answer.choices()) {
      json.append(choice.index() == 0 ? "{\"index\":" : ",{\"index\":").append(choice.index());
      json.append(",\"message\":{\"role\":\"assistant\",");
      message(json, choice.shown());
      json.append(",\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"")
          .append(finish(choice))
          .append("\"}");
    }
    json.append(']');
    if (answer.reportsUsage()) {
      usage(json);
    }
    return json.append(",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_sandbox\"}")
        .toString();
  }

  /** The first event of a choice. */
  void opening(StringBuilder events, Choice choice) {
    List<Content> shown = choice.shown();
    event(events, choice).append("{\"role\":\"assistant\",\"content\":");
    if (!shown.isEmpty() && shown.getFirst() instanceof Content.Call call) {
      events.append("null,\"tool_calls\":[{\"index\":0,");
      callHead(events, call);
      events.append("\"}}]");
    } else {
      events.append("\"\",\"refusal\":null");
    }
    close(events, "null");
  }

  /** The event of one piece; the first of a further call has its name before it. */
  void piece(StringBuilder events, Choice choice, Content content, int part, int position) {
    if (content instanceof Content.Call call) {
      if (part > 0 && position == 0) {
        event(events, choice).append("{\"tool_calls\":[{\"index\":").append(part).append(',');
        callHead(events, call);
        events.append("\"}}]");
        close(events, "null");
      }
      event(events, choice)
          .append("{\"tool_calls\":[{\"index\":")
          .append(part)
          .append(",\"function\":{\"arguments\":");
      JsonText.quote(events, content.piece(position));
      events.append("}}]");
    } else {
      event(events, choice)
          .append(content instanceof Content.Refusal ? "{\"refusal\":" : "{\"content\":");
      JsonText.quote(events, content.piece(position));
    }
    close(events, "null");
  }

  /** The event that ends a choice. */
  void finish(StringBuilder events, Choice choice) {
    event(events, choice).append('{');
    close(events, '"' + finish(choice) + '"');
  }

  /** What follows the last choice: usage when it was asked for, and the end of the stream. */
  void ending(StringBuilder events) {
    if (!usageOfChunk.isEmpty()) {
      events.append(chunkHead).append(']');
      usage(events);
      events.append("}\n\n");
    }
    events.append(DONE);
  }

  private static String finish(Choice choice) {
    return switch (choice.finish()) {
      case STOP, STOP_SEQUENCE, REFUSAL, PAUSE_TURN, OTHER -> "stop";
      case LENGTH, CONTEXT_WINDOW -> "length";
      case TOOL_CALLS -> "tool_calls";
      case CONTENT_FILTER, BLOCKED -> "content_filter";
    };
  }

  private StringBuilder event(StringBuilder events, Choice choice) {
    return events
        .append(chunkHead)
        .append("{\"index\":")
        .append(choice.index())
        .append(",\"delta\":");
  }

  private void close(StringBuilder events, String finish) {
    events
        .append("},\"logprobs\":null,\"finish_reason\":")
        .append(finish)
        .append("}]")
        .append(usageOfChunk)
        .append("}\n\n");
  }

  private static void message(StringBuilder json, List<Content> shown) {
    Content first = shown.isEmpty() ? new Content.Text(List.of()) : shown.getFirst();
    if (first instanceof Content.Call) {
      json.append("\"content\":null,\"refusal\":null,\"tool_calls\":[");
      for (Content call : shown) {
        json.append(call == first ? "{" : ",{");
        callHead(json, (Content.Call) call);
        text(json, call);
        json.append("\"}}");
      }
      json.append(']');
      return;
    }
    boolean refused = first instanceof Content.Refusal;
    json.append(refused ? "\"content\":null,\"refusal\":\"" : "\"content\":\"");
    text(json, first);
    json.append(refused ? "\"" : "\",\"refusal\":null");
  }

  private static void text(StringBuilder json, Content content) {
    for (int position = 0; position < content.pieces(); position++) {
      JsonText.escape(json, content.piece(position));
    }
  }

  private static void callHead(StringBuilder json, Content.Call call) {
    json.append("\"id\":\"")
        .append(call.id("call_"))
        .append("\",\"type\":\"function\",\"function\":{\"name\":\"")
        .append(call.name())
        .append("\",\"arguments\":\"");
  }

  private void usage(StringBuilder json) {
    json.append(",\"usage\":{\"prompt_tokens\":")
        .append(answer.input())
        .append(",\"completion_tokens\":")
        .append(answer.output())
        .append(",\"total_tokens\":")
        .append(answer.input() + answer.output())
        .append(",\"prompt_tokens_details\":{\"cached_tokens\":")
        .append(answer.cached());
    if (answer.written() > 0) {
      json.append(",\"cache_write_tokens\":").append(answer.written());
    }
    json.append(",\"audio_tokens\":")
        .append(answer.usage().get(Kind.AUDIO_INPUT_TOKENS))
        .append("},\"completion_tokens_details\":{\"reasoning_tokens\":")
        .append(answer.reasoning())
        .append(
            ",\"audio_tokens\":0,\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}");
    if (tellsSearches) {
      json.append(",\"server_tool_use\":{\"web_search_requests\":")
          .append(answer.usage().get(Kind.WEB_SEARCHES))
          .append('}');
    }
    json.append('}');
  }
}
