package io.tollgate.relay.protocols.responses;

import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.Counters;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.responses.request.ResponsesRequest;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Requests and answers in the shapes that OpenAI's reference describes. */
public final class Said {
  public static final OpenAiErrors ERRORS = new OpenAiErrors(402);
  static final String REQUEST_ID = "0192f5c0-0000-7000-8000-000000000001";

  static final String USAGE =
      "{\"input_tokens\":36,\"input_tokens_details\":{\"cached_tokens\":8},\"output_tokens\":87,"
          + "\"output_tokens_details\":{\"reasoning_tokens\":64},\"total_tokens\":123}";

  /** A model thinks, speaks, and calls two tools at once. */
  static final String STREAM =
      event("response.created", 0, "\"response\":" + response("in_progress", "", "null"))
          + event("response.in_progress", 1, "\"response\":" + response("in_progress", "", "null"))
          + event(
              "response.output_item.added",
              2,
              "\"output_index\":0,\"item\":{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[]}")
          + event(
              "response.reasoning_summary_part.added",
              3,
              "\"item_id\":\"rs_1\",\"output_index\":0,\"summary_index\":0,"
                  + "\"part\":{\"type\":\"summary_text\",\"text\":\"\"}")
          + event(
              "response.reasoning_summary_text.delta",
              4,
              "\"item_id\":\"rs_1\",\"output_index\":0,\"summary_index\":0,\"delta\":\"Two cities\"")
          + event(
              "response.reasoning_summary_text.delta",
              5,
              "\"item_id\":\"rs_1\",\"output_index\":0,\"summary_index\":0,\"delta\":\" \\u2026\"")
          + event(
              "response.reasoning_summary_text.done",
              6,
              "\"item_id\":\"rs_1\",\"output_index\":0,\"summary_index\":0,"
                  + "\"text\":\"Two cities \\u2026\"")
          + event(
              "response.reasoning_summary_part.done",
              7,
              "\"item_id\":\"rs_1\",\"output_index\":0,\"summary_index\":0,"
                  + "\"part\":{\"type\":\"summary_text\",\"text\":\"Two cities \\u2026\"}")
          + event(
              "response.output_item.done",
              8,
              "\"output_index\":0,\"item\":{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":"
                  + "[{\"type\":\"summary_text\",\"text\":\"Two cities \\u2026\"}],"
                  + "\"encrypted_content\":\"gAAAAA==\"}")
          + event(
              "response.output_item.added",
              9,
              "\"output_index\":1,\"item\":{\"id\":\"msg_1\",\"type\":\"message\",\"status\":"
                  + "\"in_progress\",\"role\":\"assistant\",\"content\":[]}")
          + event(
              "response.content_part.added",
              10,
              "\"item_id\":\"msg_1\",\"output_index\":1,\"content_index\":0,"
                  + "\"part\":{\"type\":\"output_text\",\"annotations\":[],\"text\":\"\"}")
          + event(
              "response.output_text.delta",
              11,
              "\"item_id\":\"msg_1\",\"output_index\":1,\"content_index\":0,\"delta\":\"Grüße 世界🌍\"")
          + event(
              "response.output_text.done",
              12,
              "\"item_id\":\"msg_1\",\"output_index\":1,\"content_index\":0,\"text\":\"Grüße 世界🌍\"")
          + event(
              "response.content_part.done",
              13,
              "\"item_id\":\"msg_1\",\"output_index\":1,\"content_index\":0,"
                  + "\"part\":{\"type\":\"output_text\",\"annotations\":[],\"text\":\"Grüße 世界🌍\"}")
          + event(
              "response.output_item.done",
              14,
              "\"output_index\":1,\"item\":{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"completed\","
                  + "\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"annotations\":[],"
                  + "\"text\":\"Grüße 世界🌍\"}]}")
          + call(2, "call_a", "{\\\"city\\\":\\\"Paris\\\"}", 15)
          + call(3, "call_b", "{\\\"city\\\":\\\"Rome\\\"}", 19)
          + event(
              "response.completed",
              23,
              "\"response\":"
                  + response(
                      "completed",
                      "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\","
                          + "\"text\":\"Two cities \\u2026\"}],\"encrypted_content\":\"gAAAAA==\"},"
                          + "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"completed\","
                          + "\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\","
                          + "\"annotations\":[],\"text\":\"Grüße 世界🌍\"}]},"
                          + callItem(2, "call_a", "{\\\"city\\\":\\\"Paris\\\"}")
                          + ","
                          + callItem(3, "call_b", "{\\\"city\\\":\\\"Rome\\\"}"),
                      USAGE));

  private Said() {}

  static String event(String type, int sequence, String members) {
    return "event: "
        + type
        + "\ndata: {\"type\":\""
        + type
        + "\",\"sequence_number\":"
        + sequence
        + ","
        + members
        + "}\n\n";
  }

  static String response(String status, String output, String usage) {
    return "{\"id\":\"resp_67cc\",\"object\":\"response\",\"created_at\":1741476542,\"status\":\""
        + status
        + "\",\"error\":null,\"incomplete_details\":null,\"instructions\":null,"
        + "\"model\":\"gpt-5-2025-08-07\",\"output\":["
        + output
        + "],\"parallel_tool_calls\":true,\"service_tier\":\"default\",\"tools\":[],\"usage\":"
        + usage
        + "}";
  }

  static String message(String text) {
    return "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\","
        + "\"content\":[{\"type\":\"output_text\",\"annotations\":[],\"text\":\""
        + text
        + "\"}]}";
  }

  static String callItem(int index, String callId, String arguments) {
    return "{\"id\":\"fc_"
        + index
        + "\",\"type\":\"function_call\",\"status\":\"completed\",\"call_id\":\""
        + callId
        + "\",\"name\":\"get_weather\",\"arguments\":\""
        + arguments
        + "\"}";
  }

  private static String call(int index, String callId, String arguments, int sequence) {
    String place = "\"item_id\":\"fc_" + index + "\",\"output_index\":" + index + ",";
    return event(
            "response.output_item.added",
            sequence,
            "\"output_index\":" + index + ",\"item\":" + callItem(index, callId, ""))
        + event(
            "response.function_call_arguments.delta",
            sequence + 1,
            place + "\"delta\":\"" + arguments + "\"")
        + event(
            "response.function_call_arguments.done",
            sequence + 2,
            place + "\"arguments\":\"" + arguments + "\"")
        + event(
            "response.output_item.done",
            sequence + 3,
            "\"output_index\":" + index + ",\"item\":" + callItem(index, callId, arguments));
  }

  static AnswerTerms terms() {
    return terms(Counters.EXACT, UsageBounds.WIDEST);
  }

  static AnswerTerms terms(TokenCounter counter, UsageBounds bounds) {
    return new AnswerTerms(
        counter,
        "gpt-5",
        bounds,
        AccountTraces.of("sk-proj-0a1b2c3d4e5f60718293", "relay-7.upstream.example", "acct-west-2"),
        REQUEST_ID,
        Instant.parse("2026-11-29T12:00:00Z"));
  }

  public static ResponsesRequest request(String body) {
    return ResponsesRequest.parse(utf8(body), ERRORS);
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
