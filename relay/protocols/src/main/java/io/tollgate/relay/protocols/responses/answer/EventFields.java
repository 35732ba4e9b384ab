package io.tollgate.relay.protocols.responses.answer;

import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The members of one event, found in one pass. Used again for the next; confined to one thread. */
final class EventFields {
  /** Largest index of an item; those beyond are taken for the same. */
  static final int MAX_INDEX = 0xFFFF;

  /** Largest index of a part of an item; those beyond are taken for the same. */
  static final int MAX_CONTENT = 1023;

  private static final byte[] OWN = "response.".getBytes(StandardCharsets.US_ASCII);

  private static final JsonNames<Member> MEMBERS =
      new JsonNames.Builder<Member>()
          .add(Member.TYPE, "type")
          .add(Member.SEQUENCE, "sequence_number")
          .add(Member.OUTPUT_INDEX, "output_index")
          .add(Member.CONTENT_INDEX, "content_index")
          .add(Member.DELTA, "delta")
          .add(Member.TEXT, "text", "refusal", "arguments", "input")
          .add(Member.ITEM, "item")
          .add(Member.PART, "part")
          .add(Member.RESPONSE, "response")
          .add(Member.ERROR, "error")
          .add(Member.COMPLAINT, "message", "msg", "code", "detail")
          .add(Member.KIND, "object")
          .build();

  EventType type = EventType.NONE;
  long sequence;
  int outputIndex;
  int contentIndex;
  Optional<JsonString> delta = Optional.empty();
  Optional<JsonString> text = Optional.empty();
  final Slice item = new Slice();
  final Slice part = new Slice();
  final Slice response = new Slice();
  final Slice error = new Slice();
  boolean complaint;
  // whether its type is one of the protocol's by its beginning
  boolean known;

  private enum Member {
    TYPE,
    SEQUENCE,
    OUTPUT_INDEX,
    CONTENT_INDEX,
    DELTA,
    TEXT,
    ITEM,
    PART,
    RESPONSE,
    ERROR,
    COMPLAINT,
    KIND
  }

  /** Where a value lies that is read on its own; -1 where it was not given. */
  static final class Slice {
    int from = -1;
    int to = -1;

    boolean given() {
      return from >= 0;
    }

    /** Takes the value that follows, where it is an object. */
    void object(JsonScanner scanner) {
      JsonToken first = scanner.next();
      int begin = scanner.start();
      scanner.skipRest(first);
      from = first == JsonToken.OBJECT_START ? begin : -1;
      to = scanner.end();
    }

    /** Takes the value that follows, where it is anything: some write null or "" for nothing. */
    void anything(JsonScanner scanner) {
      JsonToken first = scanner.next();
      boolean text = first == JsonToken.STRING;
      boolean empty = text && scanner.start() == scanner.end();
      int begin = text ? scanner.start() - 1 : scanner.start();
      scanner.skipRest(first);
      boolean nothing = first == JsonToken.NULL || first == JsonToken.FALSE || empty;
      from = nothing ? -1 : begin;
      to = text ? scanner.end() + 1 : scanner.end();
    }
  }

  /** Reads an object; whether it is one. */
  boolean read(JsonScanner scanner, byte[] bytes) {
    clear();
    if (scanner.next() != JsonToken.OBJECT_START) {
      return false;
    }
    while (scanner.next() != JsonToken.OBJECT_END) {
      switch (MEMBERS.find(scanner)) {
        case TYPE -> {
          JsonToken first = scanner.next();
          type = first == JsonToken.STRING ? EventType.of(scanner) : EventType.OTHER;
          known = first == JsonToken.STRING && begins(bytes, scanner.start(), scanner.end());
          scanner.skipRest(first);
        }
        case SEQUENCE -> sequence = number(scanner, bytes);
        case OUTPUT_INDEX -> outputIndex = index(scanner, bytes, MAX_INDEX);
        case CONTENT_INDEX -> contentIndex = index(scanner, bytes, MAX_CONTENT);
        case DELTA -> delta = string(scanner, bytes);
        case TEXT -> text = string(scanner, bytes);
        case ITEM -> item.object(scanner);
        case PART -> part.object(scanner);
        case RESPONSE -> response.object(scanner);
        case ERROR -> error.anything(scanner);
        case COMPLAINT -> {
          JsonToken first = scanner.next();
          complaint |= first != JsonToken.NULL;
          scanner.skipRest(first);
        }
        case KIND -> {
          JsonToken first = scanner.next();
          if (first == JsonToken.STRING && EventType.of(scanner) == EventType.ERROR) {
            type = EventType.ERROR;
          }
          scanner.skipRest(first);
        }
        case null -> scanner.skipValue();
      }
    }
    scanner.next();
    return true;
  }

  private void clear() {
    type = EventType.NONE;
    sequence = -1;
    outputIndex = 0;
    contentIndex = 0;
    delta = Optional.empty();
    text = Optional.empty();
    item.from = -1;
    part.from = -1;
    response.from = -1;
    error.from = -1;
    complaint = false;
    known = false;
  }

  static Optional<JsonString> string(JsonScanner scanner, byte[] bytes) {
    JsonToken first = scanner.next();
    Optional<JsonString> value =
        first == JsonToken.STRING ? Optional.of(JsonString.of(scanner, bytes)) : Optional.empty();
    scanner.skipRest(first);
    return value;
  }

  private static boolean begins(byte[] bytes, int from, int to) {
    return to - from > OWN.length
        && Arrays.equals(bytes, from, from + OWN.length, OWN, 0, OWN.length);
  }

  private static int index(JsonScanner scanner, byte[] bytes, int max) {
    return (int) Math.clamp(number(scanner, bytes), 0, max);
  }

  /** A whole number from 0; -1 where it is none. */
  static long number(JsonScanner scanner, byte[] bytes) {
    JsonToken first = scanner.next();
    scanner.skipRest(first);
    if (first != JsonToken.NUMBER) {
      return -1;
    }
    long value = 0;
    for (int i = scanner.start(); i < scanner.end(); i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9 || value > 1_000_000_000_000L) {
        return i == scanner.start() ? -1 : value;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
