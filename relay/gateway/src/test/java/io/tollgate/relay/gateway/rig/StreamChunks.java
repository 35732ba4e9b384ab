package io.tollgate.relay.gateway.rig;

/** Chunks as OpenAI sends them. */
public final class StreamChunks {
  public static final String DONE = "data: [DONE]\n\n";
  public static final String FINISH =
      chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}");

  private StreamChunks() {}

  public static String content(String text) {
    return chunk("{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":null}");
  }

  public static String usage(int input, int output) {
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
