package io.tollgate.relay.protocols.gemini.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import java.util.Locale;
import java.util.Optional;

/** Reads a request for content in one pass. Used once. */
final class GeminiRequestReader {
  /** Most candidates of one request. */
  static final int MAX_CANDIDATES = 8;

  private static final JsonNames<Limit> CONFIG =
      new JsonNames.Builder<Limit>()
          .add(Limit.MAX_OUTPUT_TOKENS, BothCases.of("maxOutputTokens"))
          .add(Limit.CANDIDATE_COUNT, BothCases.of("candidateCount"))
          .add(Limit.SCHEMA, BothCases.ofAll("responseSchema", "responseJsonSchema"))
          .build();

  private final byte[] body;
  private final JsonScanner scanner;
  private final GeminiFields fields = new GeminiFields();
  private final InputText.Collector input;
  private final boolean mayWrap;
  private int seen;

  /**
   * @param mayWrap whether the request may stand inside another, as it does where tokens are
   *     counted
   */
  GeminiRequestReader(byte[] body, boolean mayWrap) {
    this.body = requireNonNull(body, "body is null");
    this.mayWrap = mayWrap;
    this.scanner = new JsonScanner(body, 0, body.length);
    this.input = new InputText.Collector(body);
  }

  /** What a generation's config says that must be known. */
  private enum Limit {
    MAX_OUTPUT_TOKENS,
    CANDIDATE_COUNT,
    SCHEMA
  }

  GeminiFields read() {
    try {
      JsonToken first = scanner.next();
      if (first != JsonToken.OBJECT_START) {
        // a broken value is told as such, and not as one of a wrong kind
        scanner.skipRest(first);
        scanner.next();
        throw RequestFault.malformed(
            "body: " + BodyScan.name(first) + " (expected: a JSON object)");
      }
      readMembers(mayWrap);
      scanner.next();
    } catch (JsonFault e) {
      throw BodyScan.notJson(body, e);
    }
    if (!has(GeminiParameter.CONTENTS)) {
      throw RequestFault.of("contents", "missing (expected: an array of contents)");
    }
    return fields;
  }

  InputText input() {
    return input.collected();
  }

  private void readMembers(boolean wrapped) {
    while (scanner.next() != JsonToken.OBJECT_END) {
      GeminiParameter parameter = GeminiParameter.of(scanner);
      if (parameter == GeminiParameter.ANY_OTHER) {
        scanner.skipValue();
        continue;
      }
      if (has(parameter)) {
        throw RequestFault.of(parameter.parameterName(), "given twice (expected: once)");
      }
      JsonToken token = scanner.next();
      if (token != JsonToken.NULL) {
        seen |= 1 << parameter.ordinal();
        readValue(parameter, token, wrapped);
      }
    }
  }

  private boolean has(GeminiParameter parameter) {
    return (seen & 1 << parameter.ordinal()) != 0;
  }

  private void readValue(GeminiParameter parameter, JsonToken token, boolean wrapped) {
    switch (parameter) {
      case CONTENTS -> new ContentsReader(scanner, body, input, fields).contents(token);
      case SYSTEM_INSTRUCTION -> new ContentsReader(scanner, body, input, fields).system(token);
      case TOOLS -> new ToolListReader(scanner, input, fields).read(token);
      case GENERATION_CONFIG -> readConfig(token);
      case CACHED_CONTENT -> {
        fields.inputElsewhere = true;
        scanner.skipRest(token);
      }
      case SERVICE_TIER -> {
        if (token == JsonToken.STRING) {
          String name = scanner.text();
          boolean unsaid = name.isEmpty() || name.toLowerCase(Locale.ROOT).endsWith("unspecified");
          fields.tier = Optional.of(unsaid ? ServiceTier.STANDARD : ServiceTier.of(name));
        }
        scanner.skipRest(token);
      }
      case GENERATE_CONTENT_REQUEST -> {
        if (wrapped && token == JsonToken.OBJECT_START) {
          readMembers(false);
        } else {
          scanner.skipRest(token);
        }
      }
      case ANY_OTHER -> scanner.skipRest(token);
    }
  }

  private void readConfig(JsonToken token) {
    if (token != JsonToken.OBJECT_START) {
      throw RequestFault.of("generationConfig", BodyScan.name(token) + " (expected: an object)");
    }
    while (scanner.next() != JsonToken.OBJECT_END) {
      Limit limit = CONFIG.find(scanner);
      JsonToken value = scanner.next();
      if (limit == null || value == JsonToken.NULL) {
        scanner.skipRest(value);
        continue;
      }
      switch (limit) {
        case MAX_OUTPUT_TOKENS ->
            fields.maxOutputTokens =
                Math.max(
                    fields.maxOutputTokens,
                    whole(value, "maxOutputTokens", TokenUsage.MAX_TOKENS, true));
        case CANDIDATE_COUNT ->
            fields.choices =
                Math.max(
                    fields.choices, (int) whole(value, "candidateCount", MAX_CANDIDATES, false));
        case SCHEMA -> {
          int from = scanner.start();
          scanner.skipRest(value);
          if (value == JsonToken.OBJECT_START) {
            input.text(from, scanner.end(), false);
          }
        }
      }
    }
  }

  private long whole(JsonToken token, String parameter, long max, boolean cut) {
    return BodyScan.whole(scanner, body, token, "generationConfig." + parameter, max, cut);
  }
}
