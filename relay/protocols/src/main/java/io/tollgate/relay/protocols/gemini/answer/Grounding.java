package io.tollgate.relay.protocols.gemini.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.usage.ReportedUsage;
import java.util.HashSet;
import java.util.Set;

/**
 * Counts what an answer was looked up in. Models up to Gemini 2.5 are billed by the answer that was
 * looked up, later ones by the search that they made: queries are counted once each, and those
 * without a word not at all. Confined to one thread.
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/google-search#pricing">Pricing of
 *     grounding</a>
 */
final class Grounding {
  private static final int MAX_QUERIES = 4096;
  private static final int LONGEST_QUERY_BYTES = 4096;

  private static final JsonNames<Member> MEMBERS =
      new JsonNames.Builder<Member>()
          .add(Member.WEB_QUERIES, "webSearchQueries")
          .add(Member.RETRIEVAL_QUERIES, "retrievalQueries")
          .add(Member.CHUNKS, "groundingChunks")
          .build();

  private static final JsonNames<UsageKind> SOURCES =
      new JsonNames.Builder<UsageKind>()
          .add(UsageKind.WEB_SEARCHES, "web")
          .add(UsageKind.MAP_SEARCHES, "maps")
          .build();

  private final ReportedUsage usage;
  private final boolean byAnswer;
  private final Set<String> queries = new HashSet<>();

  /**
   * @param model that answers
   * @param usage to count in
   */
  Grounding(String model, ReportedUsage usage) {
    this.usage = requireNonNull(usage, "usage is null");
    this.byAnswer = model.contains("gemini-1") || model.contains("gemini-2");
  }

  private enum Member {
    WEB_QUERIES,
    RETRIEVAL_QUERIES,
    CHUNKS
  }

  /** Reads the value that follows; chunks of a stream may tell it again. */
  void read(JsonScanner scanner) {
    JsonToken first = scanner.next();
    if (first != JsonToken.OBJECT_START) {
      scanner.skipRest(first);
      return;
    }
    while (scanner.next() != JsonToken.OBJECT_END) {
      Member member = MEMBERS.find(scanner);
      JsonToken value = scanner.next();
      if (member == null || value != JsonToken.ARRAY_START) {
        scanner.skipRest(value);
        continue;
      }
      for (JsonToken next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
        switch (member) {
          case WEB_QUERIES -> webQuery(next, scanner);
          case RETRIEVAL_QUERIES -> {
            usage.tools().passedInAll(UsageKind.FILE_SEARCHES, 1);
            scanner.skipRest(next);
          }
          case CHUNKS -> chunk(next, scanner);
        }
      }
    }
  }

  private void webQuery(JsonToken token, JsonScanner scanner) {
    boolean words = token == JsonToken.STRING && scanner.end() > scanner.start();
    if (words
        && queries.size() < MAX_QUERIES
        && scanner.end() - scanner.start() <= LONGEST_QUERY_BYTES) {
      queries.add(scanner.text());
    }
    scanner.skipRest(token);
    if (words) {
      usage.tools().passedInAll(UsageKind.WEB_SEARCHES, byAnswer ? 1 : Math.max(1, queries.size()));
    }
  }

  /** A place that was found says that it was looked for. */
  private void chunk(JsonToken token, JsonScanner scanner) {
    if (token != JsonToken.OBJECT_START) {
      scanner.skipRest(token);
      return;
    }
    while (scanner.next() != JsonToken.OBJECT_END) {
      UsageKind source = SOURCES.find(scanner);
      scanner.skipValue();
      if (source != null) {
        long least = source == UsageKind.WEB_SEARCHES ? Math.max(1, queries.size()) : 1;
        usage.tools().passedInAll(source, byAnswer ? 1 : least);
      }
    }
  }
}
