package io.tollgate.relay.protocols.openai.answer;

/** Answers in the shapes that OpenAI's reference and well-known compatible upstreams describe. */
public final class Answers {
  /** A reasoning model: hidden reasoning is part of the completion tokens. */
  static final String REASONING =
      """
      {
        "id": "chatcmpl-B1", "object": "chat.completion", "created": 1741570283,
        "model": "o3-mini-2025-01-31",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": "Four.",
          "refusal": null, "annotations": []}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 81, "completion_tokens": 1035, "total_tokens": 1116,
          "prompt_tokens_details": {"cached_tokens": 64, "audio_tokens": 0},
          "completion_tokens_details": {"reasoning_tokens": 832, "audio_tokens": 0,
            "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0}},
        "service_tier": "default", "system_fingerprint": null
      }
      """;

  static final String TOOL_CALL =
      """
      {"id":"chatcmpl-B2","object":"chat.completion","created":1741570283,"model":"gpt-4o-2024-08-06",
       "choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_abc",
        "type":"function","function":{"name":"get_weather","arguments":"{\\"city\\":\\"Paris\\"}"}}]},
        "logprobs":null,"finish_reason":"tool_calls"}],
       "usage":{"prompt_tokens":82,"completion_tokens":17,"total_tokens":99}}""";

  static final String REFUSAL =
      """
      {"id":"chatcmpl-B3","object":"chat.completion","created":1741570283,"model":"gpt-4o-2024-08-06",
       "choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":"I cannot help with that."},
        "finish_reason":"stop"}],
       "usage":{"prompt_tokens":12,"completion_tokens":9,"total_tokens":21}}""";

  static final String TWO_CHOICES =
      """
      {"id":"chatcmpl-B4","object":"chat.completion","created":1741570283,"model":"gpt-4o-mini",
       "choices":[{"index":0,"message":{"role":"assistant","content":"Hello there"},"finish_reason":"stop"},
        {"index":1,"message":{"role":"assistant","content":"Good morning"},"finish_reason":"length"}]}""";

  static final String DEEPSEEK =
      """
      {"id":"930c60df","object":"chat.completion","created":1705651092,"model":"deepseek-chat",
       "choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Hi",
        "reasoning_content":"They greet."}}],
       "usage":{"prompt_tokens":16,"completion_tokens":10,"total_tokens":26,
        "prompt_cache_hit_tokens":12,"prompt_cache_miss_tokens":4,
        "completion_tokens_details":{"reasoning_tokens":4}}}""";

  private Answers() {}

  static String answer(String content, String usage) {
    return "{\"id\":\"c\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
        + content
        + "\"},\"finish_reason\":\"stop\"}],\"usage\":"
        + usage
        + "}";
  }

  public static String event(String data) {
    return "data: " + data + "\n\n";
  }

  public static String chunk(String choices, String more) {
    return "{\"id\":\"chatcmpl-S1\",\"object\":\"chat.completion.chunk\",\"created\":1741570283,\"model\":\"gpt-4o-mini-2024-07-18\","
        + "\"system_fingerprint\":\"fp_1\",\"choices\":["
        + choices
        + "]"
        + more
        + "}";
  }

  public static String delta(int index, String delta) {
    return event(
        chunk(
            "{\"index\":"
                + index
                + ",\"delta\":"
                + delta
                + ",\"logprobs\":null,\"finish_reason\":null}",
            ",\"usage\":null"));
  }

  public static String content(String text) {
    return delta(0, "{\"content\":\"" + text + "\"}");
  }

  public static String finish(int index, String reason) {
    return event(
        chunk(
            "{\"index\":"
                + index
                + ",\"delta\":{},\"logprobs\":null,\"finish_reason\":\""
                + reason
                + "\"}",
            ""));
  }

  public static String usage(String usage) {
    return event(chunk("", ",\"usage\":" + usage));
  }
}
