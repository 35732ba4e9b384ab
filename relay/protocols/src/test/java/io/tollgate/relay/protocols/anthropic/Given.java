package io.tollgate.relay.protocols.anthropic;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.Counters;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.anthropic.errors.AnthropicErrors;
import io.tollgate.relay.protocols.anthropic.request.MessagesRequest;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests, upstreams, and what their answers are held against. */
public final class Given {
  public static final AnthropicErrors ERRORS = new AnthropicErrors(402);
  public static final String REQUEST_ID = "0192f5c0-0000-7000-8000-000000000001";
  public static final AnthropicUpstream UPSTREAM = new AnthropicUpstream(ThinkingTable.USUAL);

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant AT = Instant.parse("2026-11-29T12:00:00Z");

  private Given() {}

  public static AnswerTerms terms(long countedInput) {
    return terms(
        Counters.EXACT,
        new UsageBounds(countedInput, TokenUsage.MAX_TOKENS, TokenUsage.MAX_TOKENS, 1));
  }

  public static AnswerTerms terms(TokenCounter counter, UsageBounds bounds) {
    return new AnswerTerms(counter, "gpt-4o-mini", bounds, AccountTraces.UNKNOWN, REQUEST_ID, AT);
  }

  /** A request of which only the members beside model, limit and messages matter. */
  public static MessagesRequest request(String more) {
    return messages("[{\"role\":\"user\",\"content\":\"Hello\"}]", more);
  }

  public static MessagesRequest messages(String messages, String more) {
    return parsed(
        "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":4000,\"messages\":"
            + messages
            + more
            + "}");
  }

  public static MessagesRequest parsed(String body) {
    return parsed(utf8(body));
  }

  public static MessagesRequest parsed(byte[] body) {
    return MessagesRequest.parse(body, List.of(), false, ERRORS);
  }

  public static RequestHead head(Map<String, String> headers, Map<String, String> query) {
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
        return Optional.empty();
      }
    };
  }

  /** All that a tap lets through, the end included. */
  public static String passed(StreamTap tap, byte[]... pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      out.writeBytes(tap.accept(piece));
    }
    out.writeBytes(tap.finishComplete());
    return out.toString(StandardCharsets.UTF_8);
  }

  public static JsonNode json(byte[] bytes) {
    return JSON.readTree(bytes);
  }

  public static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
