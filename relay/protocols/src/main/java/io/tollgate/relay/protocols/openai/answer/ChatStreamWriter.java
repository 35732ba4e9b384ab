package io.tollgate.relay.protocols.openai.answer;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.internal.json.JsonText;
import io.tollgate.relay.protocols.internal.openai.OpenAiError;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Optional;

/**
 * What the relay itself writes into a stream of chat chunks. To be written between whole events
 * only, as {@link ChatStreamTap} passes them.
 */
final class ChatStreamWriter {
  private static final String DONE = "data: [DONE]\n\n";

  private ChatStreamWriter() {}

  /**
   * Ends every open choice with finish reason {@code length}. Why is said in a comment of the
   * stream and in the chunk's additional member {@code notice}, which SDKs keep and do not mind.
   *
   * @param open indexes of the choices that have not finished
   * @param code why, for programs, such as {@code insufficient_quota}
   * @param message why, for people
   */
  static byte[] cutShort(StreamIdentity identity, BitSet open, String code, String message) {
    StringBuilder choices = new StringBuilder();
    for (int i = open.nextSetBit(0); i >= 0; i = open.nextSetBit(i + 1)) {
      choices
          .append(choices.isEmpty() ? "" : ",")
          .append("{\"index\":")
          .append(i)
          .append(",\"delta\":{},\"logprobs\":null,\"finish_reason\":\"length\"}");
    }
    String notice =
        "\"notice\":{\"code\":"
            + JsonText.quote(code)
            + ",\"message\":"
            + JsonText.quote(message)
            + "}";
    String comment = message.replace('\r', ' ').replace('\n', ' ');
    return utf8(": " + comment + "\n\n" + chunk(identity, choices.toString(), notice));
  }

  /**
   * The end of a stream that the relay ends itself.
   *
   * @param usage for the usage chunk, if the caller asked for one
   */
  static byte[] end(StreamIdentity identity, Optional<TokenUsage> usage) {
    return utf8(
        usage.map(tokens -> chunk(identity, "", "\"usage\":" + json(tokens))).orElse("") + DONE);
  }

  /** The end of a stream in which everything else has come. */
  static byte[] end() {
    return utf8(DONE);
  }

  /** An error after the first byte: nothing follows it, the connection is to be closed. */
  static byte[] error(OpenAiError error) {
    return utf8("data: " + error.json() + "\n\n");
  }

  private static String chunk(StreamIdentity identity, String choices, String more) {
    return "data: {\"id\":"
        + JsonText.quote(identity.id())
        + ",\"object\":\"chat.completion.chunk\",\"created\":"
        + identity.created()
        + ",\"model\":"
        + JsonText.quote(identity.model())
        + ",\"choices\":["
        + choices
        + "],"
        + more
        + "}\n\n";
  }

  /** The usage object. */
  static String json(TokenUsage usage) {
    return "{\"prompt_tokens\":"
        + usage.input()
        + ",\"completion_tokens\":"
        + usage.output()
        + ",\"total_tokens\":"
        + usage.total()
        + ",\"prompt_tokens_details\":{\"cached_tokens\":"
        + usage.cached()
        + "},\"completion_tokens_details\":{\"reasoning_tokens\":"
        + usage.reasoning()
        + "}}";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
