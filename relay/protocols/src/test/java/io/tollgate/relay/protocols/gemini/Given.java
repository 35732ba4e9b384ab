package io.tollgate.relay.protocols.gemini;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.Counters;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.gemini.errors.GeminiErrors;
import io.tollgate.relay.protocols.gemini.request.AnswerShape;
import io.tollgate.relay.protocols.gemini.request.GeminiRequest;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Requests, and what their answers are held against. */
public final class Given {
  public static final GeminiErrors ERRORS = new GeminiErrors(402);
  public static final String REQUEST_ID = "0192f5c0-0000-7000-8000-000000000001";
  public static final Instant AT = Instant.parse("2026-11-29T12:00:00Z");

  private Given() {}

  public static AnswerTerms terms() {
    return terms(
        Counters.EXACT, new UsageBounds(30, TokenUsage.MAX_TOKENS, TokenUsage.MAX_TOKENS, 1));
  }

  public static AnswerTerms terms(TokenCounter counter, UsageBounds bounds) {
    return new AnswerTerms(
        counter,
        "gemini-2.5-flash",
        bounds,
        AccountTraces.of("0a1b2c3d4e5f60718293", "relay-7.upstream.example", "acct-west-2"),
        REQUEST_ID,
        AT);
  }

  public static GeminiRequest request(String body) {
    return GeminiRequest.parse("gemini-2.5-flash", AnswerShape.DOCUMENT, utf8(body));
  }

  /** As a caller sends it. */
  public static CallerRequest content(String body) {
    return content(AnswerShape.DOCUMENT, body);
  }

  static ContentRequest content(AnswerShape shape, String body) {
    return new ContentRequest(GeminiRequest.parse("gemini-2.5-flash", shape, utf8(body)), ERRORS);
  }

  /** A request's head: headers, query and path by name. */
  public static RequestHead head(
      Map<String, String> headers, Map<String, String> query, Map<String, String> path) {
    return new RequestHead() {
      @Override
      public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
      }

      @Override
      public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
      }

      @Override
      public Optional<String> pathParameter(String name) {
        return Optional.ofNullable(path.get(name));
      }
    };
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
