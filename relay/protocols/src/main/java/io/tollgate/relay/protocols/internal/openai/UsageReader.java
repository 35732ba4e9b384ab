package io.tollgate.relay.protocols.internal.openai;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.usage.ReportedCount;
import io.tollgate.relay.protocols.usage.UsageReport;

/**
 * Reads the numbers of a usage object, wherever its maker puts them. Whether they are believed is
 * decided elsewhere: {@link io.tollgate.relay.protocols.usage}.
 */
public final class UsageReader {
  private static final long ODD = -1;

  /** What stands under a name: a number, or an object with more of them. */
  private sealed interface Place {
    record Number(ReportedCount what) implements Place {}

    record Part(JsonNames<Place> places) implements Place {}

    /** How many calls of one of the provider's own tools. */
    record Calls(UsageKind tool) implements Place {}
  }

  private static final JsonNames<Place> CACHED_PARTS =
      new Places()
          .number(ReportedCount.AUDIO_CACHED, "audio_tokens")
          .number(ReportedCount.IMAGE_CACHED, "image_tokens")
          .build();

  private static final JsonNames<Place> INPUT_PARTS =
      new Places()
          .number(ReportedCount.CACHED, "cached_tokens")
          .number(ReportedCount.WRITTEN, "cache_write_tokens", "cache_creation_tokens")
          .number(ReportedCount.AUDIO_INPUT, "audio_tokens")
          .number(ReportedCount.IMAGE_INPUT, "image_tokens")
          .part(CACHED_PARTS, "cached_tokens_details")
          .build();

  private static final JsonNames<Place> OUTPUT_PARTS =
      new Places()
          .number(ReportedCount.REASONING, "reasoning_tokens")
          .number(ReportedCount.AUDIO_OUTPUT, "audio_tokens")
          .number(ReportedCount.IMAGE_OUTPUT, "image_tokens")
          .build();

  private static final JsonNames<Place> WRITTEN_PARTS =
      new Places()
          .number(ReportedCount.WRITTEN_5M, "ephemeral_5m_input_tokens")
          .number(ReportedCount.WRITTEN_1H, "ephemeral_1h_input_tokens")
          .build();

  private static final JsonNames<Place> TOOL_PARTS =
      new Places()
          .calls(UsageKind.WEB_SEARCHES, "web_search_requests")
          .calls(UsageKind.WEB_FETCHES, "web_fetch_requests")
          .build();

  // caches and reasoning at the top: Moonshot, DeepSeek, xAI, and those who pass on Anthropic's
  private static final JsonNames<Place> USAGE =
      new Places()
          .number(ReportedCount.INPUT, "prompt_tokens", "input_tokens")
          .number(ReportedCount.OUTPUT, "completion_tokens", "output_tokens")
          .number(ReportedCount.TOTAL, "total_tokens")
          .number(
              ReportedCount.CACHED,
              "cached_tokens",
              "prompt_cache_hit_tokens",
              "cache_read_input_tokens")
          .number(
              ReportedCount.WRITTEN,
              "cache_write_tokens",
              "cache_creation_tokens",
              "cache_creation_input_tokens")
          .number(ReportedCount.REASONING, "reasoning_tokens")
          .part(INPUT_PARTS, "prompt_tokens_details", "input_tokens_details", "input_token_details")
          .part(
              OUTPUT_PARTS,
              "completion_tokens_details",
              "output_tokens_details",
              "output_token_details")
          .part(WRITTEN_PARTS, "cache_creation")
          // searches: those who pass on Anthropic's, Perplexity, xAI
          .part(TOOL_PARTS, "server_tool_use")
          .calls(UsageKind.WEB_SEARCHES, "num_search_queries", "num_sources_used")
          .build();

  private UsageReader() {}

  /** Reads the members of the object whose start was just returned. */
  public static void read(JsonScanner scanner, byte[] bytes, UsageReport report) {
    readMembers(scanner, bytes, USAGE, report);
  }

  private static void readMembers(
      JsonScanner scanner, byte[] bytes, JsonNames<Place> places, UsageReport report) {
    while (scanner.next() != JsonToken.OBJECT_END) {
      switch (places.find(scanner)) {
        case Place.Number number -> count(scanner, bytes, number.what, report);
        case Place.Part part -> readPart(scanner, bytes, part, report);
        case Place.Calls calls -> readCalls(scanner, bytes, calls, report);
        case null -> scanner.skipValue();
      }
    }
  }

  private static void readPart(
      JsonScanner scanner, byte[] bytes, Place.Part part, UsageReport report) {
    JsonToken first = scanner.next();
    if (first == JsonToken.OBJECT_START) {
      readMembers(scanner, bytes, part.places, report);
    } else {
      scanner.skipRest(first);
    }
  }

  private static void readCalls(
      JsonScanner scanner, byte[] bytes, Place.Calls calls, UsageReport report) {
    JsonToken token = scanner.next();
    if (token == JsonToken.NULL) {
      return;
    }
    report.calls(calls.tool, number(token, scanner, bytes));
  }

  /** The number that follows; null counts as not given. */
  private static void count(
      JsonScanner scanner, byte[] bytes, ReportedCount what, UsageReport report) {
    JsonToken token = scanner.next();
    if (token == JsonToken.NULL) {
      return;
    }
    long value = number(token, scanner, bytes);
    if (value == ODD) {
      report.odd(what);
    } else {
      report.set(what, value);
    }
  }

  /** A whole number that can be true, else {@link #ODD}. */
  private static long number(JsonToken token, JsonScanner scanner, byte[] bytes) {
    if (token != JsonToken.NUMBER) {
      scanner.skipRest(token);
      return ODD;
    }
    long value = 0;
    for (int i = scanner.start(); i < scanner.end(); i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return wholeAnyway(bytes, i, scanner.end()) ? value : ODD;
      }
      value = value * 10 + digit;
      if (value > TokenUsage.MAX_TOKENS) {
        return ODD;
      }
    }
    return value;
  }

  /** Some upstreams write whole numbers as 12.0. */
  private static boolean wholeAnyway(byte[] bytes, int from, int to) {
    if (bytes[from] != '.') {
      return false;
    }
    for (int i = from + 1; i < to; i++) {
      if (bytes[i] != '0') {
        return false;
      }
    }
    return true;
  }

  /** Collects what stands where. */
  private static final class Places {
    private final JsonNames.Builder<Place> names = new JsonNames.Builder<>();

    Places number(ReportedCount what, String... written) {
      names.add(new Place.Number(what), written);
      return this;
    }

    Places calls(UsageKind tool, String... written) {
      names.add(new Place.Calls(tool), written);
      return this;
    }

    Places part(JsonNames<Place> inside, String... written) {
      names.add(new Place.Part(inside), written);
      return this;
    }

    JsonNames<Place> build() {
      return names.build();
    }
  }
}
