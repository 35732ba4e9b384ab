package io.tollgate.relay.protocols.openai;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.Counters;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.UsageTap;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.openai.answer.ChatAnswerWriters;
import io.tollgate.relay.protocols.openai.request.ChatRequest;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Requests and what their answers are held against. */
public final class Given {
  public static final OpenAiErrors ERRORS = new OpenAiErrors(402);

  /** Names an answer that is written anew. */
  public static final String REQUEST_ID = "0192f5c0-0000-7000-8000-000000000001";

  /** When its request arrived. */
  public static final Instant AT = Instant.parse("2026-11-29T12:00:00Z");

  private Given() {}

  /** Input that was counted before, counted exactly as the model does. */
  public static AnswerTerms input(long counted) {
    return input(Counters.EXACT, counted);
  }

  public static AnswerTerms input(TokenCounter counter, long counted) {
    return new AnswerTerms(
        counter, "gpt-4o-mini", bounds(counted), AccountTraces.UNKNOWN, REQUEST_ID, AT);
  }

  /** A request that may have come to anything. */
  private static UsageBounds bounds(long counted) {
    return new UsageBounds(counted, TokenUsage.MAX_TOKENS, TokenUsage.MAX_TOKENS, 1);
  }

  public static AnswerTerms within(UsageBounds bounds) {
    return new AnswerTerms(
        Counters.EXACT, "gpt-4o-mini", bounds, AccountTraces.UNKNOWN, REQUEST_ID, AT);
  }

  public static ChatRequest chat(byte[] body) {
    return ChatRequest.parse(body, ERRORS, ChatAnswerWriters::of);
  }

  /** The upstream's own report, where that is what is charged. */
  public static Optional<TokenUsage> reported(UsageTap tap) {
    return Optional.of(tap.charged()).filter(ChargedUsage::reported).map(ChargedUsage::usage);
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
