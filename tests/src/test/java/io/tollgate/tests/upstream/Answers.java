package io.tollgate.tests.upstream;

import io.tollgate.tests.installation.Client;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Pieces of answers as OpenAI gives them; JSON in these tests is written with single quotes. */
public final class Answers {
  /** What is the same in each chunk of a stream. */
  private static final String CHUNK =
      "{'id':'chatcmpl-1','object':'chat.completion.chunk','created':1,'model':'scripted',";

  private Answers() {}

  /** JSON with double quotes. */
  public static String json(String text) {
    return text.replace('\'', '"');
  }

  public static String quoted(String text) {
    return Client.JSON.writeValueAsString(text);
  }

  /** A whole answer, not streamed. */
  public static String chat(String content, String usage) {
    return json("{'id':'chatcmpl-1','object':'chat.completion','created':1,'model':'scripted',"
            + "'choices':[{'index':0,'message':{'role':'assistant','content':@},"
            + "'finish_reason':'stop'}]"
            + (usage.isEmpty() ? "" : ",'usage':" + usage)
            + "}")
        .replace("@", quoted(content));
  }

  /** A chunk with text. */
  public static String chunk(String content) {
    return delta("{\"content\":" + quoted(content) + "}");
  }

  /** A chunk with any delta. */
  public static String delta(String delta) {
    return json(CHUNK + "'choices':[{'index':0,'delta':@,'finish_reason':null}]}")
        .replace("@", json(delta));
  }

  /** The last chunk of a choice. */
  public static String finish(String reason) {
    return json(CHUNK + "'choices':[{'index':0,'delta':{},'finish_reason':'" + reason + "'}]}");
  }

  /** The chunk that reports. */
  public static String usageChunk(String usage) {
    return json(CHUNK + "'choices':[],'usage':" + usage + "}");
  }

  public static String usage(long prompt, long completion) {
    return json(
        "{'prompt_tokens':"
            + prompt
            + ",'completion_tokens':"
            + completion
            + ",'total_tokens':"
            + (prompt + completion)
            + "}");
  }

  /** The events of a good stream, up to and with {@code [DONE]}. */
  public static String[] stream(String content, String usage) {
    return new String[] {
      delta("{'role':'assistant','content':''}"),
      chunk(content),
      finish("stop"),
      usageChunk(usage),
      "[DONE]"
    };
  }

  /** A text in UTF-8. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** As a map, for bodies that are written as one. */
  public static Map<String, Object> map(String json) {
    @SuppressWarnings("unchecked")
    Map<String, Object> map = Client.JSON.readValue(json(json), Map.class);
    return map;
  }
}
