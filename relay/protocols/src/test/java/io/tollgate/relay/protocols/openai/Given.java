package io.tollgate.relay.protocols.openai;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.Counters;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.nio.charset.StandardCharsets;

/** Requests and what their answers are held against. */
final class Given {
  static final OpenAiErrors ERRORS = new OpenAiErrors(402);

  private Given() {}

  /** Input that was counted before, counted exactly as the model does. */
  static AnswerTerms input(long counted) {
    return input(Counters.EXACT, counted);
  }

  static AnswerTerms input(TokenCounter counter, long counted) {
    return new AnswerTerms(counter, "gpt-4o-mini", bounds(counted), AccountTraces.UNKNOWN);
  }

  /** A request that may have come to anything. */
  private static UsageBounds bounds(long counted) {
    return new UsageBounds(counted, TokenUsage.MAX_TOKENS, TokenUsage.MAX_TOKENS, 1);
  }

  static AnswerTerms within(UsageBounds bounds) {
    return new AnswerTerms(Counters.EXACT, "gpt-4o-mini", bounds, AccountTraces.UNKNOWN);
  }

  static ChatRequest chat(byte[] body) {
    return ChatRequest.parse(body, ERRORS);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
