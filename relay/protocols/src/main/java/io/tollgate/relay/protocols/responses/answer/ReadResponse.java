package io.tollgate.relay.protocols.responses.answer;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.internal.json.JsonName;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.openai.UsageReader;
import io.tollgate.relay.protocols.usage.ReportedUsage;
import java.util.Optional;

/** What a response says of itself, but for what is in its output. */
final class ReadResponse {
  private static final JsonName REASON = JsonName.of("reason");

  private static final JsonNames<Status> STATUSES =
      new JsonNames.Builder<Status>()
          .add(Status.COMPLETED, "completed")
          .add(Status.INCOMPLETE, "incomplete")
          .add(Status.FAILED, "failed")
          .add(Status.RUNNING, "in_progress", "queued")
          .build();

  private static final JsonNames<Member> MEMBERS =
      new JsonNames.Builder<Member>()
          .add(Member.ID, "id")
          .add(Member.MODEL, "model")
          .add(Member.CREATED, "created_at")
          .add(Member.STATUS, "status")
          .add(Member.DETAILS, "incomplete_details")
          .add(Member.ERROR, "error")
          .add(Member.USAGE, "usage")
          .add(Member.TIER, "service_tier")
          .add(Member.OUTPUT, "output")
          .build();

  JsonString id = JsonString.EMPTY;
  JsonString model = JsonString.EMPTY;
  long created;
  Status status = Status.UNSAID;
  JsonString reason = JsonString.EMPTY;
  Optional<ServiceTier> tier = Optional.empty();
  final EventFields.Slice error = new EventFields.Slice();
  // the array
  int outputFrom = -1;
  int outputTo = -1;

  private ReadResponse() {}

  enum Status {
    COMPLETED,
    INCOMPLETE,
    FAILED,
    /** Made while nobody waits for it. */
    RUNNING,
    /** Another that is told. */
    OTHER,
    UNSAID
  }

  private enum Member {
    ID,
    MODEL,
    CREATED,
    STATUS,
    DETAILS,
    ERROR,
    USAGE,
    TIER,
    OUTPUT
  }

  /**
   * Reads an object that was scanned before.
   *
   * @param usage takes what it reports
   */
  static ReadResponse of(byte[] bytes, int from, int to, ReportedUsage usage) {
    ReadResponse response = new ReadResponse();
    JsonScanner scanner = new JsonScanner(bytes, from, to);
    scanner.next();
    while (scanner.next() != JsonToken.OBJECT_END) {
      Member member = MEMBERS.find(scanner);
      if (member == null) {
        scanner.skipValue();
      } else {
        response.read(member, scanner, bytes, usage);
      }
    }
    return response;
  }

  /** The status alone, of an object that was opened. */
  static Status statusOf(JsonScanner scanner) {
    Status status = Status.UNSAID;
    while (scanner.next() != JsonToken.OBJECT_END) {
      if (MEMBERS.find(scanner) != Member.STATUS) {
        scanner.skipValue();
        continue;
      }
      JsonToken first = scanner.next();
      if (first == JsonToken.STRING) {
        Status found = STATUSES.find(scanner);
        status = found == null ? Status.OTHER : found;
      }
      scanner.skipRest(first);
    }
    return status;
  }

  private void read(Member member, JsonScanner scanner, byte[] bytes, ReportedUsage usage) {
    switch (member) {
      case ID -> id = EventFields.string(scanner, bytes).orElse(id);
      case MODEL -> model = EventFields.string(scanner, bytes).orElse(model);
      case CREATED -> created = EventFields.number(scanner, bytes);
      case STATUS -> {
        JsonToken first = scanner.next();
        if (first == JsonToken.STRING) {
          Status found = STATUSES.find(scanner);
          status = found == null ? Status.OTHER : found;
        }
        scanner.skipRest(first);
      }
      case DETAILS -> readDetails(scanner, bytes);
      case ERROR -> error.anything(scanner);
      case USAGE -> {
        JsonToken first = scanner.next();
        if (first == JsonToken.OBJECT_START) {
          UsageReader.read(scanner, bytes, usage.next());
          usage.filled();
        } else {
          scanner.skipRest(first);
        }
      }
      case TIER ->
          tier =
              EventFields.string(scanner, bytes)
                  .filter(text -> !text.isEmpty())
                  .map(text -> ServiceTier.of(text.length() > 64 ? "" : text.text()))
                  .or(() -> tier);
      case OUTPUT -> {
        JsonToken first = scanner.next();
        int from = scanner.start();
        scanner.skipRest(first);
        if (first == JsonToken.ARRAY_START) {
          outputFrom = from;
          outputTo = scanner.end();
        }
      }
    }
  }

  private void readDetails(JsonScanner scanner, byte[] bytes) {
    JsonToken first = scanner.next();
    if (first != JsonToken.OBJECT_START) {
      scanner.skipRest(first);
      return;
    }
    while (scanner.next() != JsonToken.OBJECT_END) {
      if (scanner.is(REASON)) {
        reason = EventFields.string(scanner, bytes).orElse(reason);
      } else {
        scanner.skipValue();
      }
    }
  }
}
