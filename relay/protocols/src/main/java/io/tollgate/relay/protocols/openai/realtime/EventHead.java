package io.tollgate.relay.protocols.openai.realtime;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The texts that stand at the top of an event, found in one pass over it. Immutable. */
final class EventHead {
  /** What is looked for. */
  enum Member {
    TYPE("type"),
    EVENT_ID("event_id"),
    RESPONSE_ID("response_id"),
    ITEM_ID("item_id"),
    DELTA("delta"),
    AUDIO("audio"),
    TRANSCRIPT("transcript");

    private final String written;

    Member(String written) {
      this.written = written;
    }
  }

  private static final JsonNames<Member> NAMES = names();

  private final Map<Member, JsonString> texts = new EnumMap<>(Member.class);
  private Optional<Member> twice = Optional.empty();

  private EventHead() {}

  private static JsonNames<Member> names() {
    JsonNames.Builder<Member> names = new JsonNames.Builder<>();
    for (Member member : Member.values()) {
      names.add(member, member.written);
    }
    return names.build();
  }

  /**
   * @throws JsonFault where the message is not JSON, or no object
   */
  static EventHead read(byte[] message) {
    EventHead head = new EventHead();
    JsonScanner scanner = new JsonScanner(message, 0, message.length);
    JsonToken first = scanner.next();
    if (first != JsonToken.OBJECT_START) {
      scanner.skipRest(first);
      scanner.next();
      return head;
    }
    while (scanner.next() != JsonToken.OBJECT_END) {
      Member member = NAMES.find(scanner);
      JsonToken value = scanner.next();
      if (member == null) {
        scanner.skipRest(value);
      } else if (value == JsonToken.STRING) {
        if (head.texts.put(member, JsonString.of(scanner, message)) != null) {
          head.twice = Optional.of(member);
        }
      } else {
        if (head.texts.remove(member) != null) {
          head.twice = Optional.of(member);
        }
        scanner.skipRest(value);
      }
    }
    scanner.next();
    return head;
  }

  /**
   * The head of an event that a caller sends: there is no doubt about what it is.
   *
   * @throws RequestFault where there is
   */
  static EventHead ofCaller(byte[] message) {
    EventHead head;
    try {
      head = read(message);
    } catch (JsonFault fault) {
      throw RequestFault.malformed(
          "event: " + fault.what() + " at byte " + fault.offset() + " (expected: a JSON object)");
    }
    if (head.twice.isPresent()) {
      throw RequestFault.of(head.twice.get().written, "given twice (expected: once)");
    }
    if (head.type().isEmpty()) {
      throw RequestFault.of("type", "missing (expected: the name of an event)");
    }
    return head;
  }

  /** Empty where there is none. */
  String type() {
    return text(Member.TYPE).orElse("");
  }

  Optional<String> text(Member member) {
    return Optional.ofNullable(texts.get(member)).map(JsonString::text);
  }

  /** The same as it is written; empty where there is none. */
  JsonString string(Member member) {
    return texts.getOrDefault(member, JsonString.EMPTY);
  }
}
