package io.tollgate.relay.protocols.responses.answer;

import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An item of a response's output as it is written, or one of the parts of its content. */
final class ReadItem {
  /** Most parts of an item that are read. */
  private static final int MAX_PARTS = EventFields.MAX_CONTENT;

  private static final JsonNames<Kind> KINDS =
      new JsonNames.Builder<Kind>()
          .add(Kind.MESSAGE, "message")
          .add(Kind.REASONING, "reasoning")
          .add(Kind.CALL, "function_call")
          .add(
              Kind.OTHER_CALL,
              "custom_tool_call",
              "computer_call",
              "local_shell_call",
              "shell_call",
              "apply_patch_call",
              "mcp_approval_request",
              "image_generation_call")
          .add(Kind.PROVIDED, "web_search_call", "file_search_call", "code_interpreter_call")
          .add(Kind.TEXT, "output_text", "text")
          .add(Kind.THOUGHT, "summary_text", "reasoning_text")
          .add(Kind.REFUSAL, "refusal")
          .build();

  private static final JsonNames<Member> MEMBERS =
      new JsonNames.Builder<Member>()
          .add(Member.TYPE, "type")
          .add(Member.ID, "id")
          .add(Member.CALL_ID, "call_id")
          .add(Member.NAME, "name")
          .add(Member.TEXT, "text", "refusal", "arguments", "input")
          .add(Member.SEALED, "encrypted_content")
          .add(Member.SUMMARY, "summary")
          .add(Member.CONTENT, "content")
          .add(Member.STATUS, "status")
          .add(Member.ACTION, "action")
          .add(Member.CONTAINER, "container_id")
          .add(Member.ENVIRONMENT, "environment")
          .build();

  Kind kind = Kind.OTHER;
  JsonString type = JsonString.EMPTY;
  JsonString id = JsonString.EMPTY;
  JsonString callId = JsonString.EMPTY;
  JsonString name = JsonString.EMPTY;
  JsonString text = JsonString.EMPTY;
  JsonString sealed = JsonString.EMPTY;
  JsonString status = JsonString.EMPTY;
  // what a search did
  JsonString action = JsonString.EMPTY;
  // in which code was run
  JsonString container = JsonString.EMPTY;
  List<ReadItem> summary = List.of();
  List<ReadItem> content = List.of();

  private ReadItem() {}

  enum Kind {
    MESSAGE,
    REASONING,
    CALL,
    /** Calls for the caller to make, and pictures, which no other protocol has. */
    OTHER_CALL,
    TEXT,
    THOUGHT,
    REFUSAL,
    /** A call of a tool that the provider runs itself. */
    PROVIDED,
    /** Anything else that the provider does for itself. */
    OTHER
  }

  private enum Member {
    TYPE,
    ID,
    CALL_ID,
    NAME,
    TEXT,
    SEALED,
    SUMMARY,
    CONTENT,
    STATUS,
    ACTION,
    CONTAINER,
    ENVIRONMENT
  }

  /** Reads an object that was scanned before. */
  static ReadItem of(byte[] bytes, int from, int to) {
    JsonScanner scanner = new JsonScanner(bytes, from, to);
    scanner.next();
    return of(scanner, bytes);
  }

  /** Reads the object whose start was just returned. */
  static ReadItem of(JsonScanner scanner, byte[] bytes) {
    ReadItem item = new ReadItem();
    while (scanner.next() != JsonToken.OBJECT_END) {
      Member member = MEMBERS.find(scanner);
      if (member == null) {
        scanner.skipValue();
        continue;
      }
      switch (member) {
        case TYPE -> {
          JsonToken first = scanner.next();
          if (first == JsonToken.STRING) {
            item.type = JsonString.of(scanner, bytes);
            Kind kind = KINDS.find(scanner);
            item.kind = kind == null ? Kind.OTHER : kind;
          }
          scanner.skipRest(first);
        }
        case ID -> item.id = string(scanner, bytes);
        case CALL_ID -> item.callId = string(scanner, bytes);
        case NAME -> item.name = string(scanner, bytes);
        case TEXT -> item.text = string(scanner, bytes);
        case SEALED -> item.sealed = string(scanner, bytes);
        case SUMMARY -> item.summary = parts(scanner, bytes);
        case CONTENT -> item.content = parts(scanner, bytes);
        case STATUS -> item.status = string(scanner, bytes);
        case ACTION -> {
          ReadItem action = object(scanner, bytes);
          item.action = action == null ? item.action : action.type;
        }
        case CONTAINER -> item.container = string(scanner, bytes);
        case ENVIRONMENT -> {
          ReadItem environment = object(scanner, bytes);
          item.container = environment == null ? item.container : environment.container;
        }
      }
    }
    return item;
  }

  private static @Nullable ReadItem object(JsonScanner scanner, byte[] bytes) {
    JsonToken first = scanner.next();
    if (first == JsonToken.OBJECT_START) {
      return of(scanner, bytes);
    }
    scanner.skipRest(first);
    return null;
  }

  private static JsonString string(JsonScanner scanner, byte[] bytes) {
    return EventFields.string(scanner, bytes).orElse(JsonString.EMPTY);
  }

  private static List<ReadItem> parts(JsonScanner scanner, byte[] bytes) {
    JsonToken first = scanner.next();
    if (first != JsonToken.ARRAY_START) {
      scanner.skipRest(first);
      return List.of();
    }
    List<ReadItem> parts = new ArrayList<>(2);
    for (JsonToken token = scanner.next(); token != JsonToken.ARRAY_END; token = scanner.next()) {
      if (token == JsonToken.OBJECT_START && parts.size() < MAX_PARTS) {
        parts.add(of(scanner, bytes));
      } else {
        scanner.skipRest(token);
      }
    }
    return parts;
  }
}
