package io.tollgate.relay.protocols.gemini.answer;

import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.embeddings.EmbeddedVectors;
import io.tollgate.relay.protocols.embeddings.VectorsReader;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.usage.ReportedCount;
import io.tollgate.relay.protocols.usage.ReportedUsage;
import io.tollgate.relay.protocols.usage.UsageReport;
import java.nio.charset.StandardCharsets;

/** Reads the vectors that Google's providers answer with, one or many. */
public final class GeminiVectors implements VectorsReader {
  private static final JsonNames<Member> MEMBERS =
      new JsonNames.Builder<Member>()
          .add(Member.ONE, "embedding")
          .add(Member.MANY, "embeddings")
          .add(Member.USAGE, "usageMetadata")
          .add(Member.ERROR, "error")
          .build();

  private static final JsonNames<Member> VECTOR =
      new JsonNames.Builder<Member>().add(Member.VALUES, "values").build();

  private static final JsonNames<Member> COUNTS =
      new JsonNames.Builder<Member>().add(Member.TOKENS, "promptTokenCount").build();

  private static final int TOKEN_DIGITS = 18;

  private enum Member {
    ONE,
    MANY,
    USAGE,
    ERROR,
    VALUES,
    TOKENS
  }

  @Override
  public AnswerVerdict read(
      byte[] body, AccountTraces traces, EmbeddedVectors vectors, ReportedUsage usage) {
    JsonScanner scanner = new JsonScanner(body, 0, body.length);
    if (scanner.next() != JsonToken.OBJECT_START) {
      return new AnswerVerdict.NoAnswer("not a JSON object");
    }
    boolean error = false;
    while (scanner.next() != JsonToken.OBJECT_END) {
      Member member = MEMBERS.find(scanner);
      JsonToken first = scanner.next();
      if (member == Member.ONE) {
        readVector(scanner, first, vectors, 0);
      } else if (member == Member.MANY && first == JsonToken.ARRAY_START) {
        int index = 0;
        for (JsonToken next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
          readVector(scanner, next, vectors, index++);
        }
      } else if (member == Member.USAGE && first == JsonToken.OBJECT_START) {
        readUsage(scanner, usage);
      } else {
        scanner.skipRest(first);
        error |= member == Member.ERROR && first != JsonToken.NULL && first != JsonToken.FALSE;
      }
    }
    scanner.next();
    return error
        ? new AnswerVerdict.Failed(GeminiFaults.inAnswer(body, 0, body.length, traces))
        : new AnswerVerdict.Answer();
  }

  private static void readVector(
      JsonScanner scanner, JsonToken first, EmbeddedVectors vectors, int index) {
    if (first != JsonToken.OBJECT_START) {
      scanner.skipRest(first);
      return;
    }
    boolean taken = false;
    while (scanner.next() != JsonToken.OBJECT_END) {
      Member member = VECTOR.find(scanner);
      JsonToken value = scanner.next();
      if (member == Member.VALUES && !taken) {
        vectors.take(scanner, value, index);
        taken = true;
      } else {
        scanner.skipRest(value);
      }
    }
  }

  private static void readUsage(JsonScanner scanner, ReportedUsage usage) {
    UsageReport report = usage.next();
    while (scanner.next() != JsonToken.OBJECT_END) {
      Member member = COUNTS.find(scanner);
      JsonToken value = scanner.next();
      if (member == Member.TOKENS && value == JsonToken.NUMBER) {
        String written = scanner.raw(StandardCharsets.US_ASCII);
        if (written.length() <= TOKEN_DIGITS
            && written.chars().allMatch(c -> c >= '0' && c <= '9')) {
          report.set(ReportedCount.INPUT, Long.parseLong(written));
          report.set(ReportedCount.OUTPUT, 0);
        }
      } else {
        scanner.skipRest(value);
      }
    }
    usage.filled();
  }
}
