package io.tollgate.sandbox.internal;

/** Writes an answer as OpenAI does, in one body or as the events of a stream. */
final class AnswerWriter {
  static final String DONE = "data: [DONE]\n\n";

  private final Answer answer;
  private final String usageOfChunk;
  private final String head;
  private final String chunkHead;

  /**
   * @param number makes the answer's id unique
   * @param createdSeconds when it was made, seconds since 1970
   */
  AnswerWriter(Answer answer, long number, long createdSeconds) {
    this.answer = answer;
    this.usageOfChunk =
        answer.request().includeUsage() && answer.reportsUsage() ? ",\"usage\":null" : "";
    String id =
        "{\"id\":\"chatcmpl-"
            + Long.toHexString(Seeds.mix(answer.request().seed() + number))
            + "\",\"object\":\"chat.completion";
    String rest =
        "\",\"created\":" + createdSeconds + ",\"model\":\"" + answer.request().model() + '"';
    this.head = id + rest;
    this.chunkHead =
        "data: "
            + id
            + ".chunk"
            + rest
            + ",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_sandbox\",\"choices\":[";
  }

  String body() {
    StringBuilder json = new StringBuilder(640 + 8 * answer.outputTokens()).append(head);
    json.append(",\"choices\":[");
    for (Answer.Choice choice : answer.choices()) {
      json.append(choice.index() == 0 ? "{\"index\":" : ",{\"index\":").append(choice.index());
      json.append(",\"message\":{\"role\":\"assistant\",\"content\":");
      message(json, choice.content());
      json.append(",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"")
          .append(choice.finish())
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
  void opening(StringBuilder events, Answer.Choice choice) {
    event(events, choice).append("{\"role\":\"assistant\",\"content\":");
    if (choice.content() instanceof Content.Call call) {
      events.append("null,\"tool_calls\":[{\"index\":0,");
      callHead(events, call);
      events.append("\"}}]");
    } else {
      events.append("\"\",\"refusal\":null");
    }
    close(events, "null");
  }

  /** The event of one piece. */
  void piece(StringBuilder events, Answer.Choice choice, int position) {
    String text = choice.content().piece(position);
    if (choice.content() instanceof Content.Call) {
      event(events, choice).append("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":");
      JsonText.quote(events, text);
      events.append("}}]");
    } else {
      event(events, choice).append("{\"content\":");
      JsonText.quote(events, text);
    }
    close(events, "null");
  }

  /** The event that ends a choice. */
  void finish(StringBuilder events, Answer.Choice choice) {
    event(events, choice).append('{');
    close(events, '"' + choice.finish() + '"');
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

  private StringBuilder event(StringBuilder events, Answer.Choice choice) {
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

  private static void message(StringBuilder json, Content content) {
    if (content instanceof Content.Call call) {
      json.append("null,\"tool_calls\":[{");
      callHead(json, call);
      text(json, content);
      json.append("\"}}]");
    } else {
      json.append('"');
      text(json, content);
      json.append('"');
    }
  }

  private static void text(StringBuilder json, Content content) {
    for (int position = 0; position < content.pieces(); position++) {
      JsonText.escape(json, content.piece(position));
    }
  }

  private static void callHead(StringBuilder json, Content.Call call) {
    json.append("\"id\":\"")
        .append(call.id())
        .append("\",\"type\":\"function\",\"function\":{\"name\":\"")
        .append(call.name())
        .append("\",\"arguments\":\"");
  }

  private void usage(StringBuilder json) {
    int output = answer.outputTokens();
    json.append(",\"usage\":{\"prompt_tokens\":")
        .append(answer.inputTokens())
        .append(",\"completion_tokens\":")
        .append(output)
        .append(",\"total_tokens\":")
        .append(answer.inputTokens() + output)
        .append(",\"prompt_tokens_details\":{\"cached_tokens\":")
        .append(answer.cachedTokens())
        .append(",\"audio_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":")
        .append(answer.reasoningTokens())
        .append(
            ",\"audio_tokens\":0,\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}");
  }
}
