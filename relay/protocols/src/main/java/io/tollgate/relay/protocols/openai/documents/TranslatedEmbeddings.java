package io.tollgate.relay.protocols.openai.documents;

import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.embeddings.EmbeddedVectors;
import io.tollgate.relay.protocols.embeddings.EmbeddingsCall;
import io.tollgate.relay.protocols.embeddings.EmbeddingsRequest;
import io.tollgate.relay.protocols.embeddings.TextsToEmbed;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import io.tollgate.relay.protocols.internal.openai.OpenAiFaults;
import io.tollgate.relay.protocols.internal.openai.UsageReader;
import io.tollgate.relay.protocols.usage.ReportedCount;
import io.tollgate.relay.protocols.usage.ReportedUsage;
import io.tollgate.relay.protocols.usage.UsageReport;
import java.nio.charset.StandardCharsets;

/** Asks OpenAI's providers for the vectors that callers of other protocols want. */
public final class TranslatedEmbeddings {
  private static final JsonNames<Member> MEMBERS =
      new JsonNames.Builder<Member>()
          .add(Member.DATA, "data")
          .add(Member.USAGE, "usage")
          .add(Member.ERROR, "error")
          .build();

  private static final JsonNames<Member> ITEM =
      new JsonNames.Builder<Member>()
          .add(Member.INDEX, "index")
          .add(Member.VECTOR, "embedding")
          .build();

  private static final int INDEX_DIGITS = 6;

  private TranslatedEmbeddings() {}

  private enum Member {
    DATA,
    USAGE,
    ERROR,
    INDEX,
    VECTOR
  }

  /** The call that a request of another protocol becomes. */
  public static UpstreamCall call(EmbeddingsRequest request, String upstreamModel) {
    TextsToEmbed asked = request.texts();
    ByteSink out = new ByteSink();
    JsonWriter json = new JsonWriter(out).object().name("model").value(upstreamModel);
    json.name("input").array();
    asked.texts().forEach(json::value);
    json.endArray().name("encoding_format").value("float");
    asked.dimensions().ifPresent(count -> json.name("dimensions").value(count));
    json.endObject();
    return EmbeddingsCall.translated(
        DocumentKind.EMBEDDINGS.path(), out.take(), TranslatedEmbeddings::read, request, asked);
  }

  private static AnswerVerdict read(
      byte[] body, AccountTraces traces, EmbeddedVectors vectors, ReportedUsage usage) {
    JsonScanner scanner = new JsonScanner(body, 0, body.length);
    if (scanner.next() != JsonToken.OBJECT_START) {
      return new AnswerVerdict.NoAnswer("not a JSON object");
    }
    boolean error = false;
    while (scanner.next() != JsonToken.OBJECT_END) {
      Member member = MEMBERS.find(scanner);
      JsonToken first = scanner.next();
      if (member == Member.DATA && first == JsonToken.ARRAY_START) {
        readItems(scanner, vectors);
      } else if (member == Member.USAGE && first == JsonToken.OBJECT_START) {
        readUsage(scanner, body, usage);
      } else {
        scanner.skipRest(first);
        error |= member == Member.ERROR && first != JsonToken.NULL && first != JsonToken.FALSE;
      }
    }
    scanner.next();
    return error
        ? new AnswerVerdict.Failed(OpenAiFaults.inAnswer(body, traces))
        : new AnswerVerdict.Answer();
  }

  private static void readItems(JsonScanner scanner, EmbeddedVectors vectors) {
    int next = 0;
    for (JsonToken item = scanner.next(); item != JsonToken.ARRAY_END; item = scanner.next()) {
      if (item != JsonToken.OBJECT_START) {
        scanner.skipRest(item);
        continue;
      }
      int index = next;
      boolean taken = false;
      while (scanner.next() != JsonToken.OBJECT_END) {
        Member member = ITEM.find(scanner);
        JsonToken first = scanner.next();
        if (member == Member.VECTOR && !taken) {
          vectors.take(scanner, first, index);
          taken = true;
        } else if (member == Member.INDEX && first == JsonToken.NUMBER) {
          index = index(scanner, next);
        } else {
          scanner.skipRest(first);
        }
      }
      if (taken) {
        vectors.indexLast(index);
      }
      next++;
    }
  }

  private static int index(JsonScanner scanner, int otherwise) {
    String written = scanner.raw(StandardCharsets.US_ASCII);
    boolean digits =
        written.length() <= INDEX_DIGITS && written.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Integer.parseInt(written) : otherwise;
  }

  private static void readUsage(JsonScanner scanner, byte[] body, ReportedUsage usage) {
    UsageReport report = usage.next();
    UsageReader.read(scanner, body, report);
    if (report.isReport()) {
      // no tokens are made, whether it says so or not
      report.set(ReportedCount.OUTPUT, 0);
    }
    usage.filled();
  }
}
