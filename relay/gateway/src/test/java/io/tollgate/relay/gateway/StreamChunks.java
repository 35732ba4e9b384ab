package io.tollgate.relay.gateway;

/** Chunks as OpenAI sends them. */
final class StreamChunks {
  static final String DONE = "data: [DONE]\n\n";
  static final String FINISH = chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}");

  private StreamChunks() {}

  static String content(String text) {
    return chunk("{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":null}");
  }

  static String usage(int input, int output) {
    return "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
        + "\"model\":\"gpt-4o-mini\",\"choices\":[],\"usage\":{\"prompt_tokens\":"
        + input
        + ",\"completion_tokens\":"
        + output
        + ",\"total_tokens\":"
        + (input + output)
        + "}}\n\n";
  }

  private static String chunk(String choice) {
    return "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
        + "\"model\":\"gpt-4o-mini\",\"choices\":["
        + choice
        + "]}\n\n";
  }
}
