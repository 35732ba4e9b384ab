package io.tollgate.relay.protocols.gemini;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.gemini.request.GeminiRequest;
import java.nio.charset.StandardCharsets;

/**
 * Counts the tokens of a request where no Gemini is asked to: {@code POST
 * /models/{model}:countTokens}.
 *
 * @see <a href="https://ai.google.dev/api/tokens">Counting tokens</a>
 */
public final class TokenCount {
  private TokenCount() {}

  /**
   * Reads a request to count, which holds contents, or a whole request for content.
   *
   * @param model as the path names it
   * @throws RequestFault saying what was given and what was expected
   */
  public static GeminiRequest read(String model, byte[] body) {
    return GeminiRequest.parseCount(model, body);
  }

  /** The answer: how many tokens we count. */
  public static byte[] answer(GeminiRequest request, TokenCounter counter) {
    long tokens = counter.count(request.model(), request.input());
    return ("{\"totalTokens\":"
            + tokens
            + ",\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":"
            + tokens
            + "}]}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
