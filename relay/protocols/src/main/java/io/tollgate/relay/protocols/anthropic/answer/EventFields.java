package io.tollgate.relay.protocols.anthropic.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one event of a stream, wherever in it they stand: read in one pass, acted upon when
 * all of it is known to be JSON. Used again for the next event. Confined to one thread.
 */
final class EventFields {
  /** What an event is. */
  enum Type {
    MESSAGE_START,
    BLOCK_START,
    BLOCK_DELTA,
    BLOCK_STOP,
    MESSAGE_DELTA,
    MESSAGE_STOP,
    /** Not of a stream: a whole message. */
    MESSAGE,
    PING,
    ERROR
  }

  private enum Name {
    TYPE,
    INDEX,
    DELTA,
    BLOCK,
    MESSAGE,
    USAGE,
    ERROR,
    STOP_REASON,
    STOP_SEQUENCE,
    CONTENT
  }

  private static final JsonNames<Type> TYPES =
      new JsonNames.Builder<Type>()
          .add(Type.MESSAGE_START, "message_start")
          .add(Type.BLOCK_START, "content_block_start")
          .add(Type.BLOCK_DELTA, "content_block_delta")
          .add(Type.BLOCK_STOP, "content_block_stop")
          .add(Type.MESSAGE_DELTA, "message_delta")
          .add(Type.MESSAGE_STOP, "message_stop")
          .add(Type.MESSAGE, "message")
          .add(Type.PING, "ping")
          .add(Type.ERROR, "error")
          .build();

  private static final JsonNames<Name> NAMES =
      new JsonNames.Builder<Name>()
          .add(Name.TYPE, "type")
          .add(Name.INDEX, "index")
          .add(Name.DELTA, "delta")
          .add(Name.BLOCK, "content_block")
          .add(Name.MESSAGE, "message")
          .add(Name.USAGE, "usage")
          .add(Name.ERROR, "error")
          .add(Name.STOP_REASON, "stop_reason")
          .add(Name.STOP_SEQUENCE, "stop_sequence")
          .add(Name.CONTENT, "content")
          .build();

  private final MessageUsage usage;
  final BlockFields block = new BlockFields();
  final BlockFields delta = new BlockFields();
  @Nullable Type type;
  int index;
  boolean error;
  boolean anyUsage;
  @Nullable JsonString stopReason;
  @Nullable JsonString stopSequence;
  // the block that begins, as it is written
  int blockFrom;
  int blockTo;
  // the blocks of a whole message; -1 where there are none
  int contentFrom;
  int contentTo;

  /**
   * @param usage takes the numbers of usage as they are read
   */
  EventFields(MessageUsage usage) {
    this.usage = requireNonNull(usage, "usage is null");
  }

  /**
   * Reads the members of the object whose start was just returned, up to the end of the document.
   *
   * @throws io.tollgate.relay.protocols.internal.json.JsonFault where the bytes stop being JSON
   */
  void read(JsonScanner scanner, byte[] bytes) {
    type = null;
    index = 0;
    error = false;
    anyUsage = false;
    stopReason = null;
    stopSequence = null;
    blockFrom = 0;
    blockTo = 0;
    contentFrom = -1;
    contentTo = -1;
    block.clear();
    delta.clear();
    while (scanner.next() != JsonToken.OBJECT_END) {
      readMember(scanner, bytes);
    }
    scanner.next();
  }

  private void readMember(JsonScanner scanner, byte[] bytes) {
    Name name = NAMES.find(scanner);
    if (name == null) {
      scanner.skipValue();
      return;
    }
    JsonToken token = scanner.next();
    switch (name) {
      case TYPE -> {
        if (token == JsonToken.STRING) {
          type = TYPES.find(scanner);
        }
        scanner.skipRest(token);
      }
      case INDEX -> {
        index = token == JsonToken.NUMBER ? number(scanner, bytes) : 0;
        scanner.skipRest(token);
      }
      case DELTA -> {
        if (token == JsonToken.OBJECT_START) {
          readDelta(scanner, bytes);
        } else {
          scanner.skipRest(token);
        }
      }
      case BLOCK -> {
        if (token == JsonToken.OBJECT_START) {
          blockFrom = scanner.start();
          block.read(scanner, bytes);
          blockTo = scanner.end();
        } else {
          scanner.skipRest(token);
        }
      }
      case MESSAGE -> {
        if (token == JsonToken.OBJECT_START) {
          readMessage(scanner, bytes);
        } else {
          scanner.skipRest(token);
        }
      }
      case USAGE -> readUsage(token, scanner, bytes);
      case ERROR -> {
        error |= token == JsonToken.OBJECT_START || token == JsonToken.STRING;
        scanner.skipRest(token);
      }
      case STOP_REASON -> stopReason = text(token, scanner, bytes);
      case STOP_SEQUENCE -> stopSequence = text(token, scanner, bytes);
      case CONTENT -> {
        int from = scanner.start();
        scanner.skipRest(token);
        if (token == JsonToken.ARRAY_START) {
          contentFrom = from;
          contentTo = scanner.end();
        }
      }
    }
  }

  /** What is new: of a block, or why the message ended. */
  private void readDelta(JsonScanner scanner, byte[] bytes) {
    while (scanner.next() != JsonToken.OBJECT_END) {
      Name name = NAMES.find(scanner);
      if (name == Name.STOP_REASON) {
        stopReason = text(scanner.next(), scanner, bytes);
      } else if (name == Name.STOP_SEQUENCE) {
        stopSequence = text(scanner.next(), scanner, bytes);
      } else {
        delta.readMember(scanner, bytes);
      }
    }
  }

  /** The message that begins: only its usage tells something. */
  private void readMessage(JsonScanner scanner, byte[] bytes) {
    while (scanner.next() != JsonToken.OBJECT_END) {
      if (NAMES.find(scanner) == Name.USAGE) {
        readUsage(scanner.next(), scanner, bytes);
      } else {
        scanner.skipValue();
      }
    }
  }

  private void readUsage(JsonToken token, JsonScanner scanner, byte[] bytes) {
    if (token == JsonToken.OBJECT_START) {
      anyUsage = true;
      usage.read(scanner, bytes);
    } else {
      scanner.skipRest(token);
    }
  }

  static @Nullable JsonString text(JsonToken token, JsonScanner scanner, byte[] bytes) {
    if (token == JsonToken.STRING) {
      return JsonString.of(scanner, bytes);
    }
    scanner.skipRest(token);
    return null;
  }

  /** A whole number of few digits; anything else is 0. */
  private static int number(JsonScanner scanner, byte[] bytes) {
    int value = 0;
    if (scanner.end() - scanner.start() > 9) {
      return 0;
    }
    for (int i = scanner.start(); i < scanner.end(); i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
