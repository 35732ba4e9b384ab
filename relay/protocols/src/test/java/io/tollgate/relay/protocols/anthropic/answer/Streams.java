package io.tollgate.relay.protocols.anthropic.answer;

/** Streams in the shapes that Anthropic's reference describes. */
public final class Streams {
  public static final String STOP = event("message_stop", "");

  /** Thinking, text and two calls, with a cache read and written. */
  public static final String AGENT =
      start(
              "\"input_tokens\":12,\"cache_creation_input_tokens\":30,\"cache_read_input_tokens\":400,"
                  + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":20,\"ephemeral_1h_input_tokens\":10},"
                  + "\"output_tokens\":1,\"service_tier\":\"standard\"")
          + event("ping", "")
          + begin(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}")
          + delta(0, "thinking_delta", "thinking", "They want ")
          + delta(0, "thinking_delta", "thinking", "two towns.")
          + delta(0, "signature_delta", "signature", "RXJzdGU=")
          + end(0)
          + begin(1, "{\"type\":\"text\",\"text\":\"\"}")
          + delta(1, "text_delta", "text", "Both \\u00fc")
          + delta(1, "text_delta", "text", "ber.")
          + end(1)
          + begin(2, "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"weather\",\"input\":{}}")
          + delta(2, "input_json_delta", "partial_json", "")
          + delta(2, "input_json_delta", "partial_json", "{\\\"town\\\":")
          + delta(2, "input_json_delta", "partial_json", "\\\"Paris\\\"}")
          + end(2)
          + begin(3, "{\"type\":\"tool_use\",\"id\":\"toolu_2\",\"name\":\"weather\",\"input\":{}}")
          + delta(3, "input_json_delta", "partial_json", "{\\\"town\\\":\\\"Rome\\\"}")
          + end(3)
          + finish(
              "tool_use", "\"output_tokens\":58,\"output_tokens_details\":{\"thinking_tokens\":9}")
          + STOP;

  private Streams() {}

  public static String text(String words, String usage) {
    return start("\"input_tokens\":10,\"output_tokens\":1")
        + begin(0, "{\"type\":\"text\",\"text\":\"\"}")
        + delta(0, "text_delta", "text", words)
        + end(0)
        + finish("end_turn", usage)
        + STOP;
  }

  public static String start(String usage) {
    return event(
        "message_start",
        ",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[],"
            + "\"model\":\"claude-sonnet-4-5\",\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{"
            + usage
            + "}}");
  }

  public static String begin(int index, String block) {
    return event("content_block_start", ",\"index\":" + index + ",\"content_block\":" + block);
  }

  public static String delta(int index, String type, String field, String text) {
    return event(
        "content_block_delta",
        ",\"index\":"
            + index
            + ",\"delta\":{\"type\":\""
            + type
            + "\",\""
            + field
            + "\":\""
            + text
            + "\"}");
  }

  public static String end(int index) {
    return event("content_block_stop", ",\"index\":" + index);
  }

  public static String finish(String reason, String usage) {
    return event(
        "message_delta",
        ",\"delta\":{\"stop_reason\":\""
            + reason
            + "\",\"stop_sequence\":null},\"usage\":{"
            + usage
            + "}");
  }

  public static String event(String name, String more) {
    return "event: " + name + "\ndata: {\"type\":\"" + name + "\"" + more + "}\n\n";
  }
}
